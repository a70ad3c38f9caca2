import type { ImageId, LaneId, PromptId, SessionId, TurnId } from "./session";

/** The branded ids of a session. A new id never repeats, also across tabs and imports. */
export type NewIds = {
  readonly session: () => SessionId;
  readonly lane: () => LaneId;
  readonly turn: () => TurnId;
  readonly prompt: () => PromptId;
  readonly image: () => ImageId;
  readonly step: () => string;
};

/** Ids from a source of unique words: `crypto.randomUUID` in the page, a counter in tests. */
export function createIds(unique: () => string): NewIds {
  return {
    session: () => sessionId(unique()),
    lane: () => laneId(unique()),
    turn: () => turnId(unique()),
    prompt: () => promptId(unique()),
    image: () => imageId(unique()),
    step: unique,
  };
}

/**
 * A random id in the form of a UUID. `crypto.randomUUID` exists only in secure contexts, and a page served
 * over plain HTTP in a home network is not one.
 */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const sessionId = idOf((text): text is SessionId => text !== "");
export const laneId = idOf((text): text is LaneId => text !== "");
export const turnId = idOf((text): text is TurnId => text !== "");
export const promptId = idOf((text): text is PromptId => text !== "");
export const imageId = idOf((text): text is ImageId => text !== "");

function idOf<Id extends string>(isId: (text: string) => text is Id): (text: string) => Id {
  return (text) => {
    if (isId(text)) return text;
    throw new Error("An id is never empty");
  };
}
