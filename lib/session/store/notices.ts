import type { StoreApi } from "zustand/vanilla";

import type { AppState, Notice } from "./app-state";

/** More notices than this would be a wall of text, so the oldest is dropped. */
const MOST = 4;

export type Notify = (tone: Notice["tone"], text: string) => void;

/** Puts a notice on screen; the same text twice is one. */
export function createNotify(store: StoreApi<AppState>, newId: () => string): Notify {
  return (tone, text) =>
    store.setState(({ notices }) => ({
      notices: [...notices.filter((notice) => notice.text !== text), { id: newId(), tone, text }].slice(
        -MOST,
      ),
    }));
}

/** "One answer", "3 answers". */
export function count(many: number, what: string): string {
  return many === 1 ? `One ${what}` : `${many} ${what}s`;
}

/** The browser's own words for a failure, as a sentence; "" when it has none. */
export function browserErrorText(error: unknown): string {
  return error instanceof Error && error.message !== "" ? `Browser error: ${error.message}` : "";
}
