import type { JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";

import type { ToolProblem } from "./check-schema";
import { pointerTo } from "./json-pointer";
import { walkSchema } from "./walk-schema";

const REFUSED = [
  "allOf",
  "not",
  "if",
  "then",
  "else",
  "dependentRequired",
  "dependentSchemas",
  "patternProperties",
  "propertyNames",
  "minProperties",
  "maxProperties",
  "unevaluatedProperties",
  "unevaluatedItems",
  "uniqueItems",
  "contains",
  "minContains",
  "maxContains",
  "prefixItems",
];
const MOST_PROPERTIES = 5000;
const MOST_LEVELS = 10;
const MOST_ENUM_VALUES = 1000;

/** What OpenAI's strict mode would refuse in a tool's arguments. Paths are pointers into the tool. */
export function lintStrict(parameters: JsonObject): readonly ToolProblem[] {
  const schemas = walkSchema(parameters, "/parameters").flatMap(({ path, value }) =>
    isObject(value) ? [{ path, schema: value }] : [],
  );
  return [
    ...lintRoot(parameters),
    ...schemas.flatMap(({ path, schema }) => [...lintKeywords(schema, path), ...lintObject(schema, path)]),
    ...lintSizes(schemas.map(({ schema }) => schema)),
    ...lintDepth(parameters),
  ];
}

function lintRoot(parameters: JsonObject): ToolProblem[] {
  return parameters["anyOf"] === undefined
    ? []
    : [{ path: "/parameters/anyOf", message: "The arguments themselves can't be anyOf." }];
}

function lintKeywords(schema: JsonObject, path: string): ToolProblem[] {
  return REFUSED.filter((keyword) => schema[keyword] !== undefined).map((keyword) => ({
    path: pointerTo(path, keyword),
    message: `Strict mode does not support ${keyword}.`,
  }));
}

function lintObject(schema: JsonObject, path: string): ToolProblem[] {
  const { properties, required } = schema;
  if (!isObject(properties) && !hasType(schema, "object")) return [];
  const listed = Array.isArray(required) ? required : [];
  const optional = Object.keys(isObject(properties) ? properties : {}).filter(
    (name) => !listed.includes(name),
  );
  return [
    ...optional.map((name) => ({
      path: pointerTo(pointerTo(path, "properties"), name),
      message: `${name} must be in "required". To make it optional, allow null.`,
    })),
    ...(schema["additionalProperties"] === false
      ? []
      : [{ path, message: 'An object needs "additionalProperties": false.' }]),
  ];
}

function lintSizes(schemas: readonly JsonObject[]): ToolProblem[] {
  const properties = sum(schemas, (schema) => Object.keys(schema["properties"] ?? {}).length);
  const values = sum(schemas, ({ enum: list }) => (Array.isArray(list) ? list.length : 0));
  return [
    ...(properties > MOST_PROPERTIES
      ? [
          {
            path: "/parameters",
            message: `Strict mode allows at most ${String(MOST_PROPERTIES)} properties.`,
          },
        ]
      : []),
    ...(values > MOST_ENUM_VALUES
      ? [
          {
            path: "/parameters",
            message: `Strict mode allows at most ${String(MOST_ENUM_VALUES)} enum values.`,
          },
        ]
      : []),
  ];
}

function lintDepth(parameters: JsonObject): ToolProblem[] {
  const tooDeep = walkSchema(parameters, "/parameters").find(({ depth }) => depth > MOST_LEVELS);
  return tooDeep === undefined
    ? []
    : [{ path: tooDeep.path, message: `Strict mode allows at most ${String(MOST_LEVELS)} levels.` }];
}

function hasType({ type }: JsonObject, name: string): boolean {
  return type === name || (Array.isArray(type) && type.includes(name));
}

function sum<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((total, item) => total + count(item), 0);
}
