import type { Citation } from "@/lib/stream/turn/event";
import type { Json } from "@/lib/stream/turn/json";
import { amountAt, isObject, objectAt, textAt } from "@/lib/stream/turn/json-read";

/** An item of `annotations` as a source; null where it is another kind. */
export function readChatCitation(annotation: Json): Citation | null {
  if (!isObject(annotation)) return null;
  const source = objectAt(annotation, "url_citation") ?? annotation;
  const url = textAt(source, "url");
  if (url === null) return null;
  const [start, end] = [amountAt(source, "start_index"), amountAt(source, "end_index")];
  const isSpan = start !== null && end !== null && end > start;
  return {
    url,
    title: textAt(source, "title"),
    quote: textAt(source, "content"),
    start: isSpan ? start : null,
    end: isSpan ? end : null,
  };
}
