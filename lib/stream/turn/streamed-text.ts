import type { Part } from "./turn";

/** What a part is made of as it streams: a call's arguments, the text of the others; "" for what comes whole. */
export function streamedText(part: Part): string {
  if ("text" in part) return part.text;
  return "input" in part ? part.input : "";
}
