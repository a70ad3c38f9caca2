import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import { allowNull } from "@/lib/tools/schema/allow-null";
import { mapSchema } from "@/lib/tools/schema/map-schema";

const TYPES = new Map(
  ["STRING", "NUMBER", "INTEGER", "BOOLEAN", "OBJECT", "ARRAY", "NULL"].map((type) => [
    type,
    type.toLowerCase(),
  ]),
);
/** Amounts that the API's own JSON writes as text, since they are 64 bits wide there. */
const AMOUNTS = new Set(["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"]);

/** The JSON Schema of a schema as Gemini's `parameters` has it: types in capitals, `nullable`, amounts as text. Pure. */
export function fromGeminiSchema(schema: Json): Json {
  if (!isObject(schema)) return schema;
  const { nullable, propertyOrdering: _order, ...rest } = schema;
  const fields = Object.entries(rest).flatMap(([keyword, value]): [string, Json][] => {
    if (keyword === "type") {
      // TYPE_UNSPECIFIED is the API's word for any type.
      return value === "TYPE_UNSPECIFIED" ? [] : [[keyword, typeOf(value)]];
    }
    // The API marks a list of values by a format that nothing else knows.
    if (keyword === "format" && value === "enum") return [];
    return [[keyword, AMOUNTS.has(keyword) ? amount(value) : value]];
  });
  const plain = mapSchema(Object.fromEntries(fields), fromGeminiSchema);
  return nullable === true ? allowNull(plain) : plain;
}

/** Whether a schema is written as Gemini's `parameters` has it. */
export function isGeminiSchema(schema: JsonObject): boolean {
  const { type } = schema;
  return typeof type === "string" && (TYPES.has(type) || type === "TYPE_UNSPECIFIED");
}

function typeOf(value: Json): Json {
  if (Array.isArray(value)) return value.map(typeOf);
  return typeof value === "string" ? (TYPES.get(value) ?? value) : value;
}

function amount(value: Json): Json {
  return typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
}
