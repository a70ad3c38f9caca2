import { imageFromUrl } from "@/lib/providers/dialects/shared/answer-image";
import type { AnswerImage, Citation } from "@/lib/stream/turn/event";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { countAt, isObject, listAt, objectAt, textAt } from "@/lib/stream/turn/json-read";

type ContentPiece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "reasoning"; readonly text: string }
  | { readonly kind: "image"; readonly image: AnswerImage }
  /** A kind that Vitrine does not know, as received. */
  | { readonly kind: "other"; readonly name: string; readonly json: Json };

/** Content as Mistral sends it: a list of text and thinking. */
export function readContentList(list: readonly Json[]): readonly ContentPiece[] {
  return list.map((item): ContentPiece => {
    if (typeof item === "string") return { kind: "text", text: item };
    return isObject(item) ? readItem(item) : { kind: "other", name: "content", json: item };
  });
}

function readItem(item: JsonObject): ContentPiece {
  const type = textAt(item, "type");
  if (type === "thinking" || type === "reasoning")
    return { kind: "reasoning", text: joinText(item["thinking"] ?? item["reasoning"] ?? item["text"]) };
  const text = item["text"];
  if (typeof text === "string") return { kind: "text", text };
  const image = readChatImage(item);
  return image === null ? { kind: "other", name: type ?? "content", json: item } : { kind: "image", image };
}

/** A picture as a part of content or an item of `images`; null where the item is none. */
export function readChatImage(item: Json): AnswerImage | null {
  if (!isObject(item)) return null;
  const holder = item["image_url"] ?? item["url"];
  const url = isObject(holder) ? holder["url"] : holder;
  return typeof url === "string" && url !== "" ? imageFromUrl(url) : null;
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

/** An item of `annotations` as a source; null where it is another kind. */
export function readChatCitation(annotation: Json): Citation | null {
  if (!isObject(annotation)) return null;
  const source = objectAt(annotation, "url_citation") ?? annotation;
  const url = textAt(source, "url");
  if (url === null) return null;
  const [start, end] = [countAt(source, "start_index"), countAt(source, "end_index")];
  const isSpan = start !== null && end !== null && end > start;
  return {
    url,
    title: textAt(source, "title"),
    quote: textAt(source, "content"),
    start: isSpan ? start : null,
    end: isSpan ? end : null,
  };
}
