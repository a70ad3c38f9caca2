import type { EventQueue } from "@/lib/providers/dialects/shared/event-queue";
import type { StreamEvent } from "@/lib/stream/turn/event";
import type { Json, JsonObject } from "@/lib/stream/turn/json";

/** One content block while it arrives. */
export type Block = {
  /** Takes a delta; false when it is of no kind that this block holds. */
  readonly grow: (delta: JsonObject) => boolean;
  /** Another block has begun: this one's part is over unless more of it comes. */
  readonly rest: () => void;
  /** The block is complete. */
  readonly stop: () => void;
};

/** What blocks need to make parts. */
export type BlockOut = {
  readonly emit: (event: StreamEvent) => void;
  /** An id for a new part, unique within the step. */
  readonly nextId: (kind: string) => string;
  readonly warnOnce: EventQueue["warnOnce"];
};

/** The text of a delta under this key; null when it holds none. "" is text. */
export function deltaText(delta: JsonObject, type: string, key: string): string | null {
  const text: Json | undefined = delta[key];
  return delta["type"] === type && typeof text === "string" ? text : null;
}
