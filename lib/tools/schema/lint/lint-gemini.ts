import { isList, isObject } from "@/lib/stream/turn/json-read";
import { pointerTo } from "@/lib/tools/schema/json-pointer";

import { counter, judged, type Linted, type LintProblem, type ToolLint } from "./lint";
import {
  countLevels,
  countProperties,
  enumValues,
  error,
  referenceReader,
  type SchemaAt,
  schemasIn,
  unknownTypes,
  warning,
} from "./schema-facts";

const NAME = /^[A-Za-z_][\w.:-]{0,63}$/;
const PARAMETER = /^\w{1,64}$/;
/** What `parametersJsonSchema` is documented to enforce. */
const ENFORCED = new Set([
  "$schema",
  "$id",
  "$defs",
  "$ref",
  "$anchor",
  "type",
  "format",
  "title",
  "description",
  "enum",
  "items",
  "prefixItems",
  "minItems",
  "maxItems",
  "minimum",
  "maximum",
  "anyOf",
  "oneOf",
  "properties",
  "additionalProperties",
  "required",
  "propertyOrdering",
  // These bind nothing.
  "default",
  "examples",
  "$comment",
  "deprecated",
  "readOnly",
  "writeOnly",
]);

/** What Gemini rejects in a tool, and what of its schema it accepts without enforcing it. */
export function lintGemini({ name, parameters }: Linted): ToolLint {
  const schemas = schemasIn(parameters);
  const referenceOf = referenceReader(parameters);
  const problems = [
    ...(NAME.test(name)
      ? []
      : [
          error(
            "/name",
            "Gemini allows up to 64 letters, digits and _ . : - in a name, starting with a letter or _.",
          ),
        ]),
    ...schemas.flatMap((each) => [
      ...unknownTypes(each, "Gemini"),
      ...lintKeywords(each),
      ...lintNames(each),
      ...lintEnum(each),
      ...lintReference(each, referenceOf(each.schema)),
    ]),
  ];
  return judged("gemini", problems, [
    counter("properties", countProperties(schemas), null),
    counter("levels", countLevels(schemas), null),
  ]);
}

function lintKeywords({ at, schema }: SchemaAt): LintProblem[] {
  return Object.keys(schema)
    .filter((keyword) => !ENFORCED.has(keyword))
    .map((keyword) => warning(pointerTo(at, keyword), `Gemini does not enforce ${keyword}.`, ["describe"]));
}

function lintNames({ at, schema: { properties } }: SchemaAt): LintProblem[] {
  return Object.keys(isObject(properties) ? properties : {})
    .filter((name) => !PARAMETER.test(name))
    .map((name) =>
      warning(
        pointerTo(pointerTo(at, "properties"), name),
        "Gemini's names of parameters are at most 64 letters, digits and _.",
      ),
    );
}

function lintEnum(each: SchemaAt): LintProblem[] {
  const isPlain = enumValues(each).every((value) => typeof value === "string" || typeof value === "number");
  return isPlain
    ? []
    : [warning(pointerTo(each.at, "enum"), "Gemini enforces only texts and numbers in a list of values.")];
}

function lintReference(
  { at, schema }: SchemaAt,
  reference: ReturnType<ReturnType<typeof referenceReader>>,
): LintProblem[] {
  const pointer = pointerTo(at, "$ref");
  if (reference === "missing" || reference === "elsewhere")
    return [error(pointer, "A reference must lead into this schema.")];
  if (reference === "circle") return [error(pointer, "These references form a circle.")];
  const isWhole = schema["$ref"] === "#" || isList(schema["$ref"]);
  return isWhole
    ? [warning(pointer, "Gemini writes a schema that refers to itself out to a few levels only.")]
    : [];
}
