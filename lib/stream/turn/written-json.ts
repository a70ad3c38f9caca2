import type { Json, JsonObject } from "./json";
import { isObject, parseJson, writeJson } from "./json-read";

/** Marks a text that stands for a number. Nobody outside can guess it, so no text of theirs is taken for one. */
const MARK = `number ${Math.random().toString(36)} `;

const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;

/**
 * A JSON text's value in which a number that JavaScript would write otherwise (beyond 2^53, `1e400`, `1.50`) stands as
 * a text that only `numberAsWritten` knows. Undefined where the text is not JSON.
 */
export function readWritten(text: string): Json | undefined {
  return parseJson(
    text.replace(STRING_OR_NUMBER, (token) =>
      token.startsWith('"') || String(Number(token)) === token ? token : JSON.stringify(MARK + token),
    ),
  );
}

/** The number that a text of `readWritten` stands for, as it was written; null for a text that is one. */
export function numberAsWritten(text: string): string | null {
  return text.startsWith(MARK) ? text.slice(MARK.length) : null;
}

/** Numbers that may be written otherwise than JavaScript writes them. */
const ODD_NUMBER = /\d[.eE]|\d{16}/;

/**
 * A JSON text's value in which the numbers of some fields stand as `readWritten` gives them: for `writeWritten`, which
 * writes them as they came. `isWritten` picks the fields, and none is looked for where the text has no odd number.
 */
export function readWithWritten(
  text: string,
  isWritten: (owner: JsonObject, key: string) => boolean,
): Json | undefined {
  const value = parseJson(text);
  if (value === undefined || !ODD_NUMBER.test(text)) return value;
  return graft(value, readWritten(text), isWritten, 0);
}

/** Fields that hold arguments do not lie deeper. */
const DEEPEST_FIELD = 12;

function graft(
  value: Json,
  written: Json | undefined,
  isWritten: (owner: JsonObject, key: string) => boolean,
  depth: number,
): Json {
  if (depth > DEEPEST_FIELD) return value;
  if (Array.isArray(value) && Array.isArray(written)) {
    const items: readonly Json[] = written;
    return value.map((item: Json, at) => graft(item, items[at], isWritten, depth + 1));
  }
  if (!isObject(value) || !isObject(written)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const other = written[key];
      const taken = isWritten(value, key) && other !== undefined;
      return [key, taken ? other : graft(item, other, isWritten, depth + 1)];
    }),
  );
}

const MARKED = new RegExp(`"${MARK}([^"]*)"`, "g");

/** Compact JSON text, with the numbers of `readWithWritten` as they came. */
export function writeWritten(value: Json): string {
  const text = writeJson(value);
  return text.includes(MARK) ? text.replaceAll(MARKED, "$1") : text;
}

/** The numbers of a JSON text that JavaScript cannot hold: what it would send on in their place is another number. */
export function inexactNumbers(text: string): readonly string[] {
  const numbers = (text.match(STRING_OR_NUMBER) ?? []).filter((token) => !token.startsWith('"'));
  return numbers.filter((token) => !isExact(token));
}

function isExact(token: string): boolean {
  const value = Number(token);
  return Number.isFinite(value) && digitsOf(String(value)) === digitsOf(token);
}

/** What makes a number's value but its magnitude: its digits without the zeros around them. */
function digitsOf(token: string): string {
  return token
    .replace(/[eE].*$/, "")
    .replace(/[-.]/g, "")
    .replace(/^0+|0+$/g, "");
}
