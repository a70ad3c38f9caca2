import { saysSomething } from "@/lib/providers/dialects/shared/unknown-fields";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { textAt } from "@/lib/stream/turn/json-read";

import type { Block, BlockOut } from "./block";

/**
 * A block of a type that is not known here: shown as it came, with its deltas in a list. It goes back where it came
 * whole; how deltas of an unknown kind would join is not known.
 */
export function openUnknownBlock({ emit, nextId }: BlockOut, raw: JsonObject): Block {
  const deltas: Json[] = [];
  let id: string | null = null;
  let isStopped = false;

  const show = (): void => {
    const json = deltas.length === 0 ? raw : { ...raw, deltas: [...deltas] };
    if (id === null && !saysSomething(json)) return;
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
