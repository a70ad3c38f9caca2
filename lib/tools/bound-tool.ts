/** What answers a call in its lane. Pure, and without what runs it: the page asks this for every call that waits. */
import { calledName } from "@/lib/stream/turn/called-name";
import type { ToolCallPart, Turn } from "@/lib/stream/turn/turn";

import { definitionKey } from "./definition-key";
import { earlierCalls } from "./earlier-calls";
import { chooseMock } from "./mocks/choose-mock";
import { answersByItself, type ToolBinding, type ToolDefinition } from "./tool";
import { type OfferedTools, type ToolOffer, toolOffer } from "./tool-offer";

/** The tools of a lane, and its own answers by the tool's id. */
export type LaneTools = {
  readonly tools: readonly ToolDefinition[];
  readonly bindings: Readonly<Record<string, ToolBinding>>;
  readonly offered: OfferedTools;
};

export type BoundTool = { readonly tool: ToolDefinition; readonly binding: ToolBinding };

/** The tool that a call names; of two with one name the one that the model was sent. null = there is none. */
export function calledTool(
  call: Pick<ToolCallPart, "name">,
  tools: readonly ToolDefinition[],
  sent: readonly string[],
): ToolDefinition | null {
  const wanted = calledName(call);
  let found: ToolDefinition | null = null;
  // One step may have thousands of calls: nothing is made but the result.
  for (const tool of tools) {
    if (tool.name !== wanted) continue;
    if (sent.includes(tool.id)) return tool;
    found ??= tool;
  }
  return found;
}

/** The tool that a call names and what answers it in this lane; null where there is none of that name. */
export function boundTool(call: ToolCallPart, { tools, bindings, offered }: LaneTools): BoundTool | null {
  const tool = calledTool(call, tools, offered.sent.tools);
  return tool === null ? null : { tool, binding: bindings[tool.id] ?? tool.binding };
}

/** A binding that runs without a person's text. */
export type RunningBinding = Exclude<ToolBinding, { readonly kind: "ask" }>;

/** What a call that waits can get, and whether its tool was offered; a name that no tool has counts as offered. */
export type CallAnswer = { readonly offer: ToolOffer } &
  /** Only a person has a result for it. */
  (
    | { readonly kind: "person" }
    /** Its tool would run, and its arguments are not a JSON object: a person may repair them. */
    | { readonly kind: "broken"; readonly tool: ToolDefinition }
    /** Its tool is a mock that has no result for it. */
    | { readonly kind: "no-mock" }
    | {
        readonly kind: "run";
        readonly tool: ToolDefinition;
        readonly binding: RunningBinding;
        /** It needs no press: it was offered, and it is free by its kind, its approval, or because a person allowed it. */
        readonly isFree: boolean;
      }
  );

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
  if (bound === null) return { kind: "person", offer: "offered" };
  const { tool, binding } = bound;
  const offer = toolOffer(tool, lane.offered);
  if (binding.kind === "ask") return { kind: "person", offer };
  if (status.state !== "awaiting-result") return { kind: "person", offer };
  if (!status.args.valid)
    // Free text has no JSON to repair.
    return call.form === "text" ? { kind: "person", offer } : { kind: "broken", offer, tool };
  if (binding.kind === "mock") {
    // One step may have thousands of calls: the branch is read only where it counts.
    const before = isCounted(binding) ? earlierCalls(lane.turns(), call).map(({ args }) => args) : [];
    if (chooseMock(binding.mock, status.args.value, before) === null) return { kind: "no-mock", offer };
  }
  // What a person allowed the tool, they allowed its own binding: a lane's other one may come from a file.
  const approval = binding !== tool.binding && tool.approval === "none" ? null : tool.approval;
  const mayBeFree = binding.kind !== "mcp" || binding.hash !== null;
  const isAllowed =
    (mayBeFree && answersByItself({ binding, approval })) || lane.isAllowed(definitionKey(tool, binding));
  return { kind: "run", offer, tool, binding, isFree: isAllowed && offer === "offered" };
}

/** Whether what answers a call depends on the calls before it. */
export function isCounted(binding: ToolBinding | undefined): boolean {
  return binding?.kind === "mock" && (binding.mock.by === "sequence" || binding.mock.by === "recorded");
}
