import type { ImagePart, Part, UnknownPart } from "@/lib/stream/turn/turn";

/** Takes one sentence about what was changed in or left out of a request. The same sentence twice counts once. */
export type Note = (text: string) => void;

/** Says which of these parts stay out of the history: pictures, and what Vitrine does not know. */
export function noteLeftOut(parts: readonly Part[], note: Note): void {
  for (const part of parts) if (part.type === "image" || part.type === "unknown") notePart(part, note);
}

function notePart(part: ImagePart | UnknownPart, note: Note): void {
  if (part.type === "image") note("An image made by a model is not sent back.");
  else note(`The part of type ${part.name.slice(0, 100)}, which Vitrine doesn't know, is not sent back.`);
}
