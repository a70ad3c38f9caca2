import type { EventQueue } from "@/lib/providers/dialects/shared/event-queue";
import { holdsSomething } from "@/lib/providers/dialects/shared/unknown-fields";
import type { StreamEvent } from "@/lib/stream/turn/event";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { textAt } from "@/lib/stream/turn/json-read";

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

/**
 * A block of a type that is not known here: shown as received, with its deltas in a list. It goes back where it came
 * whole; how deltas of an unknown kind would join is not known.
 */
export function openUnknownBlock({ emit, nextId }: BlockOut, raw: JsonObject): Block {
  const deltas: Json[] = [];
  let id: string | null = null;
  let isStopped = false;

  const show = (): void => {
    const json = deltas.length === 0 ? raw : { ...raw, deltas: [...deltas] };
    if (id === null && !holdsSomething(json)) return;
    id ??= nextId("unknown");
    emit({ type: "unknown-part", id, name: textAt(raw, "type") ?? "block without a type", json });
  };
  show();
  return {
    grow: (delta) => {
      deltas.push(delta);
      return true;
    },
    rest: () => undefined,
    stop: () => {
      if (isStopped) return;
      isStopped = true;
      if (deltas.length > 0) show();
      else if (id !== null) emit({ type: "replay", id, item: raw });
    },
  };
}
