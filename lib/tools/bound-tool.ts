/** What answers a call in its lane. Pure, and without what runs it: the page asks this for every call that waits. */
import { calledName } from "@/lib/stream/turn/called-name";
import type { ToolCallPart, Turn } from "@/lib/stream/turn/turn";

import { definitionKey } from "./definition-key";
import { earlierCalls } from "./earlier-calls";
import { chooseMock } from "./mocks/choose-mock";
import { answersByItself, type ToolBinding, type ToolDefinition } from "./tool";

/** The tools of a lane, and its own answers by the tool's id. */
export type LaneTools = {
  readonly tools: readonly ToolDefinition[];
  readonly bindings: Readonly<Record<string, ToolBinding>>;
};

export type BoundTool = { readonly tool: ToolDefinition; readonly binding: ToolBinding };

/** The tool that a call names and what answers it in this lane; null where there is none of that name. */
export function boundTool(call: ToolCallPart, { tools, bindings }: LaneTools): BoundTool | null {
  const tool = tools.find(({ name }) => name === calledName(call));
  return tool === undefined ? null : { tool, binding: bindings[tool.id] ?? tool.binding };
}

/** A binding that runs without a person's text. */
export type RunningBinding = Exclude<ToolBinding, { readonly kind: "ask" }>;

/** What a call that waits can get. */
export type CallAnswer =
  /** Only a person has a result for it. */
  | { readonly kind: "person" }
  /** Its tool is a mock that has no result for it. */
  | { readonly kind: "no-mock" }
  | {
      readonly kind: "run";
      readonly tool: ToolDefinition;
      readonly binding: RunningBinding;
      /** It needs no press: by its kind, its approval, or because a person allowed this definition. */
      readonly isFree: boolean;
    };

/** What a call can get in its lane. `turns`: the branch so far, oldest first; asked for a mock only. */
export function callAnswer(
  call: ToolCallPart,
  lane: LaneTools & {
    readonly turns: () => readonly Turn[];
    readonly isAllowed: (key: string) => boolean;
  },
): CallAnswer {
  const bound = boundTool(call, lane);
  const { status } = call;
  if (bound === null || bound.binding.kind === "ask") return { kind: "person" };
  if (status.state !== "awaiting-result" || !status.args.valid) return { kind: "person" };
  const { tool, binding } = bound;
  if (binding.kind === "mock") {
    // One step may have thousands of calls: the branch is read only where it counts.
    const before = isCounted(binding) ? earlierCalls(lane.turns(), call).map(({ args }) => args) : [];
    if (chooseMock(binding.mock, status.args.value, before) === null) return { kind: "no-mock" };
  }
  // What a person allowed the tool, they allowed its own binding: a lane's other one may come from a file.
  const approval = binding !== tool.binding && tool.approval === "none" ? null : tool.approval;
  const mayBeFree = binding.kind !== "mcp" || binding.hash !== null;
  const isFree =
    (mayBeFree && answersByItself({ binding, approval })) || lane.isAllowed(definitionKey(tool, binding));
  return { kind: "run", tool, binding, isFree };
}

/** Whether what answers a call depends on the calls before it. */
export function isCounted(binding: ToolBinding | undefined): boolean {
  return binding?.kind === "mock" && (binding.mock.by === "sequence" || binding.mock.by === "recorded");
}
