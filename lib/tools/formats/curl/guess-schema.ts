import type { Json } from "@/lib/stream/turn/json";
import { isList, isObject } from "@/lib/stream/turn/json-read";

/** Deeper values may be anything. */
const DEEPEST = 12;
const MOST_ITEMS = 20;

/** The schema that one value suggests: its types, and that all that is there is needed. Pure. */
export function guessSchema(value: Json, depth = 1): Json {
  if (depth > DEEPEST) return {};
  if (isList(value)) return guessList(value, depth);
  if (isObject(value))
    return {
      type: "object",
      properties: Object.fromEntries(
        Object.entries(value).map(([name, child]) => [name, guessSchema(child, depth + 1)]),
      ),
      ...(Object.keys(value).length === 0 ? {} : { required: Object.keys(value) }),
    };
  if (typeof value === "number") return { type: Number.isInteger(value) ? "integer" : "number" };
  if (value === null) return {};
  return { type: typeof value };
}

/** One schema for the items where all suggest the same; none where they differ. */
function guessList(items: readonly Json[], depth: number): Json {
  const guesses = items.slice(0, MOST_ITEMS).map((item) => guessSchema(item, depth + 1));
  const [first] = guesses;
  const text = JSON.stringify(first);
  const isSame = first !== undefined && guesses.every((guess) => JSON.stringify(guess) === text);
  return isSame ? { type: "array", items: first } : { type: "array" };
}
