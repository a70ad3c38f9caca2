/**
 * Writes a comparison as traces in OTLP's JSON: one trace for each turn, a span for each step and each tool that ran, with
 * the attributes of OpenTelemetry's GenAI conventions (v0.1.0, "Development") and of OpenInference. Pure.
 */
import type { Step, ToolCallPart } from "@/lib/stream/turn/turn";
import { openNotes, type WrittenFile } from "@/lib/tape/formats/found";
import {
  type ComparedTurn,
  type Comparison,
  modelOf,
  toolsOf,
  turnsOf,
} from "@/lib/tape/formats/turns/comparison";
import { knownDate } from "@/lib/tape/tape";

import { type Attribute, json, text } from "./attributes";
import { flatMessages, type TracedStep, tracedSteps } from "./messages";
import { spanIdOf, traceIdOf } from "./span-ids";
import {
  answerAttributes,
  contentAttributes,
  invocation,
  providerName,
  requestAttributes,
} from "./step-attributes";

/** The schema of the conventions that the spans follow. */
const GENAI_VERSION = "0.1.0";

const KIND = { internal: 1, client: 3 } as const;
const STATUS = { unset: 0, error: 2 } as const;

type Span = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
  readonly status: { readonly code: number; readonly message?: string };
};

/** The traces. `version` is the version of Vitrine that writes them. */
export function writeOtlp(comparison: Comparison, version: string): WrittenFile {
  const losses = openNotes();
  losses.add(
    "Requests, bytes, the times of single tokens and settings without a name in the conventions are left out.",
  );
  const all = comparison.rows.flat().filter((turn) => turn !== null);
  if (all.some(holdsUnknown)) losses.add("Parts that Vitrine doesn't know are left out.");
  if (all.some(({ turn }) => turn.steps.some(({ request }) => request.hasMadeTimes === true)))
    losses.add("Spans require times: those of a recording without times were made up.");
  if (all.some(({ createdAt }) => knownDate(createdAt) === null))
    losses.add("Spans require dates: 1970 stands where they are not known.");
  const spans = comparison.lanes.flatMap((_lane, lane) => {
    const turns = turnsOf(comparison, lane);
    const traced = tracedSteps(turns);
    return turns.flatMap((turn) => turnSpans(turn, traced.get(turn) ?? [], { comparison, lane, turns }));
  });
  const file = {
    resourceSpans: [
      {
        resource: {
          attributes: [
            ...text("service.name", "vitrine"),
            ...text("service.version", version),
            ...text("openinference.project.name", comparison.name),
          ],
        },
        scopeSpans: [
          {
            scope: { name: "vitrine", version, attributes: text("vitrine.genai_conventions", GENAI_VERSION) },
            spans,
          },
        ],
      },
    ],
  };
  return { content: `${JSON.stringify(file, null, 1)}\n`, losses: losses.all() };
}

function holdsUnknown({ turn }: ComparedTurn): boolean {
  return turn.steps.some(({ parts }) => parts.some(({ type }) => type === "unknown"));
}

type Around = {
  readonly comparison: Comparison;
  readonly lane: number;
  readonly turns: readonly ComparedTurn[];
};

/** A span for the turn as a whole, one for each step in it, and one for each tool that ran. */
function turnSpans(turn: ComparedTurn, steps: readonly TracedStep[], around: Around): readonly Span[] {
  const traceId = traceIdOf(turn.id);
  const rootId = spanIdOf(turn.id);
  const conversation = traceIdOf(`${around.turns[0]?.id ?? turn.id} conversation`);
  const base = { traceId, parentSpanId: rootId };
  const endMs = Math.max(0, ...turn.turn.steps.flatMap(endsOf));
  const failed = turn.turn.steps.find(({ status }) => status.state === "failed");
  const root: Span = {
    traceId,
    spanId: rootId,
    parentSpanId: "",
    name: `invoke_agent ${modelOf(turn)}`,
    kind: KIND.internal,
    ...times(turn, 0, endMs),
    attributes: [
      ...text("gen_ai.operation.name", "invoke_agent"),
      ...text("gen_ai.provider.name", providerName(turn.setup.provider)),
      ...text("gen_ai.agent.name", around.comparison.lanes[around.lane]?.label),
      ...text("gen_ai.conversation.id", conversation),
      ...text("openinference.span.kind", "AGENT"),
      ...text("session.id", conversation),
      ...text("input.value", turn.prompt),
      ...text("input.mime_type", "text/plain"),
      ...text("output.value", lastText(turn)),
      ...text("output.mime_type", lastText(turn) === "" ? "" : "text/plain"),
    ],
    status: statusOf(failed),
  };
  const children = steps.flatMap((traced, index) => [
    stepSpan(turn, traced, { ...base, conversation, index }, around),
    ...toolSpans(turn, traced.step, { ...base, conversation }),
  ]);
  return [root, ...children];
}

