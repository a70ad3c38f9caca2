import { canonicalJson } from "@/lib/stream/turn/canonical-json";
import type { ToolBinding } from "@/lib/tools/tool";

import type { LaneView } from "./lane-view";
import type { LaneId } from "./session";

/** The lanes' lists of enabled tools after a change: one entry per lane whose list changes. */
export type ToolPatch = {
  readonly lane: LaneId;
  readonly tools: readonly string[];
  /** The lane gets a list of its own first, so that the others keep theirs. */
  readonly unlink: boolean;
};

/** Turns tools on or off in every lane; links stay as they are. Pure. */
export function enableEverywhere(
  lanes: readonly LaneView[],
  toolIds: readonly string[],
  on: boolean,
): readonly ToolPatch[] {
  const firstLinked = lanes.find((lane) => !lane.own.has("tools"));
  return lanes
    .filter((lane) => lane.own.has("tools") || lane === firstLinked)
    .filter((lane) => toolIds.some((id) => lane.setup.tools.includes(id) !== on))
    .map((lane) => ({ lane: lane.id, tools: toggled(lane.setup.tools, toolIds, on), unlink: false }));
}

/** Turns tools on or off in one lane alone. A lane that is linked to others gets a list of its own. Pure. */
export function enableInLane(
  lanes: readonly LaneView[],
  lane: LaneView,
  toolIds: readonly string[],
  on: boolean,
): readonly ToolPatch[] {
  const tools = toggled(lane.setup.tools, toolIds, on);
  return [{ lane: lane.id, tools, unlink: lanes.length > 1 && !lane.own.has("tools") }];
}

/** Turns on these tools and no other, in every lane; links stay as they are. Pure. */
export function enableOnly(lanes: readonly LaneView[], toolIds: readonly string[]): readonly ToolPatch[] {
  const firstLinked = lanes.find((lane) => !lane.own.has("tools"));
  return lanes
    .filter((lane) => lane.own.has("tools") || lane === firstLinked)
    .map((lane) => ({ lane: lane.id, tools: toolIds, unlink: false }));
}

/** Puts a tool that comes back where it was on: one entry per lane that used it. Pure. */
export function enableAsNow(lanes: readonly LaneView[], toolId: string): readonly ToolPatch[] {
  return lanes
    .filter((lane) => lane.setup.tools.includes(toolId))
    .map((lane) => ({ lane: lane.id, tools: lane.setup.tools, unlink: false }));
}

function toggled(tools: readonly string[], toolIds: readonly string[], on: boolean): readonly string[] {
  const rest = tools.filter((id) => !toolIds.includes(id));
  return on ? [...rest, ...toolIds] : rest;
}

/** A lane's answers to calls after a change. */
export type AnswerPatch = {
  readonly lane: LaneId;
  readonly bindings: Readonly<Record<string, ToolBinding>>;
  /** "unlink": the lane gets answers of its own first, so that the others keep theirs. "link": it is as the others again. */
  readonly link: "keep" | "unlink" | "link";
};

/** Gives one lane alone another answer for a tool, or takes it back (null). */
export function answerInLane(
  lanes: readonly LaneView[],
  lane: LaneView,
  toolId: string,
  binding: ToolBinding | null,
): AnswerPatch {
  const { [toolId]: _old, ...rest } = lane.setup.bindings;
  const bindings = binding === null ? rest : { ...rest, [toolId]: binding };
  const isOwn = lane.own.has("bindings");
  const shared = lanes.find(({ own }) => !own.has("bindings"))?.setup.bindings;
  const isAsShared = shared !== undefined && textOf(shared) === textOf(bindings);
  if (isOwn && isAsShared) return { lane: lane.id, bindings, link: "link" };
  return { lane: lane.id, bindings, link: isOwn || lanes.length === 1 ? "keep" : "unlink" };
}

function textOf(bindings: LaneView["setup"]["bindings"]): string {
  return canonicalJson(JSON.stringify(bindings));
}
