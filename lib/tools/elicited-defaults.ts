/** What a form for an MCP server's question begins with. Pure. */
import type { Json, JsonObject } from "@/lib/stream/turn/json";

/** The defaults of a flat schema, by field. A field without one is absent. */
export function elicitedDefaults(schema: JsonObject): JsonObject {
  const { properties } = schema;
  if (!isObject(properties)) return {};
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, field]) =>
      isObject(field) && field["default"] !== undefined ? [[name, field["default"]]] : [],
    ),
  );
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
