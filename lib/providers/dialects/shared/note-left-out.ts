import type { ImagePart, Part, UnknownPart } from "@/lib/stream/turn/turn";

import type { Note } from "./note";

/** Says which of these parts stay out of the history: pictures, and what Vitrine does not know. */
export function noteLeftOut(parts: readonly Part[], note: Note): void {
  for (const part of parts) if (part.type === "image" || part.type === "unknown") notePart(part, note);
}

function notePart(part: ImagePart | UnknownPart, note: Note): void {
  if (part.type === "image") note("A picture that a model made is not sent back.");
  else note(`The part of type ${part.name.slice(0, 100)}, which Vitrine does not know, is not sent back.`);
}
