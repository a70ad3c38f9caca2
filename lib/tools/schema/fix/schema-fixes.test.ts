import * as fc from "fast-check";
import { toStrictJsonSchema } from "openai/lib/transform";
import { describe, expect, it } from "vitest";

import type { JsonObject } from "@/lib/stream/turn/json";
import { schemas } from "@/lib/tools/schema/lint/__fixtures__/schemas";
import { lintTool } from "@/lib/tools/schema/lint/lint-tool";

import { SCHEMA_FIXES, type SchemaFixId } from "./schema-fixes";

describe("a quick fix changes one kind of thing, at every depth", () => {
  it.each<[SchemaFixId, JsonObject, JsonObject]>([
    [
      "type-names",
      {
        type: "OBJECT",
        properties: {
          a: { type: "float" },
          b: { type: ["bool", "None"] },
          c: { type: "any" },
          type: { type: "list", items: { type: "dict" } },
        },
      },
      {
        type: "object",
        properties: {
          a: { type: "number" },
          b: { type: ["boolean", "null"] },
          c: {},
          type: { type: "array", items: { type: "object" } },
        },
      },
    ],
    ["object-root", { properties: { a: {} } }, { type: "object", properties: { a: {} } }],
    ["object-root", {}, { type: "object", properties: {} }],
    [
      "require",
      { properties: { a: {}, b: { items: { properties: { c: {} } } } }, required: ["b"] },
      {
        properties: { a: {}, b: { items: { properties: { c: {} }, required: ["c"] } } },
        required: ["a", "b"],
      },
    ],
    [
      "nullable",
      {
        type: "object",
        properties: {
          a: { type: "string", enum: ["x"], description: "d" },
          b: { $ref: "#/$defs/b", description: "e" },
          c: { type: ["integer", "null"] },
        },
      },
      {
        type: "object",
        properties: {
          a: { type: ["string", "null"], enum: ["x", null], description: "d" },
          b: { description: "e", anyOf: [{ $ref: "#/$defs/b" }, { type: "null" }] },
          c: { type: ["integer", "null"] },
        },
        required: ["a", "b", "c"],
      },
    ],
    [
      "close",
      {
        type: "object",
        properties: {
          a: { type: "object", additionalProperties: { type: "string" } },
          b: { properties: {}, additionalProperties: true },
        },
      },
      {
        type: "object",
        properties: {
          a: { type: "object", additionalProperties: { type: "string" } },
          b: { properties: {}, additionalProperties: false },
        },
        additionalProperties: false,
      },
    ],
    [
      "any-of",
      { properties: { a: { oneOf: [{ type: "string" }] } } },
      { properties: { a: { anyOf: [{ type: "string" }] } } },
    ],
    [
      "describe",
      {
        properties: {
          a: { type: "integer", description: "d", minimum: 1, maximum: 3 },
          b: { type: "array", minItems: 1 },
        },
      },
      {
        properties: {
          a: { type: "integer", description: "d\n\n{minimum: 1, maximum: 3}" },
          b: { type: "array", minItems: 1 },
        },
      },
    ],
  ])("%s", (id, before, after) => {
    expect(SCHEMA_FIXES[id].apply(before)).toEqual(after);
  });
});

it("a property that is named like a keyword, and values that look like a schema, stay", () => {
  const schema: JsonObject = {
    type: "object",
    properties: { required: { type: "string", default: { type: "float", properties: { a: 1 } } } },
    required: ["required"],
    additionalProperties: false,
  };
  expect(
    Object.values(SCHEMA_FIXES)
      .map(({ apply }) => apply(schema))
      .filter((fixed) => JSON.stringify(fixed) !== JSON.stringify(schema)),
  ).toHaveLength(1);
});

it("each fix changes nothing the second time", () => {
  fc.assert(
    fc.property(schemas, fc.constantFrom(...Object.values(SCHEMA_FIXES)), (schema, { apply }) => {
      const once = apply(schema);
      expect(apply(once)).toEqual(once);
    }),
  );
});

it("what is made strict is accepted by the lint and by OpenAI's own code, but for keywords that no fix has", () => {
  fc.assert(
    fc.property(schemas, (schema) => {
      const strict = SCHEMA_FIXES.strict.apply(schema);
      const { problems } = lintTool({ name: "t", parameters: strict }, "openai-strict");
      const left = problems.filter(({ message }) => !message.includes("uniqueItems"));
      expect(left).toEqual([]);
      if (problems.length === 0) expect(toStrictJsonSchema(structuredClone(strict))).toEqual(strict);
    }),
  );
});
