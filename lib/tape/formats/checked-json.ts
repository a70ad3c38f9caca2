/** JSON from outside, refused before other code sees what it could do harm with. */
import type { Json } from "@/lib/stream/turn/json";
import { findJsonProblem } from "@/lib/stream/turn/json-depth";

export type CheckedJson =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly reason: string };

/** Characters of a file that is read: a browser session's HAR file may be large. */
export const MOST_JSON_CHARS = 200_000_000;

/** Levels of a file: no format here has more than ten, and what a message holds may be deep. */
const DEEPEST = 160;

/** The value of a JSON text. `what` names the text in the reason: "The file", "Line 3". Never throws. */
export function checkedJson(text: string, what: string): CheckedJson {
  if (text.length > MOST_JSON_CHARS)
    return { ok: false, reason: `${what} is longer than ${megabytes(MOST_JSON_CHARS)} MB.` };
  const json = text.startsWith("\uFEFF") ? text.slice(1) : text;
  let value: Json;
  try {
    value = JSON.parse(json);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: `${what} is not JSON: ${detail.slice(0, 160)}.` };
  }
  const problem = findJsonProblem(value, DEEPEST);
  return problem === null ? { ok: true, value } : { ok: false, reason: `${what} is refused: ${problem}.` };
}

function megabytes(characters: number): string {
  return String(Math.round(characters / 1e6));
}
