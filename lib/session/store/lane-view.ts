import type { LaneSetup } from "@/lib/providers/provider";

import type { LaneId, SettingKey } from "./session";

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
