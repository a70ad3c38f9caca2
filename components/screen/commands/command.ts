import type { OnPanel } from "@/components/screen/panel-state";
import type { View } from "@/components/screen/view/use-view";
import type { PageActions } from "@/lib/session/actions/session-app";
import type { Lane, LaneId, PromptId, SessionActions } from "@/lib/session/store/session";

/** Something that a person can do by name or by keys. */
export type Command = {
  /** The same in every session; of a lane's command it ends in the lane's number. */
  readonly id: string;
  readonly label: string;
  /** Other words by which it is found. */
  readonly words?: string;
  /** Heading under which it stands; commands of one group follow each other. */
  readonly group?: string;
  /** Its keys, as tinykeys writes them. */
  readonly chord?: string;
  /** false = there is nothing to do now: it is not offered, and its keys do nothing. */
  readonly applies?: boolean;
  readonly run: () => void;
};

/** What the commands with keys act on. */
export type CommandScope = {
  readonly actions: SessionActions;
  readonly page: PageActions;
  readonly lanes: readonly Lane[];
  /** The lane that a narrow screen shows, otherwise the first. */
  readonly activeLane: LaneId | null;
  readonly isLive: boolean;
  readonly readOnly: boolean;
  /** Brings a lane on screen where only one is shown, and calls `onShown` once it is there. */
  readonly showLane: (lane: LaneId, onShown: () => void) => void;
  readonly onPanel: OnPanel;
  /** The newest prompt that went to several lanes; null where there is none. */
  readonly newestShared: PromptId | null;
  readonly view: View;
};
