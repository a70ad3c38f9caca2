import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { sampleTools } from "@/lib/tools/samples";

import { checkArguments } from "./check-arguments";

/** path → message of each failure; null when the arguments are valid. */
function failures(parameters: JsonObject, input: Json): Record<string, string> | null {
  const check = checkArguments(parameters, input);
  return check.valid ? null : Object.fromEntries(check.failures.map(({ path, message }) => [path, message]));
}

function property(schema: Json): JsonObject {
  return { type: "object", properties: { x: schema } };
}

/** Arguments that fit the samples that are no calculators of two numbers. */
const FITTING: Readonly<Record<string, JsonObject>> = {
  weather: { location: "Florence" },
  search: { query: "a", limit: 3 },
  calculator: { expression: "1" },
  calendar: { action: "list", day: "2026-12-04" },
  order_status: { number: "A-1001" },
  translate: { text: "Hello" },
};

describe("what fits", () => {
  it("is valid", () => {
    for (const { name, parameters } of sampleTools) {
      const input = FITTING[name] ?? { a: 1, b: 2.5 };
      expect(checkArguments(parameters, input)).toEqual({ valid: true });
    }
  });
});

describe("a failure is reported where a person would look", () => {
  it("names a missing property by its own path and an unknown one by its name", () => {
    const schema: JsonObject = {
      type: "object",
      properties: { place: { type: "object", required: ["a/b"] } },
      required: ["place", "unit"],
      additionalProperties: false,
    };
    expect(failures(schema, { place: {}, color: 1 })).toEqual({
      "/unit": "is missing",
      "/place/a~1b": "is missing",
      "/color": "is not allowed here",
    });
  });

  it.each<[string, JsonObject, Json, Record<string, string>]>([
    ["type", property({ type: "string" }), { x: 1 }, { "/x": "must be a string, not a number" }],
    [
      "types",
      property({ type: ["integer", "null"] }),
      { x: "" },
      { "/x": "must be an integer or null, not a string" },
    ],
    [
      "union",
      property({ anyOf: [{ type: "string" }, { type: "null" }] }),
      { x: 1 },
      { "/x": "must be a string or null, not a number" },
    ],
    [
      "forms",
      property({ anyOf: [{ type: "object", required: ["a"] }, { type: "null" }] }),
      { x: {} },
      { "/x": "does not match any of the allowed forms" },
    ],
    ["enum", property({ enum: ["c", 1] }), { x: 2 }, { "/x": 'must be one of ["c",1]' }],
    ["const", property({ const: 3 }), { x: 2 }, { "/x": "must be 3" }],
    ["minimum", property({ minimum: 1 }), { x: 0 }, { "/x": "0 is less than 1" }],
    [
      "items",
      property({ items: { type: "string" } }),
      { x: ["a", 1] },
      { "/x/1": "must be a string, not a number" },
    ],
    [
      "$ref",
      { ...property({ $ref: "#/$defs/F" }), $defs: { F: { required: ["y"] } } },
      { x: {} },
      { "/x/y": "is missing" },
    ],
    [
      "propertyNames",
      property({ propertyNames: { pattern: "^x" } }),
      { x: { y: 1 } },
      { "/x/y": "has a name that is not allowed" },
    ],
    [
      "if",
      property(JSON.parse('{"if":{"type":"string"},"then":{"minLength":5}}')),
      { x: "abc" },
      { "/x": "string is too short (3 < 5)" },
    ],
    [
      "names",
      { type: "object", additionalProperties: { type: "string" } },
      { "a b%#": 1 },
      { "/a b%#": "must be a string, not a number" },
    ],
    ["root", { type: "object" }, [], { "": "must be an object, not an array" }],
  ])("%s", (_name, schema, input, expected) => {
    expect(failures(schema, input)).toEqual(expected);
  });
});

describe("a schema that cannot be used", () => {
  it.each<[string, JsonObject, RegExp]>([
    ["points to nothing", { $ref: "#/nope" }, /^The tool's schema can't be used: Unresolved \$ref "#\/nope"/],
    ["points to itself", { $ref: "#" }, /^The tool's schema can't be used: Maximum call stack/],
    ["has a broken pattern", property({ pattern: "(" }), /^The tool's schema can't be used: Invalid regular/],
  ])("%s: is a failure, not a crash", (_name, schema, message) => {
    expect(failures(schema, { x: "a" })).toEqual({ "": expect.stringMatching(message) });
  });

  it("is never changed by a check, not even when it is frozen", () => {
    const schema = Object.freeze(property(Object.freeze({ type: "string" })));
    const before = Object.getOwnPropertyNames(schema);
    expect(checkArguments(schema, { x: "a" })).toEqual({ valid: true });
    expect(Object.getOwnPropertyNames(schema)).toEqual(before);
  });

  it("or any other JSON never throws", () => {
    const object = fc.dictionary(
      fc.constantFrom("type", "properties", "required", "items", "$ref", "pattern", "anyOf", "not", "a"),
      fc.jsonValue().map((value): Json => JSON.parse(JSON.stringify(value))),
    );
    fc.assert(
      fc.property(object, fc.jsonValue(), (schema, input) => {
        const check = checkArguments(schema, JSON.parse(JSON.stringify(input)));
        expect(check.valid || check.failures.length > 0).toBe(true);
      }),
    );
  });
});

it("the check accepts an exclusive bound as a number, and as true beside its bound as draft 4 of JSON Schema has it", () => {
  const old = { type: "object", properties: { amount: { minimum: 0, exclusiveMinimum: true } } };
  const current = { type: "object", properties: { amount: { exclusiveMinimum: 0 } } };
  const valid = [old, current].map((schema) =>
    [0, 0.5, 1].map((amount) => checkArguments(schema, { amount }).valid),
  );
  expect(valid).toEqual([
    [false, true, true],
    [false, true, true],
  ]);
});

it("the check accepts a number too large for JavaScript as the number and integer that it is", () => {
  const infinite = Number.POSITIVE_INFINITY;
  expect(failures(property({ type: "number" }), { x: infinite })).toBeNull();
  expect(failures(property({ type: "integer" }), { x: -infinite })).toBeNull();
  expect(failures(property({ maximum: 10 }), { x: infinite })).toEqual({ "/x": expect.any(String) });
});
