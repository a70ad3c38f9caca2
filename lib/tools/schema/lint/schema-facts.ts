import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isList, isObject } from "@/lib/stream/turn/json-read";
import { anchorsOf } from "@/lib/tools/schema/check-schema";
import { followChain } from "@/lib/tools/schema/follow-reference";
import { pointerTo } from "@/lib/tools/schema/json-pointer";
import { walkSchema } from "@/lib/tools/schema/walk-schema";

import type { LintProblem } from "./lint";

/** A schema inside the parameters, with its pointer into the tool. */
export type SchemaAt = { readonly at: string; readonly schema: JsonObject; readonly depth: number };

/** Every schema of the parameters that is an object. */
export function schemasIn(parameters: JsonObject): readonly SchemaAt[] {
  return walkSchema(parameters, "/parameters").flatMap(({ path, value, depth }) =>
    isObject(value) ? [{ at: path, schema: value, depth }] : [],
  );
}

/** Schemas that are true or false, other than those that only open or close an object. */
export function booleansIn(parameters: JsonObject): readonly string[] {
  return walkSchema(parameters, "/parameters").flatMap(({ path, value }) =>
    typeof value === "boolean" && !/\/(?:additionalProperties|unevaluatedProperties)$/.test(path)
      ? [path]
      : [],
  );
}

/** The keywords of a schema that are in a set. */
export function keywordsOf(
  { schema, at }: SchemaAt,
  keywords: ReadonlySet<string>,
): readonly { keyword: string; pointer: string }[] {
  return Object.keys(schema)
    .filter((keyword) => keywords.has(keyword))
    .map((keyword) => ({ keyword, pointer: pointerTo(at, keyword) }));
}

/** Whether a schema describes objects. */
export function isObjectSchema({ type, properties }: JsonObject): boolean {
  return type === "object" || (isList(type) && type.includes("object")) || isObject(properties);
}

/** The properties that a schema leaves optional, with their pointers. */
export function optionalOf({
  schema,
  at,
}: SchemaAt): readonly { name: string; pointer: string; schema: Json }[] {
  const { properties, required } = schema;
  if (!isObject(properties)) return [];
  const listed = new Set(isList(required) ? required : []);
  return Object.entries(properties)
    .filter(([name]) => !listed.has(name))
    .map(([name, part]) => ({ name, pointer: pointerTo(pointerTo(at, "properties"), name), schema: part }));
}

/** How many properties all schemas have together. */
export function countProperties(schemas: readonly SchemaAt[]): number {
  return sum(schemas, ({ schema }) =>
    isObject(schema["properties"]) ? Object.keys(schema["properties"]).length : 0,
  );
}

/** How many levels the deepest schema is nested. */
export function countLevels(schemas: readonly SchemaAt[]): number {
  return Math.max(0, ...schemas.map(({ depth }) => depth));
}

/** The values of all lists of allowed values. */
export function enumValues({ schema }: SchemaAt): readonly Json[] {
  const values = schema["enum"];
  return isList(values) ? values : [];
}

export function sum<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((total, item) => total + count(item), 0);
}

/** What a reference of a schema leads to. */
export type Reference = "none" | "found" | "missing" | "elsewhere" | "circle";

/** Where the references of a tool's parameters lead. */
export function referenceReader(parameters: JsonObject): (schema: JsonObject) => Reference {
  const anchors = anchorsOf(parameters);
  return (schema) => {
    const reference = schema["$ref"];
    if (typeof reference !== "string") return "none";
    if (!reference.startsWith("#")) return "elsewhere";
    const followed = followChain(parameters, schema, anchors);
    if (followed.kind === "circle") return "circle";
    return followed.schema === undefined ? "missing" : "found";
  };
}

/** A problem that makes a request fail. */
export function error(pointer: string, message: string, fixes: LintProblem["fixes"] = []): LintProblem {
  return { pointer, message, level: "error", fixes };
}

/** A problem that leaves something unenforced, or in doubt. */
export function warning(pointer: string, message: string, fixes: LintProblem["fixes"] = []): LintProblem {
  return { pointer, message, level: "warning", fixes };
}

/** Types that are none in JSON Schema. */
export function unknownTypes({ schema, at }: SchemaAt, who: string): readonly LintProblem[] {
  const { type } = schema;
  if (type === undefined) return [];
  const names = isList(type) ? type : [type];
  return names
    .filter((name) => typeof name !== "string" || !TYPES.has(name))
    .map((name) =>
      error(pointerTo(at, "type"), `${who} knows no type ${JSON.stringify(name)}.`, ["type-names"]),
    );
}

const TYPES = new Set(["string", "number", "integer", "boolean", "object", "array", "null"]);
