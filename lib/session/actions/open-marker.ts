/**
 * Remembers a session while it is drawn for the first time. A mark that is still there at the next start means that
 * the page broke or froze over it: it is not opened again by itself.
 */
import type { SessionId } from "@/lib/session/store/session";

export type Mark = {
  readonly id: SessionId;
  /** epoch ms */
  readonly at: number;
};

export type MarkerStore = {
  readonly read: () => Mark | null;
  readonly write: (mark: Mark | null) => void;
};

export type OpenMarker = {
  /** A session is about to be drawn. */
  readonly begin: (id: SessionId) => void;
  /** The page is left or was drawn: nothing went wrong. */
  readonly end: () => void;
  /** The page is gone before it was drawn: something broke, and the mark stays. */
  readonly abandon: () => void;
  /** The session whose drawing never ended, as of the last page; null when all went well. */
  readonly broken: (isElsewhere: (id: SessionId) => Promise<boolean>) => Promise<SessionId | null>;
};

/** Another tab that draws it right now needs this long at most, in ms. */
const DRAWING_MS = 10_000;

export function createOpenMarker(ports: {
  readonly store: MarkerStore;
  /** Calls back once what is on screen was drawn and the page is idle; the returned function cancels. */
  readonly whenDrawn: (call: () => void) => () => void;
  /** epoch ms */
  readonly now: () => number;
}): OpenMarker {
  const { store, whenDrawn, now } = ports;
  let cancel: (() => void) | null = null;
  const end = () => {
    if (cancel === null) return;
    cancel();
    cancel = null;
    store.write(null);
  };
  return {
    end,
    abandon: () => {
      cancel?.();
      cancel = null;
    },
    begin: (id) => {
      cancel?.();
      store.write({ id, at: now() });
      cancel = whenDrawn(end);
    },
    broken: async (isElsewhere) => {
      const mark = store.read();
      if (mark === null) return null;
      const isYoung = now() - mark.at < DRAWING_MS;
      return isYoung && (await isElsewhere(mark.id)) ? null : mark.id;
    },
  };
}
