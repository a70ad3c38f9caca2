import type { ProviderOutcome, Source } from "@/lib/stream/turn/event";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, textAt, writeJson } from "@/lib/stream/turn/json-read";

/** What came of a call that the provider ran, from its `…_tool_result` block. */
export function readOutcome(result: JsonObject): ProviderOutcome {
  const items = itemsOf(result["content"]);
  const output = items
    .map(readOutput)
    .filter((text) => text !== "")
    .join("\n");
  return {
    output: output === "" ? null : output,
    sources: items.flatMap(readSource),
    error:
      items.map(readError).find((error) => error !== null) ?? (result["is_error"] === true ? output : null),
  };
}

/** Searches give a list, other tools one object, and some plain text. */
function itemsOf(content: Json | undefined): readonly JsonObject[] {
  if (typeof content === "string") return [{ type: "text", text: content }];
  if (Array.isArray(content)) return content.filter((item) => isObject(item));
  return isObject(content) ? [content] : [];
}

function readSource(item: JsonObject): readonly Source[] {
  const url = textAt(item, "url");
  const document = item["content"];
  const title = textAt(item, "title") ?? (isObject(document) ? textAt(document, "title") : null);
  return url === null ? [] : [{ url, title }];
}

function readOutput(item: JsonObject): string {
  if (item["type"] === "text") return textAt(item, "text") ?? "";
  const streams = [textAt(item, "stdout"), textAt(item, "stderr")].filter((text) => text !== null);
  // A source or an error is shown as one.
  const isShown = item["stdout"] !== undefined || textAt(item, "url") !== null || readError(item) !== null;
  return isShown || streams.length > 0 ? streams.join("\n") : writeJson(item);
}

function readError(item: JsonObject): string | null {
  return textAt(item, "error_code") ?? textAt(item, "error_message");
}
