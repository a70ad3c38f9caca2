import type { Json } from "@/lib/stream/turn/json";
/** A tape as the text of its file. Pure. */
import { isList, isObject } from "@/lib/stream/turn/json-read";

import { linesOf } from "./lines-of";
import type { Tape } from "./tape";

/** Lines that left the redactor already, or that nothing may be changed in. */
const AS_RECEIVED: ReadonlySet<string> = new Set(["bytes", "frame", "head", "image", "overwritten"]);

/**
 * The lines of a tape's file, each with its end. `clean` is given every text that did not come from a server, such as
 * prompts and request bodies, and returns it without the keys that the host knows.
 */
export function* tapeLines(tape: Tape, clean?: (text: string) => string): Generator<string, void, undefined> {
  const { head, lines } = linesOf(tape);
  const cleaned = (value: unknown) =>
    clean === undefined ? write(value) : write(withTexts(JSON.parse(JSON.stringify(value)), clean));
  yield cleaned(head);
  for (const line of lines) yield AS_RECEIVED.has(line[2]) ? write(line) : cleaned(line);
}

/** The whole file as one text. A tape that may be larger than a text can be is written with `tapeLines`. */
export function writeTape(tape: Tape, clean?: (text: string) => string): string {
  return [...tapeLines(tape, clean)].join("");
}

function write(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

/** The value with every text in it changed. Names of fields stay. */
function withTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === "string") return change(value);
  if (isList(value)) return value.map((each) => withTexts(each, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withTexts(each, change)]));
}
