import type { Json } from "./json";
import { isObject } from "./json-read";

const STRINGS_AND_NUMBERS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gsu;

/**
 * One text for all JSON that says the same: keys sorted, no white space, numbers of the same value written alike. Numbers
 * that a double cannot hold stay as written, so two that differ never become one. Text that is not JSON comes back trimmed.
 */
export function canonicalJson(text: string): string {
  try {
    const value: Json = JSON.parse(text.replaceAll(STRINGS_AND_NUMBERS, keepNumber));
    return JSON.stringify(ordered(value));
  } catch {
    // Not JSON, so only the same text says the same.
    return text.trim();
  }
}

/** Strings get a mark, so that a number kept as a string is never taken for one. */
function keepNumber(token: string): string {
  if (token.startsWith('"')) return `"s${token.slice(1)}`;
  const digits = token
    .replace(/[eE].*$/u, "")
    .replaceAll(/^-|\./gu, "")
    .replace(/^0+/u, "")
    .replace(/0+$/u, "");
  // Every decimal of up to 15 digits has a double of its own, unless it is too large or too small for one.
  const value = Number(token);
  const isExact = Number.isFinite(value) && digits.length <= 15 && (value !== 0 || digits === "");
  return `"n${isExact ? String(value + 0) : token}"`;
}

function ordered(value: Json): Json {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  // As pairs: an object would put keys that look like numbers first again, and the mark distinguishes it from a list.
  return { object: entries.map(([key, child]) => [key, ordered(child)]) };
}
