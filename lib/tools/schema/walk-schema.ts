import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";

import { pointerTo } from "./json-pointer";

/** A schema inside a schema: where it is and how deep. `value` may be anything where the schema is broken. */
export type SchemaNode = { readonly path: string; readonly value: Json; readonly depth: number };

/** Keywords that hold one schema. */
export const SCHEMA_SINGLES: ReadonlySet<string> = new Set([
  "items",
  "additionalProperties",
  "unevaluatedProperties",
  "unevaluatedItems",
  "contains",
  "propertyNames",
  "not",
  "if",
  "then",
  "else",
]);
/** Keywords that hold a list of schemas. */
export const SCHEMA_LISTS: ReadonlySet<string> = new Set(["anyOf", "oneOf", "allOf", "prefixItems"]);
/** Keywords that hold schemas by name. */
export const SCHEMA_MAPS: ReadonlySet<string> = new Set([
  "properties",
  "patternProperties",
  "$defs",
  "definitions",
  "dependentSchemas",
]);

/** Deeper schemas than this are not walked. */
export const DEEPEST_SCHEMA = 64;

/** Every schema within a schema, itself first, parents before children. `path` is prefixed to each pointer. */
export function walkSchema(schema: Json, path: string): readonly SchemaNode[] {
  const nodes: SchemaNode[] = [{ path, value: schema, depth: 1 }];
  for (const node of nodes) {
    if (isObject(node.value) && node.depth < DEEPEST_SCHEMA) nodes.push(...children(node.value, node));
  }
  return nodes;
}

function children(schema: JsonObject, { path, depth }: SchemaNode): SchemaNode[] {
  const found: SchemaNode[] = [];
  const add = (at: string, value: Json) => found.push({ path: at, value, depth: depth + 1 });
  for (const keyword of SCHEMA_SINGLES) {
    const value = schema[keyword];
    if (value !== undefined) add(pointerTo(path, keyword), value);
  }
  for (const keyword of SCHEMA_LISTS) {
    const value = schema[keyword];
    if (Array.isArray(value))
      for (const [index, item] of value.entries()) add(pointerTo(pointerTo(path, keyword), index), item);
  }
  for (const keyword of SCHEMA_MAPS) {
    const value = schema[keyword];
    if (isObject(value))
      for (const [name, item] of Object.entries(value)) add(pointerTo(pointerTo(path, keyword), name), item);
  }
  return found;
}
