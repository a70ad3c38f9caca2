import type { Citation } from "@/lib/stream/turn/event";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { amountAt, isObject, textAt } from "@/lib/stream/turn/json-read";

const ASTRAL = /[\u{10000}-\u{10FFFF}]/u;

/** A source named in an annotation, with its place in `text`; null for an annotation that names none. */
export function readResponsesCitation(annotation: Json, text: string): Citation | null {
  if (!isObject(annotation)) return null;
  const url = textAt(annotation, "url");
  const title = textAt(annotation, "title") ?? textAt(annotation, "filename");
  if (url === null && title === null) return null;
  return { url, title, quote: null, ...readPlace(annotation, text) };
}

function readPlace(annotation: JsonObject, text: string): Pick<Citation, "start" | "end"> {
  const start = amountAt(annotation, "start_index");
  const end = amountAt(annotation, "end_index");
  const isPlace = start !== null && end !== null && start <= end && end <= text.length;
  // Nowhere is it said what the indices count: after an emoji they could mean two places, so they mean none.
  return isPlace && !ASTRAL.test(text.slice(0, end)) ? { start, end } : { start: null, end: null };
}
