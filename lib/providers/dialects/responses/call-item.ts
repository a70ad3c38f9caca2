import { readArguments } from "@/lib/providers/dialects/shared/arguments";
import { EXCERPT } from "@/lib/providers/dialects/shared/reader-faults";
import { REPEATED, repeatsAll, saysTheSame } from "@/lib/providers/dialects/shared/repeated-arguments";
import { openToldText } from "@/lib/providers/dialects/shared/told-text";
import type { JsonObject } from "@/lib/stream/turn/json";
import { textAt } from "@/lib/stream/turn/json-read";

import { clientCall } from "./client-calls";
import { type ItemOut, type ResponsesItem, SILENT_ITEM } from "./item";

/** A call that waits for a result from here: it is shown once its name is known, and ends only with arguments that can be trusted. */
export function openCallItem(out: ItemOut, added: JsonObject): ResponsesItem {
  const told = openToldText();
  const kind = clientCall(textAt(added, "type"));
  let partId: string | null = null;
  /** What came before the name. */
  let held = "";
  let isEnded = false;
  let isTrusted = true;
  /** Not to be ended, because its last word contradicts its pieces or says that it was cut. */
  let isBroken = false;
  let ownCallId: string | null = null;
  let ownName = "";

  const start = (name: string, callId: string | null): void => {
    partId = out.nextId("call");
    ownCallId = callId;
    ownName = name;
    out.emit({
      type: "tool-input-start",
      id: partId,
      callId,
      name,
      ...(kind.form === "json" ? {} : { form: kind.form }),
    });
    if (held !== "") out.emit({ type: "tool-input-delta", id: partId, text: held });
  };
  const show = (text: string): void => {
    if (text === "") return;
    if (partId === null) held += text;
    else out.emit({ type: "tool-input-delta", id: partId, text });
  };
  const name = (item: JsonObject): void => {
    const known = textAt(item, "name") ?? kind.name;
    if (known === null) return;
    if (partId !== null) {
      if (known !== ownName)
        out.warnOnce(
          "renamed-call",
          `The server gave the call ${ownName} another name later: ${known}. The first one is kept.`,
        );
      return;
    }
    start(known, textAt(item, "call_id"));
    const itemId = textAt(item, "id");
    if (itemId !== null && partId !== null)
      out.emit({ type: "replay", id: partId, item: { type: kind.type, id: itemId } });
  };
  const settle = (whole: string): void => {
    const rest = told.settle(whole);
    if (rest === null) {
      if (kind.form === "json" && saysTheSame(told.text(), whole)) return;
      isBroken = true;
      out.warn(
        "arguments-differ",
        `The final arguments of a call are not those that were streamed: ${whole.slice(0, EXCERPT)}`,
      );
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
    grow: (_place, text) => {
      if (kind.form === "json" && repeatsAll(told.text(), text))
        out.warnOnce(REPEATED.code, REPEATED.message);
      else show(told.add(text));
    },
    settle: (_place, text) => settle(text),
    complete: (item) => {
      name(item);
      settle(readArguments(item[kind.input]));
      if (item["status"] === "incomplete") isBroken = true;
      end();
    },
    isSame: (item) => textAt(item, "call_id") !== null && textAt(item, "call_id") === ownCallId,
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
