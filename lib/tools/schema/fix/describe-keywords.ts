import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isList } from "@/lib/stream/turn/json-read";
import { STRICT_FORMATS } from "@/lib/tools/schema/lint/keyword-lists";

/** What says something of a value that a hint can say as well. */
const HINTS = new Set([
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minLength",
  "maxLength",
  "pattern",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
  "default",
  "examples",
  "format",
]);

/** The schema with such keywords written into its description. What every strict mode enforces stays. Pure. */
export function describeKeywords(schema: JsonObject): JsonObject {
  const moved = Object.entries(schema).filter(
    ([keyword, value]) => HINTS.has(keyword) && !stays(schema, keyword, value),
  );
  if (moved.length === 0) return schema;
  const { description } = schema;
  const hints = moved.map(([keyword, value]) => `${keyword}: ${JSON.stringify(value)}`).join(", ");
  const rest = Object.entries(schema).filter(([keyword]) => !moved.some(([gone]) => gone === keyword));
  const text =
    typeof description === "string" && description !== "" ? `${description}\n\n{${hints}}` : `{${hints}}`;
  return { ...Object.fromEntries(rest), description: text };
}

function stays({ type }: JsonObject, keyword: string, value: Json): boolean {
  if (keyword === "minItems") return value === 0 || value === 1;
  if (keyword === "format")
    return type === "string" && typeof value === "string" && STRICT_FORMATS.has(value);
  // Of another type: a mistake that is not for this to hide.
  return isList(value) && keyword !== "examples" && keyword !== "default";
}
