/** Asks a lane's model for a tool that a person describes: one request and its answer. */
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import { settingLimits } from "@/lib/providers/rules/setting-limits";
import { thinksByDefault } from "@/lib/providers/rules/thinks-by-default";
import type { TurnSink } from "@/lib/run/ports";
import { type RunPorts, runTurn } from "@/lib/run/run-turn";
import { openTurnClock } from "@/lib/run/turn-clock";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";
import type { Step, Turn } from "@/lib/stream/turn/turn";
import {
  DEFINE_SYSTEM,
  DEFINE_TOOL,
  defineTool,
  describePrompt,
  draftForm,
} from "@/lib/tools/describe/define-tool";
import { readDescribed } from "@/lib/tools/describe/read-described";
import type { ToolDefinition } from "@/lib/tools/tool";

export type Description = {
  /** What a person wants of the tool. */
  readonly sentence: string;
  /** The tool that changes; null = a new one. */
  readonly current: ToolDefinition | null;
  /** The person's other tools: a name can be had once. */
  readonly others: readonly ToolDefinition[];
  readonly setup: LaneSetup;
  readonly endpointName: string | null;
  /** Aborted by Stop. */
  readonly signal: AbortSignal;
  /** Called with what was received so far. */
  readonly onTurn: (turn: Turn) => void;
};

export type Described =
  /** `tool` has the id of the tool that it changes, or none. */
  | { readonly state: "drafted"; readonly tool: ToolDefinition; readonly notes: readonly string[] }
  | { readonly state: "failed"; readonly why: string }
  | { readonly state: "stopped" };

export type DescribePorts = Omit<RunPorts, "desk">;

/** The tool that the lane's model makes of a description, or why there is none. Nothing is saved. */
export async function describeTool(description: Description, ports: DescribePorts): Promise<Described> {
  const { current, others, setup, signal } = description;
  const limit = localLimit(setup);
  const over = new AbortController();
  const done = new AbortController();
  if (limit !== null)
    void ports.platform.wait(limit.ms, done.signal).then((isOver) => (isOver ? over.abort() : undefined));
  const turn = await ask({ ...description, signal: AbortSignal.any([signal, over.signal]) }, ports);
  done.abort();
  if (signal.aborted) return { state: "stopped" };
  if (limit !== null && over.signal.aborted) return { state: "failed", why: lateWords(limit.ms) };
  const step = turn.steps.at(-1);
  const why = step === undefined ? "Nothing was sent." : callsIn(turn) > 1 ? null : whyNone(step);
  if (step === undefined || why !== null) return { state: "failed", why: why ?? "" };
  const read = readDescribed(step.parts, current, others);
  if (read.ok) return { state: "drafted", tool: read.tool, notes: read.notes };
  return { state: "failed", why: isCut(step) ? CUT : read.why };
}

function callsIn({ steps }: Turn): number {
  return steps.at(-1)?.parts.filter(({ type }) => type === "tool-call").length ?? 0;
}

async function ask(
  { sentence, current, setup, endpointName, signal, onTurn }: Description,
  ports: DescribePorts,
): Promise<Turn> {
  let turn = emptyTurn();
  const sink: TurnSink = {
    emit: (events) => {
      turn = events.reduce(fold, turn);
      onTurn(turn);
      if (callsIn(turn) > 1) enough.abort();
    },
    turn: () => turn,
  };
  const { clock } = ports.platform;
  const form = draftForm(isLocal(setup), current);
  // A model that calls again has written its tool.
  const enough = new AbortController();
  await runTurn(
    {
      setup: asking(setup),
      endpointName,
      tools: [defineTool(form)],
      past: [],
      asked: { prompt: describePrompt(sentence, current, form) },
      at: openTurnClock(clock.wall(), turn, clock),
      signal: AbortSignal.any([signal, enough.signal]),
      sink,
    },
    // Nobody answers the call: it is the answer.
    { ...ports, desk: { answer: () => "ask" } },
  );
  return turn;
}

/**
 * Small models on a person's own machine may repeat themselves until their context is full. A tool has a few hundred
 * tokens; one that thinks has thoughts before it.
 */
const LOCAL = { plain: { tokens: 1_000, ms: 120_000 }, thinking: { tokens: 3_000, ms: 360_000 } } as const;

/** How much a local model may write, and for how long; null for one of a provider. */
function localLimit(setup: LaneSetup): (typeof LOCAL)[keyof typeof LOCAL] | null {
  if (!isLocal(setup)) return null;
  const { effort, model } = setup;
  const thinks = effort === null ? thinksByDefault(model) : effort !== "none";
  return thinks ? LOCAL.thinking : LOCAL.plain;
}

function lateWords(ms: number): string {
  return `The model had not written the whole tool after ${String(ms / 60_000)} minutes, so it was stopped. Describe less, or choose a faster model.`;
}

/** The lane's setup with one tool on. The call is forced where that is possible. */
function asking(setup: LaneSetup): LaneSetup {
  const alone: LaneSetup = {
    ...setup,
    system: DEFINE_SYSTEM,
    tools: [DEFINE_TOOL.id],
    toolChoice: { kind: "auto" },
    parallelToolCalls: null,
    webSearch: false,
    responseSchema: null,
    bindings: {},
    maxTokens: setup.maxTokens ?? localLimit(setup)?.tokens ?? null,
  };
  const isForced = settingLimits(alone)?.noForcedChoice === null;
  return isForced ? { ...alone, toolChoice: { kind: "required" } } : alone;
}

function isLocal({ provider, endpoint }: LaneSetup): boolean {
  return endpoint !== null || findProvider(provider)?.location.kind === "local";
}

const CUT =
  "The answer ended at its limit of tokens, before the tool was whole. Raise the max output tokens in the lane's settings, or describe less.";

function whyNone({ status }: Step): string | null {
  if (status.state === "failed") return status.error.message;
  if (status.state === "truncated")
    return status.error?.message ?? "The answer broke off before the tool was whole.";
  return null;
}

function isCut({ finish }: Step): boolean {
  return finish?.unified === "length";
}
