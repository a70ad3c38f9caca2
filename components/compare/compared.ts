import type { TurnId } from "@/lib/session/store/session";
import type { Turn } from "@/lib/stream/turn/turn";

/** Two answers that are compared, and how. */
export type Compared = {
  readonly one: TurnId;
  /** null = the answer that is nearest to the first. */
  readonly other: TurnId | null;
  readonly view: "answer" | "request" | "timings";
  /** Steps whose requests are compared at first; absent = the first of each. */
  readonly steps?: readonly [string, string];
};

/** Both answers as they are now. */
export type Sides = {
  readonly ids: readonly [TurnId, TurnId];
  readonly turns: readonly [Turn, Turn];
  /** What each is called in a sentence, such as "lane 1". */
  readonly names: readonly [string, string];
};
