import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import { legalName } from "@/lib/tools/free-name";
import { allowNull } from "@/lib/tools/schema/allow-null";
import { followReference } from "@/lib/tools/schema/follow-reference";
import { mapSchema } from "@/lib/tools/schema/map-schema";

/** Larger schemas cost more than a model's context, and references can double at each level. */
const MOST_SCHEMAS = 3_000;
/** A chain of references this long leads nowhere useful. */
const MOST_REFERENCES = 40;

/** Takes schemas out of a document: with what they refer to written in, and recursion as references to `defs`. */
export type Inliner = {
  readonly inline: (schema: Json) => Json;
  /** The schemas that refer to themselves. Called at the end. */
  readonly defs: () => JsonObject;
  readonly notes: () => readonly string[];
};

/** An inliner for one tool. */
export function newInliner(document: JsonObject): Inliner {
  const recursive = new Map<string, string>();
  const missing = new Set<string>();
  let left = MOST_SCHEMAS;

  const expand = (value: Json, stack: readonly string[]): Json => {
    if (!isObject(value)) return value;
    left -= 1;
    if (left < 0) return {};
    const { $ref: reference, ...beside } = value;
    if (typeof reference !== "string")
      return mapSchema(currentSchema(value), (child) => expand(child, stack));
    if (stack.includes(reference)) return { ...beside, $ref: `#/$defs/${nameOf(reference, recursive)}` };
    const target = reference.startsWith("#") ? followReference(document, reference, NO_ANCHORS) : undefined;
    if (target === undefined) missing.add(reference);
    if (!isObject(target) || stack.length >= MOST_REFERENCES) return { ...beside };
    return expand({ ...target, ...beside }, [...stack, reference]);
  };

  return {
    inline: (schema) => expand(schema, []),
    defs: () => {
      const defs = new Map<string, Json>();
      // Writing one in may find another: the map grows while it is gone through.
      for (const [reference, name] of recursive) {
        const target = followReference(document, reference, NO_ANCHORS);
        defs.set(name, isObject(target) ? expand(target, [reference]) : {});
      }
      return Object.fromEntries(defs);
    },
    notes: () => [
      ...[...missing]
        .slice(0, 3)
        .map((reference) => `${reference} is not in the document, so anything is allowed there.`),
      ...(left < 0 ? ["Its schema is too large to write out: the rest allows anything."] : []),
    ],
  };
}

const NO_ANCHORS: ReadonlyMap<string, Json> = new Map();

function nameOf(reference: string, names: Map<string, string>): string {
  const known = names.get(reference);
  if (known !== undefined) return known;
  const wanted = legalName(reference.split("/").at(-1) ?? "") || "schema";
  const taken = new Set(names.values());
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}_${String(count)}`;
  names.set(reference, name);
  return name;
}

/** What says nothing of a value that a model has to write. */
const FOR_PEOPLE = new Set(["xml", "externalDocs", "discriminator", "example", "readOnly", "writeOnly"]);

/** A schema of OpenAPI 3.0 as JSON Schema has it since; properties that a request does not carry are left out. Pure. */
export function currentSchema(schema: JsonObject): JsonObject {
  const { nullable, properties, required, ...rest } = schema;
  const sent = isObject(properties)
    ? Object.entries(properties).filter(([, part]) => !(isObject(part) && part["readOnly"] === true))
    : null;
  const names =
    Array.isArray(required) && sent !== null && isObject(properties)
      ? required.filter(
          (name) =>
            typeof name !== "string" ||
            !Object.hasOwn(properties, name) ||
            sent.some(([kept]) => kept === name),
        )
      : required;
  const kept = Object.entries(rest).filter(
    ([keyword]) => !FOR_PEOPLE.has(keyword) && !keyword.startsWith("x-"),
  );
  const plain = exclusiveBounds({
    ...Object.fromEntries(kept),
    ...(sent === null
      ? properties === undefined
        ? {}
        : { properties }
      : { properties: Object.fromEntries(sent) }),
    ...(names === undefined || (Array.isArray(names) && names.length === 0) ? {} : { required: names }),
  });
  return nullable === true ? allowNull(plain) : plain;
}

/** `minimum: 0, exclusiveMinimum: true` is one number since draft 6. */
function exclusiveBounds(schema: JsonObject): JsonObject {
  let current = schema;
  for (const [bound, exclusive] of [
    ["minimum", "exclusiveMinimum"],
    ["maximum", "exclusiveMaximum"],
  ] as const) {
    const { [bound]: limit, [exclusive]: isExclusive, ...rest } = current;
    if (typeof isExclusive !== "boolean") continue;
    if (limit === undefined) current = rest;
    else current = isExclusive ? { ...rest, [exclusive]: limit } : { ...rest, [bound]: limit };
  }
  return current;
}
