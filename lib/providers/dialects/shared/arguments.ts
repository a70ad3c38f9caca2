import { DEEPEST_JSON } from "@/lib/stream/turn/bounds";
import type { Json } from "@/lib/stream/turn/json";
import { isObject, parseJson, writeJson } from "@/lib/stream/turn/json-read";
import { writeWritten } from "@/lib/stream/turn/written-json";

/** The arguments of a piece as text: as they came, or as compact JSON with sorted keys where a server sends an object. */
export function readArguments(value: Json | undefined): string {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? "" : writeWritten(sortedJson(value));
}

/** The value with the keys of every object in order, so that equal values have equal text. */
export function sortedJson(value: Json): Json {
  return sortKeys(value, 0);
}

/** Deeper levels are cut: the arguments are too deep to be valid already, and writing them all could overflow the stack. */
function sortKeys(value: Json, depth: number): Json {
  if (typeof value !== "object" || value === null) return value;
  if (depth > DEEPEST_JSON) return null;
  if (!isObject(value))
    return Array.isArray(value) ? value.map((item: Json) => sortKeys(item, depth + 1)) : value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sortKeys(item, depth + 1)]));
}

/** The warning about arguments that came again and were left out. */
export const REPEATED = {
  code: "arguments-repeated",
  message: "The server sent the arguments of a call twice; the repetition was left out.",
} as const;

/** Whether `piece` says all of `soFar` again, which is complete already. Costs nothing for pieces that are shorter. */
export function repeatsAll(soFar: string, piece: string): boolean {
  if (soFar === "" || !piece.trimStart().startsWith("{") || !soFar.trimEnd().endsWith("}")) return false;
  return isSameJson(soFar, piece);
}

/** Whether two texts are the same JSON, white space and the order of keys apart. */
export function isSameJson(one: string, other: string): boolean {
  const [first, second] = [parseJson(one), parseJson(other)];
  if (first === undefined || second === undefined) return false;
  const written = writeJson(first);
  return written !== "" && readArguments(first) === readArguments(second);
}
