import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject, isList } from "@/lib/stream/turn/json-read";

const MAX_PARTS = 64;

/** Every schema that speaks about the value at a path: through local `$ref`s, combinators and conditions. Pure. */
export function schemasAt(root: JsonObject, path: readonly string[]): readonly JsonObject[] {
  let level = expand(root, root);
  for (const key of path) {
    const next = level.flatMap((schema) => below(schema, key).flatMap((part) => expand(root, part)));
    // Branches that meet again are one: otherwise a schema that refers to itself multiplies them at each level.
    level = [...new Set(next)].slice(0, MAX_PARTS);
  }
  return level;
}

/** The schema and all that it pulls in at the same place. A `$ref` that leads back to itself is followed once. */
function expand(root: JsonObject, schema: JsonObject): JsonObject[] {
  const found = new Set<JsonObject>();
  const waiting = [schema];
  for (let next = waiting.pop(); next !== undefined && found.size < MAX_PARTS; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    const target = typeof next["$ref"] === "string" ? resolve(root, next["$ref"]) : null;
    if (target !== null) waiting.push(target);
    for (const keyword of ["allOf", "anyOf", "oneOf"]) waiting.push(...objectsIn(next[keyword]));
    for (const keyword of ["then", "else"]) waiting.push(...objectsIn([next[keyword] ?? null]));
  }
  return [...found];
}

function below(schema: JsonObject, key: string): JsonObject[] {
  const properties = asObject(schema["properties"]);
  const named = properties !== null && Object.hasOwn(properties, key) ? asObject(properties[key]) : null;
  const prefix = schema["prefixItems"];
  const item = isList(prefix) ? asObject(prefix[Number(key)]) : null;
  if (named !== null) return [named];
  if (item !== null) return [item];
  return objectsIn([schema["additionalProperties"] ?? null, schema["items"] ?? null]).filter(
    (part) => part !== schema["items"] || /^\d+$/u.test(key),
  );
}

function resolve(root: JsonObject, ref: string): JsonObject | null {
  if (ref === "#") return root;
  if (!ref.startsWith("#/")) return null;
  let at: Json | undefined = root;
  for (const part of ref.slice(2).split("/")) {
    const holder: JsonObject | null = asObject(at);
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (holder === null || !Object.hasOwn(holder, key)) return null;
    at = holder[key];
  }
  return asObject(at);
}

function objectsIn(value: Json | undefined): JsonObject[] {
  if (!isList(value)) return [];
  return value.map(asObject).filter((part) => part !== null);
}
