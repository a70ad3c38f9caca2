import type { Json, JsonObject } from "@/lib/stream/json";
import { isObject, listAt, textAt } from "@/lib/stream/json-read";

export type ContentPiece = { readonly kind: "text" | "reasoning" | "other"; readonly text: string };

/** Content as Mistral sends it: a list of text and thinking. "other" is a kind we cannot show, named by `text`. */
export function readContentList(list: readonly Json[]): readonly ContentPiece[] {
  return list.map((item): ContentPiece => {
    if (typeof item === "string") return { kind: "text", text: item };
    return isObject(item) ? readItem(item) : { kind: "other", text: "unknown" };
  });
}

function readItem(item: JsonObject): ContentPiece {
  const type = textAt(item, "type");
  if (type === "thinking" || type === "reasoning")
    return { kind: "reasoning", text: joinText(item["thinking"] ?? item["reasoning"] ?? item["text"]) };
  const text = item["text"];
  if (typeof text === "string") return { kind: "text", text };
  return { kind: "other", text: type ?? "unknown" };
}

function joinText(value: Json | undefined): string {
  if (typeof value === "string") return value;
  const list = isObject(value) ? listAt(value, "content") : value;
  if (!Array.isArray(list)) return "";
  return list.map(textOf).join("");
}

function textOf(item: Json): string {
  if (typeof item === "string") return item;
  return isObject(item) ? (textAt(item, "text") ?? "") : "";
}
