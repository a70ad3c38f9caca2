import { saysSomething } from "@/lib/providers/dialects/shared/unknown-fields";
import type { JsonObject } from "@/lib/stream/turn/json";
import { textAt } from "@/lib/stream/turn/json-read";

import { type ItemOut, type ResponsesItem, SILENT_ITEM } from "./item";

/** An item of a type that is not known here is shown as it came, at first as it was announced. */
export function openUnknownItem({ emit, nextId }: ItemOut, added: JsonObject): ResponsesItem {
  let id: string | null = null;
  let isKept = false;
  const show = (item: JsonObject): void => {
    if (!saysSomething(item)) return;
    id ??= nextId("unknown");
    emit({ type: "unknown-part", id, name: textAt(item, "type") ?? "item without a type", json: item });
  };
  show(added);
  return {
    ...SILENT_ITEM,
    complete: (item) => {
      show(item);
      if (isKept || id === null || textAt(item, "id") === null) return;
      isKept = true;
      emit({ type: "replay", id, item });
    },
  };
}
