import { imageProblem } from "@/lib/session/images/image-limits";

import type { AppState } from "./app-state";
import { laneReadsImages } from "./lane-verdicts";
import { effectiveSetup } from "./lanes";
import type { LaneId, Session } from "./session";
import { pathOf, type Turns } from "./turn-tree";

/** What to report about the draft's images before they are sent. */
export type DraftReport = {
  /** Why they cannot be sent as they are, and what to do; null if they can. */
  readonly problem: string | null;
  /** Places of the lanes that will leave them out, from 1. */
  readonly blind: readonly number[];
};

const NOTHING: DraftReport = { problem: null, blind: [] };

/** Looks at the lanes that a prompt would go to. Pure. */
export function draftReport(
  session: Session,
  turns: Turns,
  llama: AppState["servers"]["llama"],
  to: "all" | LaneId,
): DraftReport {
  if (session.draftImages.length === 0) return NOTHING;
  const sent = session.draftImages.map((draft) => draft.sent);
  const asked = session.lanes
    .map((lane, index) => ({ lane, laneNumber: index + 1 }))
    .filter(({ lane }) => to === "all" || lane.id === to)
    .map(({ lane, laneNumber }) => {
      const reads = laneReadsImages(effectiveSetup(session, lane.id), llama) !== false;
      const earlier = pathOf(turns, lane.leaf).flatMap((turn) => turn.images);
      return { laneNumber, reads, problem: reads ? imageProblem(sent, earlier) : null };
    });
  return {
    problem: asked.find((lane) => lane.problem !== null)?.problem ?? null,
    blind: asked.filter((lane) => !lane.reads).map((lane) => lane.laneNumber),
  };
}
