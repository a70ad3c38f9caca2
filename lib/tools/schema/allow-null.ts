import type { Json, JsonObject } from "@/lib/stream/turn/json";

/** The schema of the same values and null. Pure. */
export function allowNull(schema: JsonObject): JsonObject {
  const { type, enum: values, const: only, description, ...rest } = schema;
  if (only !== undefined || type === undefined) {
    if (values !== undefined && only === undefined) return { ...schema, enum: withNull(values) };
    const { description: _said, ...value } = schema;
    const said = description === undefined ? {} : { description };
    return Object.keys(value).length === 0 ? schema : { ...said, anyOf: [value, { type: "null" }] };
  }
  return {
    type: Array.isArray(type) ? withNull(type, "null") : type === "null" ? type : [type, "null"],
    ...(values === undefined ? {} : { enum: withNull(values) }),
    ...(description === undefined ? {} : { description }),
    ...rest,
  };
}

function withNull(list: Json, entry: Json = null): Json {
  if (!Array.isArray(list)) return list;
  return list.includes(entry) ? list : [...list, entry];
}
