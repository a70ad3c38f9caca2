/** A frame that took the page longer than this, in ms, leaves too little of its 16.7 for the browser's own threads. */
const TOO_LONG_MS = 10;
/** A frame shorter than this, in ms, leaves room for one more lane. */
const ROOM_MS = 4;
/** The most lanes there are. */
const MOST = 8;

export type DrawShare = {
  /**
   * How many lanes the next frame may draw, given that the last one drew `drawn` of them in `tookMs`; null = unknown.
   */
  readonly next: (drawn: number, tookMs: number | null) => number;
};

/**
 * How many lanes one frame draws. Where all of them would make frames late, they take turns: each lane is drawn less
 * often, and the page goes on answering to keys and to scrolling.
 */
export function createDrawShare(): DrawShare {
  let share = MOST;
  return {
    next: (drawn, tookMs) => {
      if (tookMs === null || drawn === 0) return share;
      if (tookMs > TOO_LONG_MS) share = Math.max(1, Math.min(share, drawn) - 1);
      else if (tookMs < ROOM_MS && drawn >= share) share = Math.min(MOST, share + 1);
      return share;
    },
  };
}
