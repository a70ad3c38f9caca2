import type { Part } from "./turn";

/** Where the words of a turn that streams are read between two drawings of the whole. */
export type GrowingParts = {
  /** Calls `listener` when a part may have grown. */
  readonly subscribe: (listener: () => void) => () => void;
  /** The part as it is now, the same object until it grows; the given one where it no longer streams. */
  readonly read: <P extends Part>(part: P) => P;
};
