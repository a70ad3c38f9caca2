import { showMarks } from "@/lib/markdown/visible-marks";
import type { LaneSetup } from "@/lib/providers/provider";

import { effectiveSetup, SETTING_KEYS } from "./lanes";
import type { LaneId, Session, SettingKey } from "./session";

/** What the panels need of a lane. */
export type LaneView = {
  readonly id: LaneId;
  /** As its region is named: "Lane 1: smollm2-135m". */
  readonly name: string;
  /** The settings in force: the shared ones with the lane's own on top. */
  readonly setup: LaneSetup;
  /** Settings whose link is broken. */
  readonly own: ReadonlySet<SettingKey>;
};

/** The lanes of a session, in their order on screen. */
export function laneViews(session: Pick<Session, "lanes" | "shared">): readonly LaneView[] {
  return session.lanes.map((lane, index) => {
    const setup = effectiveSetup(session, lane.id);
    return {
      id: lane.id,
      name: `Lane ${index + 1}: ${showMarks(setup.model) || "no model"}`,
      setup,
      own: new Set(SETTING_KEYS.filter((key) => key in lane.own)),
    };
  });
}
