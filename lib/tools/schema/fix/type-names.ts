import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isList } from "@/lib/stream/turn/json-read";

const TYPES = new Set(["string", "number", "integer", "boolean", "object", "array", "null"]);
/** The types of languages and of other formats, in lower case. "any" has no type. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ["str", "string"],
  ["text", "string"],
  ["char", "string"],
  ["float", "number"],
  ["double", "number"],
  ["decimal", "number"],
  ["int", "integer"],
  ["int32", "integer"],
  ["int64", "integer"],
  ["long", "integer"],
  ["bool", "boolean"],
  ["dict", "object"],
  ["dictionary", "object"],
  ["map", "object"],
  ["record", "object"],
  ["struct", "object"],
  ["list", "array"],
  ["tuple", "array"],
  ["set", "array"],
  ["none", "null"],
  ["nil", "null"],
  ["undefined", "null"],
]);

/** The schema with its type as JSON Schema names it. A name that means nothing stays. Pure. */
export function typeNames(schema: JsonObject): JsonObject {
  const { type, ...rest } = schema;
  if (type === undefined) return schema;
  if (type === "any" || type === "Any" || type === "ANY") return rest;
  return { ...schema, type: isList(type) ? type.map(typeName) : typeName(type) };
}

function typeName(name: Json): Json {
  if (typeof name !== "string" || TYPES.has(name)) return name;
  const lower = name.toLowerCase();
  return TYPES.has(lower) ? lower : (OTHERS.get(lower) ?? name);
}
