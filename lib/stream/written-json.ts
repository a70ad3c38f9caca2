import type { Json } from "./json";
import { parseJson } from "./json-read";

/** Marks a text that stands for a number. Nobody outside can guess it, so no text of theirs is taken for one. */
const MARK = `number ${Math.random().toString(36)} `;

const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;

/**
 * A JSON text's value in which a number that JavaScript would write otherwise (beyond 2^53, `1e400`, `1.50`) stands as
 * a text that only `numberAsWritten` knows. Undefined where the text is no JSON.
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
