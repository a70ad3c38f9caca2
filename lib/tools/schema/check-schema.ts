import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";

import { followChain, followReference } from "./follow-reference";
import { pointerTo } from "./json-pointer";
import { DEEPEST_SCHEMA, type SchemaNode, walkSchema } from "./walk-schema";

/** Something about a tool that a server or a model could not use. */
export type ToolProblem = {
  /** JSON pointer into the tool: "/name", "/parameters/properties/city/type". */
  readonly path: string;
  readonly message: string;
};

const TYPES = new Set(["string", "number", "integer", "boolean", "object", "array", "null"]);
const AMOUNTS = ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"] as const;
const NUMBERS = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"] as const;

/** Problems of the schema of a tool's arguments; `path` is where it stands. */
export function checkSchema(schema: JsonObject, path: string): readonly ToolProblem[] {
  const anchors = anchorsOf(schema);
  const root: ToolProblem[] = mayBeObject(schema, anchors)
    ? []
    : [{ path: pointerTo(path, "type"), message: 'Arguments must be an object: set the type to "object".' }];
  return [...root, ...walkSchema(schema, path).flatMap((node) => checkNode(node, schema, anchors))];
}

/** Whether an object may be valid, judging by the type, which a schema may omit or reference. */
function mayBeObject(schema: JsonObject, anchors: Anchors): boolean {
  const followed = followChain(schema, schema, anchors);
  if (followed.kind === "circle" || !isObject(followed.schema)) return true;
  const { type } = followed.schema;
  return type === undefined || type === "object" || (Array.isArray(type) && type.includes("object"));
}

function checkNode({ path, value, depth }: SchemaNode, root: JsonObject, anchors: Anchors): ToolProblem[] {
  if (typeof value === "boolean") return [];
  if (!isObject(value)) return [{ path, message: "A schema must be an object, true or false." }];
  if (depth === DEEPEST_SCHEMA)
    return [{ path, message: `Schemas can be at most ${String(DEEPEST_SCHEMA)} levels deep.` }];
  return [
    ...checkType(value, path),
    ...checkProperties(value, path),
    ...checkLists(value, path),
    ...checkAmounts(value, path),
    ...checkPattern(value, path),
    ...checkReference(value, path, root, anchors),
  ];
}

function checkType(schema: JsonObject, path: string): ToolProblem[] {
  const type = schema["type"];
  if (type === undefined) return [];
  const names = Array.isArray(type) ? type : [type];
  const known = names.length > 0 && names.every((name) => typeof name === "string" && TYPES.has(name));
  if (known) return [];
  return [
    {
      path: pointerTo(path, "type"),
      message: `${JSON.stringify(type)} is not a type. Types are ${[...TYPES].join(", ")}.`,
    },
  ];
}

function checkProperties(schema: JsonObject, path: string): ToolProblem[] {
  const { properties, required } = schema;
  const problems: ToolProblem[] = [];
  if (properties !== undefined && !isObject(properties))
    problems.push({
      path: pointerTo(path, "properties"),
      message: '"properties" must be an object with a schema per name.',
    });
  if (isObject(properties) && Object.hasOwn(properties, "__proto__"))
    problems.push({
      path: pointerTo(path, "properties"),
      message: 'A property cannot be named "__proto__".',
    });
  if (required === undefined) return problems;
  const at = pointerTo(path, "required");
  if (!Array.isArray(required) || !required.every((name) => typeof name === "string"))
    return [...problems, { path: at, message: '"required" must be a list of property names.' }];
  for (const [index, name] of required.entries()) {
    if (isObject(properties) && !Object.hasOwn(properties, name))
      problems.push({
        path: pointerTo(at, index),
        message: `${name} is required but not in "properties".`,
      });
  }
  return problems;
}

function checkLists(schema: JsonObject, path: string): ToolProblem[] {
  return ["enum", "anyOf", "oneOf", "allOf", "prefixItems"].flatMap((keyword) => {
    const value = schema[keyword];
    if (value === undefined || (Array.isArray(value) && value.length > 0)) return [];
    return [{ path: pointerTo(path, keyword), message: `"${keyword}" must be a list of at least one item.` }];
  });
}

function checkAmounts(schema: JsonObject, path: string): ToolProblem[] {
  const amounts = AMOUNTS.filter((keyword) => !isAmount(schema[keyword])).map((keyword) => ({
    path: pointerTo(path, keyword),
    message: `"${keyword}" must be a whole number, 0 or more.`,
  }));
  const numbers = NUMBERS.filter((keyword) => !isBound(keyword, schema[keyword])).map((keyword) => ({
    path: pointerTo(path, keyword),
    message: `"${keyword}" must be a number.`,
  }));
  return [...amounts, ...numbers];
}

function isAmount(value: Json | undefined): boolean {
  return value === undefined || (typeof value === "number" && Number.isInteger(value) && value >= 0);
}

/** In draft 4 of JSON Schema, true makes the bound beside it exclusive. */
function isBound(keyword: (typeof NUMBERS)[number], value: Json | undefined): boolean {
  if (typeof value === "boolean") return keyword.startsWith("exclusive");
  return value === undefined || typeof value === "number";
}

function checkPattern(schema: JsonObject, path: string): ToolProblem[] {
  const { pattern } = schema;
  if (pattern === undefined) return [];
  const at = pointerTo(path, "pattern");
  if (typeof pattern !== "string")
    return [{ path: at, message: '"pattern" must be a regular expression in a string.' }];
  try {
    RegExp(pattern, "u");
    return [];
  } catch (error) {
    return [{ path: at, message: error instanceof Error ? error.message : String(error) }];
  }
}

function checkReference(
  { $ref: reference }: JsonObject,
  path: string,
  root: JsonObject,
  anchors: Anchors,
): ToolProblem[] {
  if (reference === undefined) return [];
  const at = pointerTo(path, "$ref");
  if (typeof reference !== "string" || !reference.startsWith("#"))
    return [{ path: at, message: "A reference must point into this schema: #/$defs/…" }];
  const found = followReference(root, reference, anchors) !== undefined;
  return found ? [] : [{ path: at, message: `${reference} does not exist.` }];
}

type Anchors = ReadonlyMap<string, Json>;

/** The schemas that have a name of their own to refer to. */
export function anchorsOf(schema: JsonObject): Anchors {
  const named = walkSchema(schema, "").flatMap(({ value }): [string, Json][] => {
    const name = isObject(value) ? value["$anchor"] : undefined;
    return typeof name === "string" ? [[name, value]] : [];
  });
  return new Map(named);
}
