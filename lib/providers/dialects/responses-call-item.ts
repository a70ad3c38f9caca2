import type { JsonObject } from "@/lib/stream/json";
import { textAt } from "@/lib/stream/json-read";

import { readArguments } from "./chat-arguments";
import { type ItemOut, type ResponsesItem, SILENT_ITEM } from "./responses-item";
import { openToldText } from "./told-text";

/** A call of a function: it is shown once its name is known, and ends only with arguments that can be trusted. */
export function openCallItem(out: ItemOut, added: JsonObject): ResponsesItem {
  const told = openToldText();
  let partId: string | null = null;
  /** What came before the name. */
  let held = "";
  let isEnded = false;
  let isTrusted = true;
  /** Not to be ended, because its last word contradicts its pieces or says that it was cut. */
  let isBroken = false;

  const start = (name: string, callId: string | null): void => {
    partId = out.nextId("call");
    out.emit({ type: "tool-input-start", id: partId, callId, name });
    if (held !== "") out.emit({ type: "tool-input-delta", id: partId, text: held });
  };
  const show = (text: string): void => {
    if (text === "") return;
    if (partId === null) held += text;
    else out.emit({ type: "tool-input-delta", id: partId, text });
  };
  const name = (item: JsonObject): void => {
    const known = textAt(item, "name");
    if (partId !== null || known === null) return;
    start(known, textAt(item, "call_id"));
    const itemId = textAt(item, "id");
    if (itemId !== null && partId !== null)
      out.emit({ type: "replay", id: partId, item: { type: "function_call", id: itemId } });
  };
  const settle = (whole: string): void => {
    const rest = told.settle(whole);
    if (rest === null) {
      isBroken = true;
      out.warn("arguments-differ", "The final arguments of a call are not those that were streamed.");
      return;
    }
    if (whole !== "") isTrusted = true;
    show(rest);
  };
  const end = (): void => {
    if (isEnded || isBroken || !isTrusted || partId === null) return;
    isEnded = true;
    out.emit({ type: "tool-input-end", id: partId });
  };

  name(added);
  return {
    ...SILENT_ITEM,
    grow: (_place, text) => show(told.add(text)),
    settle: (_place, text) => settle(text),
    complete: (item) => {
      name(item);
      settle(readArguments(item["arguments"]));
      if (item["status"] === "incomplete") isBroken = true;
      end();
    },
    close: (isComplete) => {
      if (partId === null) {
        out.warn("nameless-call", "A call came without a name.");
        start("", null);
      }
      if (isComplete) end();
    },
    distrust: () => {
      if (!isEnded) isTrusted = false;
    },
  };
}
