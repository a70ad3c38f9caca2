/**
 * Messages in the form of OpenTelemetry's GenAI conventions (github.com/open-telemetry/semantic-conventions-genai, v0.1.0)
 * and flattened as OpenInference has them.
 */
import { toBase64 } from "@/lib/link/base64";
import { openCallIds } from "@/lib/providers/dialects/shared/call-ids";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject, parseJson } from "@/lib/stream/turn/json-read";
import type { Part, Step } from "@/lib/stream/turn/turn";
import type { ComparedTurn } from "@/lib/tape/formats/turns/comparison";

import { anyText, type Attribute, text } from "./attributes";

export type TracedMessage = {
  readonly role: "system" | "user" | "assistant" | "tool";
  readonly parts: readonly TracedPart[];
};

export type TracedPart =
  | { readonly type: "text" | "reasoning"; readonly content: string }
  | {
      readonly type: "tool_call";
      readonly id: string | null;
      readonly name: string;
      readonly arguments: Json;
    }
  | { readonly type: "tool_call_response"; readonly id: string | null; readonly response: Json }
  | {
      readonly type: "server_tool_call";
      readonly id: string | null;
      readonly name: string;
      readonly server_tool_call: JsonObject;
    }
  | {
      readonly type: "blob";
      readonly modality: "image";
      readonly mime_type: string;
      readonly content: string;
    };

/** Messages of a turn's steps: what was asked before each step, and what each answered. */
export type TracedStep = {
  readonly step: Step;
  readonly input: readonly TracedMessage[];
  readonly output: TracedMessage;
};

/** The steps of a lane's turns with all messages before each. */
export function tracedSteps(
  turns: readonly ComparedTurn[],
): ReadonlyMap<ComparedTurn, readonly TracedStep[]> {
  const traced = new Map<ComparedTurn, readonly TracedStep[]>();
  const ids = openCallIds(false);
  const before: TracedMessage[] = [];
  for (const turn of turns) {
    before.push({ role: "user", parts: promptParts(turn) });
    const steps = turn.turn.steps.map((step): TracedStep => {
      const input = [...before];
      const calls = new Map(
        step.parts.flatMap((part) =>
          part.type === "tool-call"
            ? [[part.id, ids.take(part.callId, false, () => undefined)] as const]
            : [],
        ),
      );
      const output: TracedMessage = {
        role: "assistant",
        parts: step.parts.flatMap((part) => outputPart(part, calls)),
      };
      before.push(output, ...resultsOf(step, calls));
      return { step, input, output };
    });
    traced.set(turn, steps);
  }
  return traced;
}

function promptParts({ prompt, images }: ComparedTurn): readonly TracedPart[] {
  const pictures = images.flatMap(({ mediaType, bytes }): readonly TracedPart[] =>
    bytes === null
      ? []
      : [{ type: "blob", modality: "image", mime_type: mediaType, content: toBase64(bytes) }],
  );
  return [{ type: "text", content: prompt }, ...pictures];
}

function outputPart(part: Part, calls: ReadonlyMap<string, string>): readonly TracedPart[] {
  switch (part.type) {
    case "text":
    case "reasoning":
      return part.text === "" ? [] : [{ type: part.type, content: part.text }];
    case "tool-call":
      return [
        {
          type: "tool_call",
          id: calls.get(part.id) ?? null,
          name: part.name,
          // What does not parse is kept as the text it is.
          arguments: asObject(parseJson(part.input)) ?? part.input,
        },
      ];
    case "provider-call": {
      const called = asObject(parseJson(part.input)) ?? { input: part.input };
      return [
        {
          type: "server_tool_call",
          id: part.callId,
          name: part.name,
          server_tool_call: { ...called, type: part.name },
        },
      ];
    }
    case "image":
      return part.image.kind === "data"
        ? [{ type: "blob", modality: "image", mime_type: part.image.mediaType, content: part.image.base64 }]
        : [];
    case "unknown":
      return [];
  }
}

function resultsOf(step: Step, calls: ReadonlyMap<string, string>): readonly TracedMessage[] {
  return step.parts.flatMap((part) => {
    if (part.type !== "tool-call" || part.status.state !== "answered") return [];
    const response = part.status.result.output;
    return [
      { role: "tool", parts: [{ type: "tool_call_response", id: calls.get(part.id) ?? null, response }] },
    ];
  });
}

/** Messages as OpenInference flattens them: "llm.input_messages.0.message.role" and so on. */
export function flatMessages(prefix: string, messages: readonly TracedMessage[]): readonly Attribute[] {
  return messages.flatMap((message, index) => flatMessage(`${prefix}.${String(index)}.message`, message));
}

function flatMessage(at: string, { role, parts }: TracedMessage): readonly Attribute[] {
  const [only] = parts;
  const contents =
    parts.length === 1 && only?.type === "text"
      ? anyText(`${at}.content`, only.content)
      : parts
          .filter((part) => part.type === "text" || part.type === "reasoning" || part.type === "blob")
          .flatMap((part, index) => flatContent(`${at}.contents.${String(index)}.message_content`, part));
  const calls = parts.filter((part) => part.type === "tool_call");
  const results = parts.filter((part) => part.type === "tool_call_response");
  return [
    ...anyText(`${at}.role`, role),
    ...contents,
    ...calls.flatMap((call, index) => flatCall(`${at}.tool_calls.${String(index)}.tool_call`, call)),
    ...results.flatMap((result) => flatResult(at, result)),
  ];
}

function flatCall(at: string, part: Extract<TracedPart, { type: "tool_call" }>): readonly Attribute[] {
  const { id, name, arguments: args } = part;
  const written = typeof args === "string" ? args : JSON.stringify(args);
  return [
    ...text(`${at}.id`, id),
    ...text(`${at}.function.name`, name),
    ...text(`${at}.function.arguments`, written),
  ];
}

function flatResult(
  at: string,
  { id, response }: Extract<TracedPart, { type: "tool_call_response" }>,
): readonly Attribute[] {
  const written = typeof response === "string" ? response : JSON.stringify(response);
  return [...text(`${at}.tool_call_id`, id), ...anyText(`${at}.content`, written)];
}

function flatContent(at: string, part: TracedPart): readonly Attribute[] {
  if (part.type === "blob")
    return [
      ...text(`${at}.type`, "image"),
      ...text(`${at}.image.image.url`, `data:${part.mime_type};base64,${part.content}`),
    ];
  if (part.type !== "text" && part.type !== "reasoning") return [];
  return [...text(`${at}.type`, part.type), ...anyText(`${at}.text`, part.content)];
}
