import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject, isList, isObject } from "@/lib/stream/turn/json-read";

import { followChain } from "./follow-reference";

/** Deeper than this an example is null. */
const DEEPEST = 8;
const MOST_VALUES = 500;

/** A value as a schema describes it: its own example or default where it has one. Pure, and bounded. */
export function exampleOf(schema: JsonObject): Json {
  return exampleAt(schema, { root: schema, left: MOST_VALUES }, 1);
}

type Run = { readonly root: JsonObject; left: number };

function exampleAt(start: Json, run: Run, depth: number): Json {
  run.left -= 1;
  const followed = followChain(run.root, start, new Map());
  const schema = followed.kind === "end" ? followed.schema : undefined;
  if (!isObject(schema) || run.left < 0 || depth > DEEPEST) return null;
  const given = givenIn(schema);
  if (given !== undefined) return given;
  const [first] = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => listOf(schema[keyword]));
  switch (typeOf(schema) ?? "") {
    case "string":
      return TEXTS.get(schema["format"]) ?? "text";
    case "integer":
    case "number":
      return typeof schema["minimum"] === "number" ? schema["minimum"] : 1;
    case "boolean":
      return true;
    case "array":
      return schema["items"] === undefined ? [] : [exampleAt(schema["items"], run, depth + 1)];
    case "object":
      return Object.fromEntries(
        Object.entries(asObject(schema["properties"]) ?? {}).map(([name, part]) => [
          name,
          exampleAt(part, run, depth + 1),
        ]),
      );
    default:
      return first === undefined ? null : exampleAt(first, run, depth + 1);
  }
}

function givenIn(schema: JsonObject): Json | undefined {
  const { default: usual, const: only, examples, example, enum: values } = schema;
  return only ?? usual ?? example ?? listOf(examples)[0] ?? listOf(values)[0];
}

function typeOf(schema: JsonObject): string | null {
  const { type } = schema;
  if (typeof type === "string") return type;
  const first = listOf(type).find((name) => name !== "null");
  if (typeof first === "string") return first;
  return schema["properties"] === undefined ? null : "object";
}

const TEXTS: ReadonlyMap<Json | undefined, string> = new Map([
  ["date", "2026-01-31"],
  ["date-time", "2026-01-31T12:00:00Z"],
  ["time", "12:00:00Z"],
  ["email", "name@example.com"],
  ["uri", "https://example.com/"],
  ["uuid", "00000000-0000-4000-8000-000000000000"],
]);

function listOf(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : [];
}
