import type { StoreApi } from "zustand/vanilla";

import type { AppState, Notice, NoticeTopic } from "./app-state";

/** More notices than this would be a wall of text, so the oldest is dropped. */
const MOST = 4;

/** `about`: what the notice is about, where only the last one about it is of use. */
export type Notify = (tone: Notice["tone"], text: string, about?: NoticeTopic) => void;

/** Puts a notice on screen; the same text twice is one. */
export function createNotify(store: StoreApi<AppState>, newId: () => string): Notify {
  return (tone, text, about) =>
    store.setState(({ notices }) => {
      const others = notices.filter((notice) => notice.text !== text);
      const notice = { id: newId(), tone, text, ...(about === undefined ? {} : { about }) };
      return {
        notices: [...(about === undefined ? others : withoutAbout(others, about)), notice].slice(-MOST),
      };
    });
}

/** The notices that are about something else. */
export function withoutAbout(notices: readonly Notice[], about: NoticeTopic): readonly Notice[] {
  return notices.filter((notice) => notice.about !== about);
}

/** "One answer", "3 answers". */
export function count(many: number, what: string): string {
  return many === 1 ? `One ${what}` : `${many} ${what}s`;
}

/** The browser's own words for a failure, as a sentence; "" when it has none. */
export function browserErrorText(error: unknown): string {
  return error instanceof Error && error.message !== "" ? `Browser error: ${error.message}` : "";
}
