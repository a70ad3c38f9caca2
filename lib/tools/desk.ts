/** Where calls are answered: each by the binding of its tool. */
import { canonicalJson } from "@/lib/stream/turn/canonical-json";
import type { Json } from "@/lib/stream/turn/json";
import type { ToolCallPart, Turn } from "@/lib/stream/turn/turn";

import { callAnswer, type LaneTools, type RunningBinding } from "./bound-tool";
import { definitionKey } from "./definition-key";
import { earlierCalls } from "./earlier-calls";
import { runBinding, type ToolHosts } from "./run-binding";
import type { ResultShare } from "./share-results";
import { isStateful, type ToolBinding, type ToolDefinition } from "./tool";
import type { ToolRunEvents } from "./tool-run";

export type ToolDesk = {
  /**
   * What a call gets without a person. "ask": a person answers it, or allows it to run. A call whose tool failed is
   * tried again only where `again` says so.
   */
  readonly answer: (call: ToolCallPart, signal: AbortSignal, again: boolean) => "ask" | ToolRunEvents;
};

/** What a desk knows of the lane whose calls it answers. */
export type DeskLane = LaneTools & {
  /** "person": every call waits for a person. */
  readonly answeredBy: "tools" | "person";
  /** Earlier turns of the branch, oldest first, and the one that runs. */
  readonly turns: () => readonly Turn[];
  readonly hosts: ToolHosts;
  /** Whether a person allowed this definition to run by itself, by its `definitionKey`. */
  readonly isAllowed: (key: string) => boolean;
  /** Where equal calls of other lanes meet; null = every call runs by itself. */
  readonly share: ResultShare | null;
};

/** The desk of a lane that also runs what a person allows. */
export type LaneDesk = ToolDesk & {
  /** Runs a call's tool because a person pressed Run; null where its binding does not run. */
  readonly run: (call: ToolCallPart, signal: AbortSignal) => ToolRunEvents | null;
};

/** A desk for the calls of one lane. */
export function createDesk(lane: DeskLane): LaneDesk {
  const run = (call: ToolCallPart, signal: AbortSignal): ToolRunEvents | null => {
    const answer = callAnswer(call, lane);
    const { status } = call;
    if (answer.kind !== "run" || status.state !== "awaiting-result" || !status.args.valid) return null;
    const { tool, binding } = answer;
    return runBound({ call, tool, binding, args: status.args.value }, lane, signal);
  };
  return {
    run,
    answer: (call, signal, again) => {
      const { status } = call;
      if (lane.answeredBy === "person" || status.state !== "awaiting-result") return "ask";
      if (status.held !== undefined || (status.failure !== undefined && !again)) return "ask";
      const answer = callAnswer(call, lane);
      return (answer.kind === "run" && answer.isFree ? run(call, signal) : null) ?? "ask";
    },
  };
}

type BoundCall = {
  readonly call: ToolCallPart;
  readonly tool: ToolDefinition;
  readonly binding: RunningBinding;
  readonly args: Json;
};

/**
 * Reads the branch only once the first event is asked for: of thousands of calls few may run, and one that runs beside
 * others knows those that began before it.
 */
async function* runBound(
  { call, tool, binding, args }: BoundCall,
  lane: DeskLane,
  signal: AbortSignal,
): ToolRunEvents {
  const before = earlierCalls(lane.turns(), call);
  const start = (stop: AbortSignal) => runBinding({ binding, args, before }, lane.hosts, stop);
  // Each lane has the state of its own branch, and a mock costs nothing.
  const isOwn = tool.sharing === "each" || binding.kind === "mock" || isStateful(binding);
  if (lane.share === null || isOwn) yield* start(signal);
  else yield* lane.share.follow(shareKey(tool, binding, args, before), start, signal);
}

/** The tool as it is, the arguments, and which such call of the branch it is. */
function shareKey(
  tool: ToolDefinition,
  binding: ToolBinding,
  args: Json,
  before: ReturnType<typeof earlierCalls>,
): string {
  const wanted = canonicalJson(JSON.stringify(args));
  const nth = before.filter((each) => canonicalJson(JSON.stringify(each.args)) === wanted).length;
  return JSON.stringify([definitionKey(tool, binding), wanted, nth]);
}
