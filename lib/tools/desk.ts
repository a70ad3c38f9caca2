import { calledName } from "@/lib/stream/turn/called-name";
/** Where calls are answered: each by the binding of its tool. */
import { canonicalJson } from "@/lib/stream/turn/canonical-json";
import type { Json } from "@/lib/stream/turn/json";
import type { ToolCallPart, Turn } from "@/lib/stream/turn/turn";

import { definitionKey } from "./definition-key";
import { earlierCalls } from "./earlier-calls";
import { chooseMock } from "./mocks/choose-mock";
import { runBinding, type ToolHosts } from "./run-binding";
import type { ResultShare } from "./share-results";
import { answersByItself, isStateful, type ToolBinding, type ToolDefinition } from "./tool";
import type { ToolRunEvents } from "./tool-run";

export type ToolDesk = {
  /**
   * What a call gets without a person. "ask": a person answers it, or allows it to run. A call whose tool failed is
   * tried again only where `again` says so.
   */
  readonly answer: (call: ToolCallPart, signal: AbortSignal, again: boolean) => "ask" | ToolRunEvents;
};

/** What a desk knows of the lane whose calls it answers. */
export type DeskLane = {
  readonly tools: readonly ToolDefinition[];
  /** The lane's own answers, by the tool's id. */
  readonly bindings: Readonly<Record<string, ToolBinding>>;
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

/** The tool that a call names and what answers it in this lane; null where there is none of that name. */
export function boundTool(
  call: ToolCallPart,
  { tools, bindings }: Pick<DeskLane, "tools" | "bindings">,
): { readonly tool: ToolDefinition; readonly binding: ToolBinding } | null {
  const tool = tools.find(({ name }) => name === calledName(call));
  return tool === undefined ? null : { tool, binding: bindings[tool.id] ?? tool.binding };
}

/** A desk for the calls of one lane. */
export function createDesk(lane: DeskLane): LaneDesk {
  const run = (call: ToolCallPart, signal: AbortSignal): ToolRunEvents | null => {
    const bound = boundTool(call, lane);
    const { status } = call;
    if (bound === null || status.state !== "awaiting-result" || !status.args.valid) return null;
    const { tool, binding } = bound;
    const args = status.args.value;
    const before = () => earlierCalls(lane.turns(), call);
    if (binding.kind === "ask" || (binding.kind === "mock" && !hasMock(binding, args, before()))) return null;
    const start = (stop: AbortSignal) => runBinding({ binding, args, before: before() }, lane.hosts, stop);
    // Each lane has the state of its own branch, and a mock costs nothing.
    const isOwn = tool.sharing === "each" || binding.kind === "mock" || isStateful(binding);
    if (lane.share === null || isOwn) return start(signal);
    return lane.share.follow(shareKey(tool, binding, args, before()), start, signal);
  };
  return {
    run,
    answer: (call, signal, again) => {
      const bound = boundTool(call, lane);
      const { status } = call;
      if (
        bound === null ||
        lane.answeredBy === "person" ||
        status.state !== "awaiting-result" ||
        status.held !== undefined
      )
        return "ask";
      if (status.failure !== undefined && !again) return "ask";
      const { tool, binding } = bound;
      const isFree =
        answersByItself({ binding, approval: tool.approval }) || lane.isAllowed(definitionKey(tool, binding));
      return (isFree ? run(call, signal) : null) ?? "ask";
    },
  };
}

function hasMock(
  binding: Extract<ToolBinding, { readonly kind: "mock" }>,
  args: Json,
  before: ReturnType<typeof earlierCalls>,
): boolean {
  const earlier = before.map((each) => each.args);
  return chooseMock(binding.mock, args, earlier) !== null;
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
