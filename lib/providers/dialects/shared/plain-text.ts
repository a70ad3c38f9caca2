import type { Step } from "@/lib/stream/turn/turn";

import { cleanText } from "./clean-text";
import type { Note } from "./note";

/** A step's visible text, as its model may have it back. */
export function plainText(step: Step, model: string, note: Note): string {
  const text = step.parts.map((part) => (part.type === "text" ? part.text : "")).join("");
  return cleanText(text, model, note);
}
