/** Turns, setups and tools for tests of the writer: everything a person did not set is at its default. */

import { plainSetup } from "@/lib/providers/plain-setup";
import type { ChatQuirks, LaneSetup, PastTurn, Provider, RequestInput } from "@/lib/providers/provider";
import type { CallForm, StreamEvent } from "@/lib/stream/turn/event";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";
import type { Json } from "@/lib/stream/turn/json";
import type { Turn } from "@/lib/stream/turn/turn";
import type { ToolDefinition } from "@/lib/tools/tool";

export function setup(changes: Partial<LaneSetup> = {}): LaneSetup {
  return { ...plainSetup({ provider: "llamacpp", model: "m" }), ...changes };
}

export function tool(name: string, changes: Partial<ToolDefinition> = {}): ToolDefinition {
  return {
    id: name,
    name,
    description: `${name} it`,
    parameters: { type: "object" },
    strict: null,
    exampleResult: null,
    binding: { kind: "ask" },
    approval: null,
    sharing: "shared",
    ...changes,
  };
}

/** All that a chat request is written from. Throws for a provider that speaks no chat completions. */
export function inputOf(
  provider: Provider,
  lane: LaneSetup,
  history: readonly PastTurn[] = [],
  tools: readonly ToolDefinition[] = [],
): RequestInput<ChatQuirks> {
  for (const { dialect, quirks } of provider.speaks) {
    if (dialect === "chat-completions") return { provider, dialect, quirks, setup: lane, tools, history };
  }
  throw new Error(`${provider.id} speaks no chat completions`);
}

/** What a step of `turnOf` did, in order. A call without `result` is left waiting. */
export type PastPart =
  | { readonly reasoning: string; readonly replay?: StreamEvent & { readonly type: "replay" } }
  | { readonly text: string; readonly replay?: readonly Json[] }
  /** A call that the provider ran itself, by the tool's name. */
  | { readonly search: string; readonly replay: readonly Json[] }
  | {
      readonly call: string;
      readonly callId: string | null;
      readonly input: string;
      readonly form?: CallForm;
      readonly replay?: readonly Json[];
      readonly result?: string;
      readonly isError?: boolean;
    };

export type PastStep = {
  readonly parts: readonly PastPart[];
  readonly end?: "end" | "stop" | "fail" | "cut";
  readonly from?: Partial<{ provider: string; dialect: string; model: string }>;
};

/** Folds a turn from what its steps did, so that it has exactly the shape the product makes. */
export function turnOf(...steps: readonly PastStep[]): Turn {
  let turn = emptyTurn();
  for (const [index, step] of steps.entries()) {
    for (const event of eventsOf(step, `s${String(index)}`)) turn = fold(turn, { at: 0, event });
  }
  return turn;
}

function eventsOf({ parts, end = "end", from }: PastStep, stepId: string): readonly StreamEvent[] {
  const request = { provider: "llamacpp", dialect: "chat-completions", model: "m", endpoint: null, ...from };
  return [
    { type: "step-start", stepId, request },
    ...parts.flatMap((part, index) =>
      partEvents(part, String(index), end !== "end" && index === parts.length - 1),
    ),
    ...ending(end),
    ...parts.flatMap((part, index) => results(part, stepId, String(index))),
  ];
}

function partEvents(part: PastPart, id: string, isCut: boolean): readonly StreamEvent[] {
  if ("reasoning" in part) {
    return [
      { type: "reasoning-start", id },
      { type: "reasoning-delta", id, text: part.reasoning },
      ...(part.replay === undefined ? [] : [{ ...part.replay, id }]),
      { type: "reasoning-end", id },
    ];
  }
  if ("text" in part) {
    return [
      { type: "text-start", id },
      { type: "text-delta", id, text: part.text },
      ...(part.replay ?? []).map((item) => ({ type: "replay" as const, id, item })),
      { type: "text-end", id },
    ];
  }
  if ("search" in part) {
    const outcome = { output: null, sources: [], error: null };
    return [
      { type: "provider-call-start", id, callId: null, name: part.search },
      ...part.replay.map((item) => ({ type: "replay" as const, id, item })),
      ...(isCut ? [] : [{ type: "provider-call-end" as const, id, outcome }]),
    ];
  }
  return [
    { type: "tool-input-start", id, callId: part.callId, name: part.call, form: part.form ?? "json" },
    { type: "tool-input-delta", id, text: part.input },
    ...(part.replay ?? []).map((item) => ({ type: "replay" as const, id, item })),
    ...(isCut ? [] : [{ type: "tool-input-end" as const, id }]),
  ];
}

function ending(end: NonNullable<PastStep["end"]>): readonly StreamEvent[] {
  switch (end) {
    case "end":
      return [{ type: "finish", finish: { unified: "stop", raw: "stop" } }, { type: "step-end" }];
    case "cut":
      return [{ type: "step-end" }];
    case "stop":
      return [{ type: "step-stop" }];
    case "fail":
      return [
        { type: "step-fail", error: { source: "provider", code: "500", message: "no", retryable: false } },
      ];
  }
}

function results(part: PastPart, stepId: string, id: string): readonly StreamEvent[] {
  if (!("call" in part) || part.result === undefined) return [];
  const result = { output: part.result, isError: part.isError ?? false, origin: { by: "typed" } as const };
  return [{ type: "tool-result", stepId, id, result }];
}
