import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import { pointerTo } from "@/lib/tools/schema/json-pointer";

import { COMPARING_KEYWORDS } from "./keyword-lists";
import { counter, judged, type Linted, type LintProblem, type ToolLint } from "./lint";
import {
  booleansIn,
  error,
  isObjectSchema,
  keywordsOf,
  optionalOf,
  referenceReader,
  type SchemaAt,
  schemasIn,
  sum,
  unknownTypes,
  warning,
} from "./schema-facts";

const SKIPPED = new Set<string>([...COMPARING_KEYWORDS, "multipleOf"]);
const BOUNDS = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
const FORMATS = new Set(["date", "time", "date-time", "uuid"]);
/** The most repetitions that a grammar spells out, of a character and of the items of a list. */
const MOST_CHARACTERS = 1_999;
const MOST_ITEMS = 1_997;
const LIMIT = 2_000;
/** From here on newer builds drop an upper bound; just below it they fail. */
const DROPPED_ITEMS = 2_002;
/** A model's calls came out mangled with this many optional parameters. */
const MANY_OPTIONAL = 48;

/** What llama.cpp's grammar of a tool's arguments rejects, and what it does not enforce. */
export function lintGrammar({ parameters }: Linted): ToolLint {
  const schemas = schemasIn(parameters);
  const referenceOf = referenceReader(parameters);
  const booleans = booleansIn(parameters).map((at) =>
    error(at, "llama.cpp does not accept true or false as a schema."),
  );
  const found = schemas.flatMap((each) => [
    ...unknownTypes(each, "llama.cpp"),
    ...keywordsOf(each, SKIPPED).map(({ keyword, pointer }) =>
      warning(pointer, `llama.cpp does not enforce ${keyword}.`),
    ),
    ...lintTuple(each),
    ...lintBounds(each),
    ...lintString(each),
    ...lintRepetitions(each),
    ...lintMixed(each),
    ...lintReference(each, referenceOf(each.schema)),
  ]);
  const problems = [...booleans, ...found];
  const optional = sum(schemas, (each) => optionalOf(each).length);
  return judged(
    "llama-grammar",
    optional < MANY_OPTIONAL
      ? problems
      : [
          ...problems,
          warning(
            "/parameters",
            `${String(optional)} optional properties: models have mangled calls with ${String(MANY_OPTIONAL)}.`,
          ),
        ],
    [
      {
        ...counter("repetitions", Math.max(0, ...schemas.map(({ schema }) => repetitionsOf(schema))), LIMIT),
        isOver: false,
      },
      counter("optional", optional, null),
    ],
  );
}

function lintTuple({ at, schema }: SchemaAt): LintProblem[] {
  return schema["prefixItems"] === undefined
    ? []
    : [warning(pointerTo(at, "prefixItems"), "llama.cpp does not handle prefixItems correctly.")];
}

function lintBounds({ at, schema }: SchemaAt): LintProblem[] {
  if (schema["type"] === "integer")
    return BOUNDS.filter((keyword) => typeof schema[keyword] === "boolean").map((keyword) =>
      error(pointerTo(at, keyword), `llama.cpp needs a number for ${keyword}.`),
    );
  return BOUNDS.filter((keyword) => schema[keyword] !== undefined).map((keyword) =>
    warning(pointerTo(at, keyword), `llama.cpp enforces ${keyword} only for integers.`),
  );
}

function lintString({ at, schema: { pattern, format } }: SchemaAt): LintProblem[] {
  const unknown = typeof format === "string" && !FORMATS.has(format);
  return [
    ...(typeof pattern === "string" ? lintPattern(pattern, pointerTo(at, "pattern")) : []),
    ...(unknown
      ? [warning(pointerTo(at, "format"), `llama.cpp does not enforce the format ${format}.`)]
      : []),
  ];
}

function lintPattern(pattern: string, at: string): LintProblem[] {
  if (!pattern.startsWith("^") || !pattern.endsWith("$"))
    return [warning(at, "llama.cpp enforces a pattern only when it starts with ^ and ends with $.")];
  if (isReversed(pattern))
    return [error(at, "A repetition in this pattern ends before it begins: it stops llama.cpp.")];
  if (!isRegular(pattern)) return [error(at, "llama.cpp can't read this pattern.")];
  return /\(\?[^:]|\\[bBpPkK]|[+*?}][?+]/.test(pattern)
    ? [
        warning(
          at,
          "llama.cpp may not read this pattern: it knows no look-around, word boundary or named group.",
        ),
      ]
    : [];
}

