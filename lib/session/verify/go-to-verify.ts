/** What the playground tells the page that verifies before it leads there. */
import type { SessionApp } from "@/lib/session/actions/session-app";
import { toolsAtHand } from "@/lib/session/store/person";
import type { LaneId, TurnId, TurnRecord } from "@/lib/session/store/session";

import { caseOfTurn } from "./case-of-turn";
import { pageVerify } from "./page-verify";

/** The next plan begins with this lane alone, or with all. A run that is open makes room for it. */
export function wantLane(lane: LaneId | null): void {
  const { actions } = pageVerify();
  actions.want(lane);
  if (lane !== null) actions.closeRun();
}

/** The editor opens with a case of this turn and those before it in its branch. */
export function draftFromTurn({ store }: Pick<SessionApp, "store">, turn: TurnId): void {
  const { turns, person, session } = store.getState();
  const record = turns.get(turn);
  if (record === undefined) return;
  const before: TurnRecord[] = [];
  for (let at = record.parentId; at !== null;) {
    const earlier = turns.get(at);
    if (earlier === undefined) break;
    before.unshift(earlier);
    at = earlier.parentId;
  }
  const { actions, store: verify } = pageVerify();
  const tools = toolsAtHand(person.tools, session.tools);
  const draft = async () => {
    // Own cases are read first: the new one's id is free among them.
    await actions.start();
    actions.draftCase(caseOfTurn(record, before, tools, verify.getState().cases));
  };
  void draft();
}
