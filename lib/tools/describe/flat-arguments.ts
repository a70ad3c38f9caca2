/** A tool's arguments as a flat list: what a small model writes within a grammar sooner than a schema. Pure. */
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject, isList, textAt } from "@/lib/stream/turn/json-read";
import { freeName, legalName } from "@/lib/tools/free-name";

const TYPES = ["string", "integer", "number", "boolean"];
/** More are not asked for: a small model repeats itself. */
const MOST_ARGUMENTS = 8;

/** The list that the model writes. Each member has a fixed place, so a grammar leaves it few choices. */
export const FLAT_ARGUMENTS: JsonObject = {
  type: "array",
  description: "What the tool needs to know, one item each.",
  minItems: 1,
  maxItems: MOST_ARGUMENTS,
  items: {
    type: "object",
    properties: {
      name: { type: "string", description: "Such as city." },
      type: { type: "string", enum: [...TYPES, "array"] },
      description: { type: "string", description: "What the model should put here, with an example." },
      required: { type: "boolean" },
    },
    required: ["name", "type", "description", "required"],
  },
};

/** The arguments of a schema as such a list; null where the schema says more than a list can. */
export function flatArguments(schema: JsonObject): readonly Json[] | null {
  const { type, properties, required, additionalProperties, ...more } = schema;
  if (type !== "object" || Object.keys(more).length > 0 || asObject(additionalProperties ?? null) !== null)
    return null;
  const names = isList(required) ? required : [];
  const flat = Object.entries(asObject(properties) ?? {}).map(([name, value]) => {
    const { type: kind, description, ...rest } = asObject(value) ?? { nothing: true };
    const isPlain = typeof kind === "string" && TYPES.includes(kind) && Object.keys(rest).length === 0;
    return isPlain
      ? { name, type: kind, description: description ?? "", required: names.includes(name) }
      : null;
  });
  return flat.some((each) => each === null) || flat.length > MOST_ARGUMENTS ? null : flat;
}

/** The schema of a list of arguments, and what became of names that could not stand. */
export function schemaOfFlat(list: readonly Json[]): {
  readonly schema: JsonObject;
  readonly notes: readonly string[];
} {
  const notes: string[] = [];
  const properties = new Map<string, JsonObject>();
  const required: string[] = [];
  let again = 0;
  for (const value of list) {
    const item = asObject(value);
    const written = item === null ? "" : (textAt(item, "name") ?? "");
    const name = legalName(written) || freeName("value", new Set(properties.keys()));
    if (properties.has(name)) {
      again += 1;
      continue;
    }
    if (name !== written) notes.push(`The argument “${written}” became ${name}.`);
    const type = item === null ? null : textAt(item, "type");
    const description = item === null ? null : textAt(item, "description");
    properties.set(name, {
      ...(type === null ? {} : { type }),
      ...(type === "array" ? { items: { type: "string" } } : {}),
      ...(description === null || description === "" ? {} : { description }),
    });
    if (item?.["required"] === true) required.push(name);
  }
  if (again > 0) notes.push("The model named an argument more than once. The first is kept.");
  return {
    schema: {
      type: "object",
      properties: Object.fromEntries(properties),
      ...(required.length === 0 ? {} : { required }),
    },
    notes,
  };
}
