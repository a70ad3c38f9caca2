import type { ProviderOutcome, Source } from "@/lib/stream/event";
import type { Json, JsonObject } from "@/lib/stream/json";
import { isObject, listAt, objectAt, textAt, writeJson } from "@/lib/stream/json-read";

import { readArguments } from "./chat-arguments";
import { type ItemOut, type ResponsesItem, SILENT_ITEM } from "./responses-item";

/** A call that the provider ran itself, such as a web search: what it was asked and found is told when it is done. */
export function openProviderItem(out: ItemOut, added: JsonObject): ResponsesItem {
  const id = out.nextId("provider-call");
  const name = textAt(added, "name") ?? (textAt(added, "type") ?? "").replace(/_call$/, "");
  let isDone = false;
  out.emit({ type: "provider-call-start", id, callId: textAt(added, "id"), name });

  return {
    ...SILENT_ITEM,
    complete: (item) => {
      if (isDone) return;
      isDone = true;
      const asked = readArguments(item["action"] ?? item["arguments"]);
      if (asked !== "") out.emit({ type: "provider-call-delta", id, text: asked });
      if (textAt(item, "id") !== null) out.emit({ type: "replay", id, item });
      out.emit({ type: "provider-call-end", id, outcome: readOutcome(item) });
    },
  };
}

function readOutcome(item: JsonObject): ProviderOutcome {
  return { output: textAt(item, "output"), sources: readSources(item), error: readError(item) };
}

function readError(item: JsonObject): string | null {
  const error = item["error"];
  if (typeof error === "string" && error !== "") return error;
  if (isObject(error)) return textAt(error, "message") ?? writeJson(error);
  return item["status"] === "failed" ? "The provider says that it failed." : null;
}

/** Every page once: those a search found, and the one that was opened. */
function readSources(item: JsonObject): readonly Source[] {
  const action = objectAt(item, "action") ?? {};
  const found = [...(listAt(action, "sources") ?? []), action].map(readSource);
  const byUrl = new Map<string, Source>();
  for (const source of found) if (source !== null && !byUrl.has(source.url)) byUrl.set(source.url, source);
  return [...byUrl.values()];
}

function readSource(value: Json): Source | null {
  const url = isObject(value) ? textAt(value, "url") : null;
  return url === null || !isObject(value) ? null : { url, title: textAt(value, "title") };
}
