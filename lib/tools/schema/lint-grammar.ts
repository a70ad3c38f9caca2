import type { JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";

import type { ToolProblem } from "./check-schema";
import { pointerTo } from "./json-pointer";
import { walkSchema } from "./walk-schema";

const SKIPPED = [
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
];
const BOUNDS = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
const REPETITIONS = ["minLength", "maxLength", "minItems", "maxItems"];
const FORMATS = new Set(["date", "time", "date-time", "uuid"]);
/** A grammar spells every repetition out. */
const MANY = 1000;

/** What llama.cpp's grammar of a tool's arguments would not enforce or could not express. */
export function lintGrammar(parameters: JsonObject): readonly ToolProblem[] {
  return walkSchema(parameters, "/parameters").flatMap(({ path, value }) =>
    isObject(value) ? lintSchema(value, path) : [],
  );
}

function lintSchema(schema: JsonObject, path: string): ToolProblem[] {
  const at = (keyword: string, message: string): ToolProblem => ({ path: pointerTo(path, keyword), message });
  const present = (keyword: string) => schema[keyword] !== undefined;
  return [
    ...SKIPPED.filter(present).map((keyword) => at(keyword, `llama.cpp does not enforce ${keyword}.`)),
    ...(present("prefixItems")
      ? [at("prefixItems", "llama.cpp does not handle prefixItems correctly.")]
      : []),
    ...lintBounds(schema, at),
    ...lintString(schema, at),
    ...lintRepetitions(schema, at),
    ...lintMixed(schema, at),
    ...lintReference(schema, path, at),
  ];
}

type At = (keyword: string, message: string) => ToolProblem;

function lintBounds(schema: JsonObject, at: At): ToolProblem[] {
  if (schema["type"] === "integer") return [];
  return BOUNDS.filter((keyword) => schema[keyword] !== undefined).map((keyword) =>
    at(keyword, `llama.cpp enforces ${keyword} only for integers.`),
  );
}

function lintString({ pattern, format }: JsonObject, at: At): ToolProblem[] {
  const open = typeof pattern === "string" && !(pattern.startsWith("^") && pattern.endsWith("$"));
  const unknown = typeof format === "string" && !FORMATS.has(format);
  return [
    ...(open
      ? [at("pattern", "llama.cpp enforces a pattern only when it starts with ^ and ends with $.")]
      : []),
    ...(unknown ? [at("format", `llama.cpp does not enforce the format ${format}.`)] : []),
  ];
}

function lintRepetitions(schema: JsonObject, at: At): ToolProblem[] {
  return REPETITIONS.filter((keyword) => Number(schema[keyword] ?? 0) > MANY).map((keyword) =>
    at(keyword, `${keyword} above ${String(MANY)} makes the grammar slow or invalid.`),
  );
}

function lintMixed(schema: JsonObject, at: At): ToolProblem[] {
  const union = ["anyOf", "oneOf"].find((keyword) => schema[keyword] !== undefined);
  if (union === undefined || schema["properties"] === undefined) return [];
  return [at(union, `llama.cpp uses either properties or ${union} in a schema, not both.`)];
}

function lintReference(schema: JsonObject, path: string, at: At): ToolProblem[] {
  const reference = schema["$ref"];
  if (typeof reference !== "string") return [];
  if (!reference.startsWith("#/"))
    return [at("$ref", "llama.cpp accepts only references that start with #/.")];
  const nested = /\/(?:\$defs|definitions)\//.test(path);
  return nested ? [at("$ref", "llama.cpp may lose a reference inside a referenced schema.")] : [];
}
