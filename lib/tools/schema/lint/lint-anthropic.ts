import { isList, isObject } from "@/lib/stream/turn/json-read";
import { pointerTo } from "@/lib/tools/schema/json-pointer";

import { STRICT_FORMATS, TOOL_NAME } from "./keyword-lists";
import { counter, judged, type LintCounter, type Linted, type LintProblem, type ToolLint } from "./lint";
import {
  booleansIn,
  error,
  isObjectSchema,
  optionalOf,
  referenceReader,
  type SchemaAt,
  schemasIn,
  sum,
  unknownTypes,
  warning,
} from "./schema-facts";

/** What is enforced, for each type and for all. */
const ENFORCED = new Set([
  "$schema",
  "$defs",
  "$ref",
  "type",
  "enum",
  "const",
  "anyOf",
  "oneOf",
  "allOf",
  "description",
  "title",
  "properties",
  "additionalProperties",
  "required",
  "items",
  "format",
  "minItems",
]);
/** What says something about a value and binds nothing: Anthropic's own code writes these into the description. */
const ANNOTATIONS = new Set([
  "default",
  "examples",
  "$comment",
  "deprecated",
  "readOnly",
  "writeOnly",
  "$id",
  "pattern",
]);

/** Most of each in all strict tools of a request together. */
export const ANTHROPIC_LIMITS = { optional: 24, unions: 16, tools: 20 } as const;

/** What Anthropic's strict mode refuses in a tool, and what its own code turns into a hint. */
export function lintAnthropic({ name, parameters }: Linted): ToolLint {
  const schemas = schemasIn(parameters);
  const referenceOf = referenceReader(parameters);
  const problems = [
    ...(TOOL_NAME.test(name)
      ? []
      : [error("/name", "Anthropic allows 1 to 64 letters, digits, _ and - in a name.")]),
    ...(parameters["type"] === "object"
      ? []
      : [error("/parameters", 'The arguments must say "type": "object".', ["object-root"])]),
    ...booleansIn(parameters).map((at) =>
      error(at, "Strict mode does not accept true or false as a schema."),
    ),
    ...schemas.flatMap((each) =>
      unknownTypes(each, "Anthropic").concat(
        lintKeywords(each),
        lintObject(each),
        lintValues(each),
        lintReference(each, referenceOf(each.schema), schemas),
      ),
    ),
  ];
  return judged("anthropic-strict", problems, anthropicCounters([parameters]));
}

/** What is counted over all strict tools of a request. */
export function anthropicCounters(all: readonly Linted["parameters"][]): readonly LintCounter[] {
  const schemas = all.flatMap(schemasIn);
  return [
    counter(
      "optional",
      sum(schemas, (each) => optionalOf(each).length),
      ANTHROPIC_LIMITS.optional,
    ),
    counter("unions", sum(schemas, isUnion), ANTHROPIC_LIMITS.unions),
  ];
}

function isUnion({ schema: { anyOf, oneOf, type } }: SchemaAt): number {
  return anyOf !== undefined || oneOf !== undefined || (isList(type) && type.length > 1) ? 1 : 0;
}

function lintKeywords({ at, schema }: SchemaAt): LintProblem[] {
  const { type, format, minItems } = schema;
  const found: LintProblem[] = [];
  for (const keyword of Object.keys(schema)) {
    const pointer = pointerTo(at, keyword);
    if (ANNOTATIONS.has(keyword))
      found.push(
        warning(
          pointer,
          `Anthropic does not enforce ${keyword}: its own code writes it into the description.`,
          ["describe"],
        ),
      );
    else if (!ENFORCED.has(keyword))
      found.push(error(pointer, `Anthropic's strict mode rejects ${keyword}.`, ["describe"]));
  }
  if (schema["oneOf"] !== undefined)
    found.push(
      error(pointerTo(at, "oneOf"), "Anthropic's strict mode accepts anyOf, not oneOf.", ["any-of"]),
    );
  if (typeof format === "string" && (type !== "string" || !STRICT_FORMATS.has(format)))
    found.push(
      error(pointerTo(at, "format"), `Anthropic's strict mode rejects the format ${format}.`, ["describe"]),
    );
  if (minItems !== undefined && minItems !== 0 && minItems !== 1)
    found.push(
      error(pointerTo(at, "minItems"), "Anthropic's strict mode accepts only 0 and 1 for minItems.", [
        "describe",
      ]),
    );
  return found;
}

function lintObject({ at, schema }: SchemaAt): LintProblem[] {
  if (!isObjectSchema(schema) || schema["additionalProperties"] === false) return [];
  return [
    isObject(schema["additionalProperties"])
      ? error(
          pointerTo(at, "additionalProperties"),
          "Anthropic's strict mode accepts no properties of any name: list them.",
        )
      : error(at, 'An object needs "additionalProperties": false.', ["close"]),
  ];
}

const KINDS = ["type", "anyOf", "oneOf", "allOf", "enum", "const", "$ref"];

function lintValues({ at, schema }: SchemaAt): LintProblem[] {
  const { enum: values, const: only } = schema;
  const complex = [...(isList(values) ? values : []), only].some(
    (value) => typeof value === "object" && value !== null,
  );
  return [
    ...(complex
      ? [
          error(
            at,
            "Anthropic's strict mode accepts only plain values in enum and const, no objects and lists.",
          ),
        ]
      : []),
    ...(KINDS.some((keyword) => keyword in schema)
      ? []
      : [error(at, "Anthropic's strict mode needs a type here.")]),
  ];
}

function lintReference(
  { at, schema }: SchemaAt,
  reference: ReturnType<ReturnType<typeof referenceReader>>,
  schemas: readonly SchemaAt[],
): LintProblem[] {
  const pointer = pointerTo(at, "$ref");
  const target = schema["$ref"];
  if (reference === "none") return [];
  if (reference === "missing") return [error(pointer, "This reference leads to nothing.")];
  if (reference === "elsewhere") return [error(pointer, "A reference must lead into this schema.")];
  const isRecursive = typeof target === "string" && leadsBack(target, schemas);
  if (reference === "circle" || isRecursive)
    return [error(pointer, "Anthropic's strict mode rejects schemas that refer to themselves.")];
  const beside = Object.keys(schema).filter((keyword) => keyword !== "$ref" && keyword !== "$defs");
  return beside.map((keyword) =>
    warning(pointerTo(at, keyword), `Beside a reference ${keyword} is dropped.`),
  );
}

/** Whether what a reference leads to has, at any depth, the same reference. */
function leadsBack(reference: string, schemas: readonly SchemaAt[]): boolean {
  const seen = new Set<string>();
  const waiting = [reference];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const root = `/parameters${next.slice(1)}`;
    for (const { at, schema } of schemas) {
      if (at !== root && !at.startsWith(`${root}/`)) continue;
      const inner = schema["$ref"];
      if (inner === reference) return true;
      if (typeof inner !== "string" || seen.has(inner)) continue;
      seen.add(inner);
      waiting.push(inner);
    }
  }
  return false;
}