function endsOf(step: Step): readonly number[] {
  const calls = step.parts.flatMap((part) =>
    part.type === "tool-call" && part.status.state === "answered" ? [part.status.at] : [],
  );
  return [step.endedAt ?? step.lastTokenAt ?? step.startedAt, ...calls];
}

function lastText({ turn }: ComparedTurn): string {
  const parts = turn.steps.at(-1)?.parts ?? [];
  return parts.map((part) => (part.type === "text" ? part.text : "")).join("");
}

/** ms since the turn's start as whole nanoseconds since 1970. */
function times(
  { createdAt }: ComparedTurn,
  fromMs: number,
  toMs: number,
): Pick<Span, "startTimeUnixNano" | "endTimeUnixNano"> {
  const nano = (ms: number): string =>
    String(BigInt(Math.round(createdAt)) * 1_000_000n + BigInt(Math.round(Math.max(0, ms) * 1e6)));
  return { startTimeUnixNano: nano(fromMs), endTimeUnixNano: nano(Math.max(fromMs, toMs)) };
}

type Parent = { readonly traceId: string; readonly parentSpanId: string; readonly conversation: string };

function stepSpan(
  turn: ComparedTurn,
  traced: TracedStep,
  parent: Parent & { readonly index: number },
  { comparison }: Around,
): Span {
  const { step, input, output } = traced;
  const { model } = step.request;
  const from = step.sentAt ?? step.startedAt;
  return {
    traceId: parent.traceId,
    spanId: spanIdOf(`${turn.id} ${step.id}`),
    parentSpanId: parent.parentSpanId,
    name: `chat ${model}`,
    kind: KIND.client,
    ...times(turn, from, step.endedAt ?? step.lastTokenAt ?? from),
    attributes: [
      ...requestAttributes(turn, step, parent.conversation),
      ...answerAttributes(step),
      ...contentAttributes(turn, traced),
      ...text("openinference.span.kind", "LLM"),
      ...text("session.id", parent.conversation),
      ...text("llm.model_name", step.responseModel ?? model),
      ...text("llm.provider", step.request.provider),
      ...json("llm.invocation_parameters", { model, ...invocation(turn, step) }),
      ...flatMessages("llm.input_messages", withSystem(turn, input)),
      ...flatMessages("llm.output_messages", [output]),
      ...toolsOf(turn, comparison).flatMap((tool, index) =>
        json(`llm.tools.${String(index)}.tool.json_schema`, functionTool(tool)),
      ),
      ...json("gen_ai.tool.definitions", toolsOf(turn, comparison).map(definition)),
    ],
    status: statusOf(step),
  };
}

function withSystem({ setup }: ComparedTurn, input: TracedStep["input"]): TracedStep["input"] {
  if (setup.system.trim() === "") return input;
  return [{ role: "system", parts: [{ type: "text", content: setup.system }] }, ...input];
}

function definition({ name, description, parameters }: ReturnType<typeof toolsOf>[number]): object {
  return { type: "function", name, description, parameters };
}

function functionTool({ name, description, parameters }: ReturnType<typeof toolsOf>[number]): object {
  return { type: "function", function: { name, description, parameters } };
}

function toolSpans(turn: ComparedTurn, step: Step, parent: Parent): readonly Span[] {
  return step.parts.flatMap((part) => (part.type === "tool-call" ? toolSpan(turn, step, part, parent) : []));
}

/** A tool that ran. A result that a person typed is no run of a tool; it stands in the messages. */
function toolSpan(
  turn: ComparedTurn,
  step: Step,
  part: ToolCallPart,
  { traceId, parentSpanId, conversation }: Parent,
): readonly Span[] {
  const { status } = part;
  const name = part.name === "" ? "unnamed" : part.name;
  if (status.state !== "answered" || status.ranFrom === undefined) return [];
  const args = part.edit?.text ?? part.input;
  return [
    {
      traceId,
      spanId: spanIdOf(`${turn.id} ${step.id} ${part.id}`),
      parentSpanId,
      name: `execute_tool ${name}`,
      kind: KIND.internal,
      ...times(turn, status.ranFrom, status.at),
      attributes: [
        ...text("gen_ai.operation.name", "execute_tool"),
        ...text("gen_ai.tool.name", name),
        ...text("gen_ai.tool.type", "function"),
        ...text("gen_ai.tool.call.id", part.callId),
        ...text("gen_ai.tool.call.arguments", args),
        ...text("gen_ai.tool.call.result", status.result.output),
        ...text("gen_ai.conversation.id", conversation),
        ...text("openinference.span.kind", "TOOL"),
        ...text("session.id", conversation),
        ...text("tool.name", name),
        ...text("input.value", args),
        ...text("input.mime_type", "application/json"),
        ...text("output.value", status.result.output),
        ...(status.result.isError ? text("error.type", "tool_error") : []),
      ],
      status: status.result.isError ? { code: STATUS.error } : { code: STATUS.unset },
    },
  ];
}

function statusOf(step: Step | undefined): Span["status"] {
  if (step?.status.state !== "failed") return { code: STATUS.unset };
  return { code: STATUS.error, message: step.status.error.message };
}
