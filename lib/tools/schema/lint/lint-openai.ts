import type { JsonObject } from "@/lib/stream/turn/json";
import { isList, isObject } from "@/lib/stream/turn/json-read";
import { pointerTo } from "@/lib/tools/schema/json-pointer";

import { COMPARING_KEYWORDS, TOOL_NAME } from "./keyword-lists";
import { counter, judged, type LintCounter, type Linted, type LintProblem, type ToolLint } from "./lint";
import {
  booleansIn,
  countLevels,
  countProperties,
  enumValues,
  error,
  isObjectSchema,
  keywordsOf,
  optionalOf,
  referenceReader,
  type SchemaAt,
  schemasIn,
  sum,
  unknownTypes,
} from "./schema-facts";

const REFUSED = new Set<string>([
  ...COMPARING_KEYWORDS,
  "allOf",
  "dependencies",
  "minContains",
  "maxContains",
  "prefixItems",
  "additionalItems",
  "contentEncoding",
  "contentMediaType",
  "contentSchema",
  "$anchor",
  "$dynamicAnchor",
  "$dynamicRef",
  "$recursiveAnchor",
  "$recursiveRef",
]);
/** What may stand beside a reference. */
const ANNOTATIONS = new Set([
  "$ref",
  "$comment",
  "$defs",
  "definitions",
  "default",
  "description",
  "examples",
  "readOnly",
  "title",
  "writeOnly",
]);
const MANY_STRINGS = 250;

/** What OpenAI's strict mode refuses in a tool. All that it accepts it enforces. */
export function lintOpenAi({ name, parameters }: Linted): ToolLint {
  const schemas = schemasIn(parameters);
  const referenceOf = referenceReader(parameters);
  const problems = [
    ...(TOOL_NAME.test(name)
      ? []
      : [error("/name", "OpenAI allows 1 to 64 letters, digits, _ and - in a name.")]),
    ...lintRoot(parameters),
    ...booleansIn(parameters).map((at) =>
      error(at, "Strict mode does not accept true or false as a schema."),
    ),
    ...schemas.flatMap((each) => [
      ...unknownTypes(each, "OpenAI"),
      ...keywordsOf(each, REFUSED).map(({ keyword, pointer }) =>
        error(pointer, `Strict mode does not support ${keyword}.`),
      ),
      ...lintUnion(each),
      ...lintObject(each),
      ...lintArray(each),
      ...lintReference(each, referenceOf(each.schema)),
    ]),
  ];
  return judged("openai-strict", problems, counters(schemas));
}

function lintRoot(parameters: JsonObject): LintProblem[] {
  const at = "/parameters";
  return [
    ...(parameters["type"] === "object"
      ? []
      : [
          error(
            at,
            'The arguments must say "type": "object".',
            isObjectSchema(parameters) || parameters["type"] === undefined ? ["object-root"] : [],
          ),
        ]),
    ...["anyOf", "oneOf"]
      .filter((keyword) => keyword in parameters)
      .map((keyword) => error(pointerTo(at, keyword), `The arguments themselves can't be ${keyword}.`)),
  ];
}

function lintUnion({ at, schema }: SchemaAt): LintProblem[] {
  if (schema["oneOf"] === undefined || at === "/parameters") return [];
  return [error(pointerTo(at, "oneOf"), "Strict mode accepts anyOf, not oneOf.", ["any-of"])];
}

function lintObject(each: SchemaAt): LintProblem[] {
  const { at, schema } = each;
  if (!isObjectSchema(schema)) return [];
  const { additionalProperties, properties, required } = schema;
  const names = isObject(properties) ? properties : {};
  const undeclared = (isList(required) ? required : []).flatMap((name, index) =>
    typeof name === "string" && !Object.hasOwn(names, name)
      ? [error(pointerTo(pointerTo(at, "required"), index), `${name} is required but not in "properties".`)]
      : [],
  );
  const optional = optionalOf(each).map(({ name, pointer }) =>
    error(pointer, `${name} must be in "required". To make it optional, allow null.`, [
      "nullable",
      "require",
    ]),
  );
  if (additionalProperties === false) return [...undeclared, ...optional];
  return [
    ...undeclared,
    ...optional,
    isObject(additionalProperties)
      ? error(
          pointerTo(at, "additionalProperties"),
          "Strict mode accepts no properties of any name: list them, or use an array of names and values.",
        )
      : error(at, 'An object needs "additionalProperties": false.', ["close"]),
  ];
}

function lintArray({ at, schema }: SchemaAt): LintProblem[] {
  const { type, items } = schema;
  if (isList(items))
    return [
      error(pointerTo(at, "items"), "Strict mode accepts one schema for all items, not a list of them."),
    ];
  const isArray = type === "array" || (isList(type) && type.includes("array"));
  return isArray && items === undefined ? [error(at, 'An array needs "items".')] : [];
}

function lintReference(
  { at, schema }: SchemaAt,
  reference: ReturnType<ReturnType<typeof referenceReader>>,
): LintProblem[] {
  const pointer = pointerTo(at, "$ref");
  switch (reference) {
    case "none":
      return [];
    case "found": {
      const beside = Object.keys(schema).find((keyword) => !ANNOTATIONS.has(keyword));
      if (at === "/parameters" || beside === undefined) return [];
      return [error(pointerTo(at, beside), `Beside a reference ${beside} is not supported.`)];
    }
    case "missing":
      return [error(pointer, "This reference leads to nothing.")];
    case "elsewhere":
      return [error(pointer, "A reference must lead into this schema.")];
    case "circle":
      return [error(pointer, "These references form a circle.")];
  }
}

function counters(schemas: readonly SchemaAt[]): LintCounter[] {
  const values = schemas.flatMap((each) => [...enumValues(each), ...constOf(each)]);
  const characters =
    sum(values, lengthOf) +
    sum(schemas, ({ schema }) =>
      sum(["properties", "$defs", "definitions"], (keyword) => {
        const named = schema[keyword];
        return isObject(named) ? sum(Object.keys(named), (name) => name.length) : 0;
      }),
    );
  const long = schemas
    .map(enumValues)
    .filter((list) => list.length > MANY_STRINGS)
    .map((list) => sum(list, lengthOf));
  return [
    counter("properties", countProperties(schemas), 5_000),
    counter("levels", countLevels(schemas), 10),
    counter(
      "enum values",
      sum(schemas, (each) => enumValues(each).length),
      1_000,
    ),
    counter("characters of names and values", characters, 120_000),
    ...(long.length === 0 ? [] : [counter("characters of a long enum", Math.max(...long), 15_000)]),
  ];
}

function constOf({ schema }: SchemaAt) {
  return schema["const"] === undefined ? [] : [schema["const"]];
}

function lengthOf(value: unknown): number {
  return typeof value === "string" ? value.length : 0;
}
