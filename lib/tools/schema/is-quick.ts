import type { Json, JsonObject } from "@/lib/stream/turn/json";

/** The largest schema and arguments whose check is known to be instant. */
const MOST_VALUES = 2_000;
const MOST_CHARACTERS = 20_000;

const PATTERNS = new Set(["pattern", "patternProperties"]);
/** Regular expressions, and keywords that can go round in circles or grow with the square of a list. */
const SLOW = new Set([
  ...PATTERNS,
  "format",
  "$ref",
  "$dynamicRef",
  "$recursiveRef",
  "uniqueItems",
  "unevaluatedProperties",
  "unevaluatedItems",
]);

/**
 * Whether checking that many characters of arguments against a schema is certain to be instant. A pattern that a person
 * pasted may take longer than the universe on 34 letters, so all others are checked where they hold nothing up. A
 * property that is named like such a keyword counts as one.
 */
export function isQuick(parameters: JsonObject, characters: number): boolean {
  return characters <= MOST_CHARACTERS && !holds(parameters, SLOW, MOST_VALUES);
}

/** Says whether a schema holds a regular expression. */
export function hasPattern(parameters: JsonObject): boolean {
  return holds(parameters, PATTERNS, Number.POSITIVE_INFINITY);
}

/** Says whether one of `keys` stands anywhere in a value, or the value holds more than `most` others. */
function holds(root: Json, keys: ReadonlySet<string>, most: number): boolean {
  const open: Json[] = [root];
  let count = 0;
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    count += 1;
    if (count > most) return true;
    if (typeof value !== "object" || value === null) continue;
    for (const [key, child] of Object.entries(value)) {
      if (keys.has(key)) return true;
      open.push(child);
    }
  }
  return false;
}
