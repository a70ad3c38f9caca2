/** What answers the calls of one turn: the lane's tools as they are now, and what this page can run. */
import type { StoreApi } from "zustand/vanilla";

import { offeredTools } from "@/lib/run/offered-tools";
import type { AppState } from "@/lib/session/store/app-state";
import { effectiveSetup, laneOf } from "@/lib/session/store/lanes";
import type { LiveTurns } from "@/lib/session/store/live-turns";
import { toolsAtHand } from "@/lib/session/store/person";
import type { TurnRecord } from "@/lib/session/store/session";
import { pathOf } from "@/lib/session/store/turn-tree";
import type { Step, ToolCallPart } from "@/lib/stream/turn/turn";
import { callAnswer } from "@/lib/tools/bound-tool";
import { definitionKey } from "@/lib/tools/definition-key";
import type { DeskLane } from "@/lib/tools/desk";
import type { ToolHosts } from "@/lib/tools/run-binding";
import { createResultShare, type ResultShare } from "@/lib/tools/share-results";

export type DeskPorts = {
  readonly store: StoreApi<AppState>;
  readonly live: LiveTurns;
  readonly hosts: ToolHosts;
};

/** Gives the desk of a turn's lane. Equal calls of lanes meet within their session. */
export function createLaneDesks({ store, live, hosts }: DeskPorts): (record: TurnRecord) => DeskLane {
  const share = createResultShare();
  return ({ id, sessionId, laneId, setup }) => {
    const { person, session, allowed } = store.getState();
    // As the lane is set now: a person may have changed what answers since the prompt was sent.
    const now = laneOf(session, laneId) === null ? setup : effectiveSetup(session, laneId);
    const tools = toolsAtHand(person.tools, session.tools);
    return {
      tools,
      bindings: now.bindings,
      offered: offeredTools(setup, now, tools),
      answeredBy: now.answeredBy,
      turns: () => pathOf(store.getState().turns, id).map((turn) => live.current(turn.id) ?? turn.turn),
      hosts,
      isAllowed: (key) => allowed.has(key),
      share: within(share, sessionId),
    };
  };
}

/**
 * The calls of a step that wait and run without a press now that a person has allowed the definition with this key: at
 * most as many as the lane's limit. None of a step that stopped by itself, which says how it goes on.
 */
export function callsAllowedBy(
  key: string,
  step: Step | undefined,
  lane: DeskLane,
  most: number,
): readonly ToolCallPart[] {
  if (step?.status.state !== "done" || step.pause !== undefined || lane.answeredBy === "person") return [];
  const free: ToolCallPart[] = [];
  for (const part of step.parts) {
    if (free.length >= most) break;
    if (part.type !== "tool-call" || part.status.state !== "awaiting-result") continue;
    if (part.status.held !== undefined || part.status.failure !== undefined) continue;
    const answer = callAnswer(part, lane);
    if (answer.kind === "run" && answer.isFree && definitionKey(answer.tool, answer.binding) === key)
      free.push(part);
  }
  return free;
}

function within(share: ResultShare, sessionId: string): ResultShare {
  return { follow: (key, start, signal) => share.follow(`${sessionId} ${key}`, start, signal) };
}
