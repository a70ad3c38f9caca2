/** Quick fixes of a schema: each changes one kind of thing, everywhere in the schema. Pure. */
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isList, isObject } from "@/lib/stream/turn/json-read";
import { allowNull } from "@/lib/tools/schema/allow-null";
import { mapSchema } from "@/lib/tools/schema/map-schema";

import { describeKeywords } from "./describe-keywords";
import { typeNames } from "./type-names";

export type SchemaFixId =
  | "type-names"
  | "object-root"
  | "require"
  | "nullable"
  | "close"
  | "any-of"
  | "describe"
  | "strict";

export type SchemaFix = {
  /** A verb and its object. */
  readonly label: string;
  /** What it does, in a sentence. */
  readonly does: string;
  readonly apply: (schema: JsonObject) => JsonObject;
};

export const SCHEMA_FIXES: Readonly<Record<SchemaFixId, SchemaFix>> = {
  "type-names": {
    label: "Fix type names",
    does: "Writes the types of other languages as JSON Schema has them: float as number, dict as object.",
    apply: (schema) => everywhere(schema, typeNames),
  },
  "object-root": {
    label: "Make the arguments an object",
    does: 'Says "type": "object" at the top.',
    apply: (schema) => ({
      type: "object",
      ...(schema["properties"] === undefined ? { properties: {} } : {}),
      ...without(schema, "type"),
    }),
  },
  require: {
    label: "Add to required",
    does: "Makes every property required.",
    apply: (schema) => everywhere(schema, requireAll),
  },
  nullable: {
    label: "Make optional nullable",
    does: "Makes every optional property required, and lets it be null.",
    apply: (schema) => everywhere(schema, nullableOptional),
  },
  close: {
    label: "Close objects",
    does: 'Says "additionalProperties": false in every object that lists its properties.',
    apply: (schema) => everywhere(closeRoot(schema), closeObject),
  },
  "any-of": {
    label: "Write oneOf as anyOf",
    does: "Lets a value match one or more of the schemas, instead of exactly one.",
    apply: (schema) => everywhere(schema, oneOfAsAnyOf),
  },
  describe: {
    label: "Move to the description",
    does: "Writes what is not enforced into the descriptions, where a model reads it as a hint.",
    apply: (schema) => everywhere(schema, describeKeywords),
  },
  strict: {
    label: "Make strict",
    does: "All that OpenAI's strict mode wants: type names, closed objects, and optional properties that are nullable.",
    apply: (schema) => STRICT.reduce((made, id) => SCHEMA_FIXES[id].apply(made), schema),
  },
};

const STRICT = ["type-names", "object-root", "any-of", "nullable", "close"] as const;

/** The schema with a change made in itself and in every schema within, inner ones first. */
function everywhere(schema: JsonObject, change: (schema: JsonObject) => JsonObject, depth = 0): JsonObject {
  if (depth > DEEPEST) return schema;
  return change(
    mapSchema(schema, (child): Json => (isObject(child) ? everywhere(child, change, depth + 1) : child)),
  );
}

const DEEPEST = 64;

function without(schema: JsonObject, keyword: string): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== keyword));
}

function optionalNames({ properties, required }: JsonObject): readonly string[] {
  const listed = isList(required) ? required : [];
  return isObject(properties) ? Object.keys(properties).filter((name) => !listed.includes(name)) : [];
}

function requireAll(schema: JsonObject): JsonObject {
  const optional = optionalNames(schema);
  if (optional.length === 0) return schema;
  const { properties, required } = schema;
  const names = isObject(properties) ? Object.keys(properties) : [];
  const others = (isList(required) ? required : []).filter((name) => !names.some((other) => other === name));
  // In the order of the properties, which models write them in.
  return { ...schema, required: [...names, ...others] };
}

function nullableOptional(schema: JsonObject): JsonObject {
  const optional = new Set(optionalNames(schema));
  const { properties } = schema;
  if (optional.size === 0 || !isObject(properties)) return schema;
  const parts = Object.entries(properties).map(([name, part]): [string, Json] => [
    name,
    optional.has(name) && isObject(part) && !isNullable(part) ? allowNull(part) : part,
  ]);
  return requireAll({ ...schema, properties: Object.fromEntries(parts) });
}

function isNullable({ type, anyOf }: JsonObject): boolean {
  if (type === "null" || (isList(type) && type.includes("null"))) return true;
  return isList(anyOf) && anyOf.some((part) => isObject(part) && part["type"] === "null");
}

/** The arguments themselves are closed also where there are none. */
function closeRoot(schema: JsonObject): JsonObject {
  const isFree = schema["type"] === "object" && schema["properties"] === undefined;
  return isFree && !isObject(schema["additionalProperties"]) ? { ...schema, properties: {} } : schema;
}

/** An object that lists nothing, or has a schema for all names, would hold nothing any more. */
function closeObject(schema: JsonObject): JsonObject {
  if (!isObject(schema["properties"]) || isObject(schema["additionalProperties"])) return schema;
  return schema["additionalProperties"] === false ? schema : { ...schema, additionalProperties: false };
}

function oneOfAsAnyOf(schema: JsonObject): JsonObject {
  if (schema["oneOf"] === undefined || schema["anyOf"] !== undefined) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [keyword === "oneOf" ? "anyOf" : keyword, value]),
  );
}