/** `a{3,2}`: the server was seen to end on it. */
function isReversed(pattern: string): boolean {
  return [...pattern.matchAll(/\{(\d+),(\d+)\}/g)].some(([, from, to]) => Number(to) < Number(from));
}

function isRegular(pattern: string): boolean {
  try {
    RegExp(pattern, "u");
    return true;
  } catch {
    return false;
  }
}

function lintRepetitions({ at, schema }: SchemaAt): LintProblem[] {
  const [minLength, maxLength] = [amount(schema["minLength"]), amount(schema["maxLength"])];
  const [minItems, maxItems] = [amount(schema["minItems"]), amount(schema["maxItems"])];
  return [
    ...(minLength > MOST_CHARACTERS ? [tooMany(at, "minLength", MOST_CHARACTERS)] : []),
    ...(minItems > MOST_ITEMS ? [tooMany(at, "minItems", MOST_ITEMS)] : []),
    ...(maxLength > MOST_CHARACTERS ? [dropped(at, "maxLength", MOST_CHARACTERS)] : []),
    ...(maxItems >= DROPPED_ITEMS
      ? [dropped(at, "maxItems", MOST_ITEMS)]
      : maxItems > MOST_ITEMS
        ? [tooMany(at, "maxItems", MOST_ITEMS)]
        : []),
    ...(schema["maxLength"] !== undefined && maxLength < minLength
      ? [reversed(at, "maxLength", "minLength")]
      : []),
    ...(schema["maxItems"] !== undefined && maxItems < minItems
      ? [reversed(at, "maxItems", "minItems")]
      : []),
  ];
}

function tooMany(at: string, keyword: string, most: number): LintProblem {
  return error(
    pointerTo(at, keyword),
    `llama.cpp rejects ${keyword} above ${most.toLocaleString("en-US")}: its grammar spells each repetition out.`,
  );
}

function dropped(at: string, keyword: string, most: number): LintProblem {
  return warning(
    pointerTo(at, keyword),
    `Above ${most.toLocaleString("en-US")} llama.cpp does not enforce ${keyword}; builds before October 2026 reject it.`,
  );
}

function reversed(at: string, keyword: string, other: string): LintProblem {
  return error(pointerTo(at, keyword), `${keyword} is less than ${other}: llama.cpp may stop answering.`);
}

function amount(value: Json | undefined): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

function repetitionsOf(schema: JsonObject): number {
  return Math.max(
    ...["minLength", "maxLength", "minItems", "maxItems"].map((keyword) => amount(schema[keyword])),
  );
}

function lintMixed({ at, schema }: SchemaAt): LintProblem[] {
  const union = ["anyOf", "oneOf"].find((keyword) => schema[keyword] !== undefined);
  if (union === undefined || !isObject(schema["properties"]) || !isObjectSchema(schema)) return [];
  return [
    warning(pointerTo(at, union), `llama.cpp uses either properties or ${union} in a schema, not both.`),
  ];
}

function lintReference(
  { at, schema }: SchemaAt,
  reference: ReturnType<ReturnType<typeof referenceReader>>,
): LintProblem[] {
  const pointer = pointerTo(at, "$ref");
  const target = schema["$ref"];
  switch (reference) {
    case "none":
      return [];
    case "missing":
      return [error(pointer, "This reference leads to nothing, so llama.cpp rejects the tool.")];
    case "circle":
      return [error(pointer, "These references form a circle, so llama.cpp rejects the tool.")];
    case "elsewhere":
      return [error(pointer, "llama.cpp fetches no schema: a reference must start with #/.")];
    case "found":
      if (typeof target === "string" && target !== "#" && !target.startsWith("#/"))
        return [error(pointer, "llama.cpp accepts only references that start with #/.")];
      return /\/(?:\$defs|definitions)\//.test(at)
        ? [warning(pointer, "llama.cpp may lose a reference inside a referenced schema.")]
        : [];
  }
}
