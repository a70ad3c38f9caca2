import * as fc from "fast-check";

import type { JsonObject } from "@/lib/stream/turn/json";

const name = fc.constantFrom("a", "b", "c");

/** A leaf, sometimes with a keyword that some target does not have. */
const leaf: fc.Arbitrary<JsonObject> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constantFrom("string", "integer", "number", "boolean") }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant("string"), description: fc.constant("Why.") }) },
  { weight: 2, arbitrary: fc.constant<JsonObject>({ type: ["string", "null"] }) },
  { weight: 2, arbitrary: fc.constant<JsonObject>({ type: "string", enum: ["x", "y"] }) },
  { weight: 1, arbitrary: fc.constant<JsonObject>({ enum: [1, 2] }) },
  { weight: 1, arbitrary: fc.constant<JsonObject>({ type: "string", format: "date" }) },
  { weight: 1, arbitrary: fc.constant<JsonObject>({ type: "string", maxLength: 5 }) },
  { weight: 1, arbitrary: fc.constant<JsonObject>({ type: "string", pattern: "^a+$" }) },
  { weight: 1, arbitrary: fc.constant<JsonObject>({ type: "integer", minimum: 0 }) },
  {
    weight: 1,
    arbitrary: fc.constant<JsonObject>({ type: "array", items: { type: "string" }, uniqueItems: true }),
  },
);

const inner = fc.letrec<{ schema: JsonObject; object: JsonObject }>((tie) => ({
  schema: fc.oneof(
    { depthSize: "small" },
    leaf,
    tie("object"),
    tie("schema").map((items): JsonObject => ({ type: "array", items })),
    tie("schema").map((first): JsonObject => ({ anyOf: [first, { type: "null" }] })),
  ),
  object: fc
    .record({
      properties: fc.dictionary(name, tie("schema"), { maxKeys: 3 }),
      isAllRequired: fc.boolean(),
      isClosed: fc.oneof(
        { weight: 4, arbitrary: fc.constant(true) },
        { weight: 1, arbitrary: fc.constant(false) },
      ),
    })
    .map(toObject),
}));

type Parts = { readonly properties: JsonObject; readonly isAllRequired: boolean; readonly isClosed: boolean };

function toObject({ properties, isAllRequired, isClosed }: Parts): JsonObject {
  const required = Object.keys(properties).slice(isAllRequired ? 0 : 1);
  const open = { type: "object", properties, required };
  return isClosed ? { ...open, additionalProperties: false } : open;
}

/** Schemas of arguments, many of them strict. */
export const schemas: fc.Arbitrary<JsonObject> = inner.object;
