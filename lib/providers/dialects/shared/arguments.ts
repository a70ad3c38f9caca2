import { DEEPEST_JSON } from "@/lib/stream/turn/bounds";
import type { Json } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
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
