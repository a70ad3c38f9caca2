import { describe, expect, it } from "vitest";

import type { JsonObject } from "@/lib/stream/turn/json";

import {
  addProperty,
  formPart,
  isAllowedValue,
  moveProperty,
  nameProblem,
  propertiesOf,
  readFormValue,
  removeProperty,
  renameProperty,
  setKeyword,
  setProperty,
  setRequired,
  valuesProblem,
  withType,
} from "./edit-properties";

const SCHEMA: JsonObject = {
  type: "object",
  properties: { a: { type: "string", pattern: "^a" }, b: { $ref: "#/$defs/b" }, c: { type: "integer" } },
  required: ["a", "c"],
  additionalProperties: false,
  $defs: { b: {} },
};
const order = (schema: JsonObject) => propertiesOf(schema).map(([name]) => name);

describe("a change of a form", () => {
  it("keeps everything it does not name", () => {
    const { properties: _p, required: _r, ...rest } = SCHEMA;
    for (const changed of [
      addProperty(SCHEMA).schema,
      removeProperty(SCHEMA, "a"),
      renameProperty(SCHEMA, "a", "z"),
      moveProperty(SCHEMA, "c", 0),
      setRequired(SCHEMA, "b", true),
      setProperty(SCHEMA, "c", { type: "boolean" }),
    ]) {
      expect(changed).toMatchObject(rest);
      expect(propertiesOf(changed)).toContainEqual(["b", { $ref: "#/$defs/b" }]);
    }
  });

  it("adds, removes, renames and moves a property, with its place among the required ones", () => {
    expect(order(addProperty(SCHEMA).schema)).toEqual(["a", "b", "c", "property"]);
    expect(removeProperty(SCHEMA, "a")["required"]).toEqual(["c"]);
    const renamed = renameProperty(SCHEMA, "a", "z");
    expect([order(renamed), renamed["required"]]).toEqual([
      ["z", "b", "c"],
      ["z", "c"],
    ]);
    expect([
      order(moveProperty(SCHEMA, "c", 0)),
      order(moveProperty(SCHEMA, "a", 99)),
      order(moveProperty(SCHEMA, "a", 1)),
    ]).toEqual([
      ["c", "a", "b"],
      ["b", "c", "a"],
      ["b", "a", "c"],
    ]);
    expect([setRequired(SCHEMA, "b", true)["required"], setRequired(SCHEMA, "a", false)["required"]]).toEqual(
      [["a", "c", "b"], ["c"]],
    );
  });

  it("refuses a name that is empty, taken or JavaScript's own", () => {
    expect([
      nameProblem(SCHEMA, "a", ""),
      nameProblem(SCHEMA, "a", "b"),
      nameProblem(SCHEMA, "a", "__proto__"),
      nameProblem(SCHEMA, "a", "a"),
    ]).toEqual([
      "A property needs a name.",
      "Another property is named b.",
      'A property cannot be named "__proto__".',
      null,
    ]);
    expect(renameProperty(SCHEMA, "a", "b")).toBe(SCHEMA);
  });

  it("of a type takes along what fits the new one", () => {
    const number = { type: "number", enum: [1, 2], default: 1, description: "d", minimum: 0 };
    expect(withType(number, "integer", true)).toEqual({
      type: ["integer", "null"],
      enum: [1, 2],
      default: 1,
      description: "d",
      minimum: 0,
    });
    expect(withType(number, "string", false)).toEqual({ type: "string", description: "d", minimum: 0 });
    expect(withType({ type: "string" }, "array", false)).toEqual({
      type: "array",
      items: { type: "string" },
    });
    expect(withType({ type: "array", items: {} }, "object", false)).toEqual({
      type: "object",
      properties: {},
    });
    expect(setKeyword(setKeyword({ type: "string" }, "default", "x"), "default", undefined)).toEqual({
      type: "string",
    });
  });
});

it("a form says which keywords it has no field for, and which parts it can't show", () => {
  expect([
    formPart(SCHEMA),
    formPart({ type: ["string", "null"], pattern: "a", enum: [] }),
    formPart({ $ref: "#" }),
    formPart({}),
    formPart(true),
    formPart({ type: ["string", "number"] }),
  ]).toMatchObject([
    { kind: "typed", type: "object", hidden: ["$defs"] },
    { kind: "typed", type: "string", isNullable: true, hidden: ["pattern"] },
    { kind: "other", why: "$ref" },
    { kind: "other", why: "no type" },
    { kind: "other", why: "true or false" },
    { kind: "other", why: 'type ["string","number"]' },
  ]);
});

it("a value is read as its type has it, or not at all", () => {
  expect([
    readFormValue("string", " a"),
    readFormValue("integer", "2"),
    readFormValue("integer", "2.5"),
    readFormValue("number", ""),
    readFormValue("boolean", "true"),
    readFormValue("boolean", "yes"),
    readFormValue("array", "a"),
  ]).toEqual([" a", 2, undefined, undefined, true, undefined, undefined]);
});

it("allowed values that are there twice, or are of another type, are a problem", () => {
  expect(valuesProblem("string", ["Rome", "Paris"])).toBeNull();
  expect(valuesProblem("string", ["Rome", "Paris", "Rome"])).toBe("Rome is there twice. Remove one of them.");
  expect(valuesProblem("number", ["1", "1.0"])).toBe("1.0 is there twice. Remove one of them.");
  expect(valuesProblem("integer", ["1", "x"])).toBe("x is not of type integer.");
});

it("a default must be one of the allowed values, where there are any", () => {
  expect(isAllowedValue({ enum: ["a", null] }, "a")).toBe(true);
  expect(isAllowedValue({ enum: ["a", null] }, null)).toBe(true);
  expect(isAllowedValue({ enum: ["a"] }, "b")).toBe(false);
  expect(isAllowedValue({ enum: [1] }, "1")).toBe(false);
  expect(isAllowedValue({ enum: ["a"] }, undefined)).toBe(true);
  expect(isAllowedValue({}, "b")).toBe(true);
});

it("a comma is a decimal mark, unless it may part thousands", () => {
  expect(readFormValue("number", "1,5")).toBe(1.5);
  expect(readFormValue("number", "-0,25")).toBe(-0.25);
  expect(readFormValue("number", "1,000")).toBeUndefined();
  expect(readFormValue("integer", "1,5")).toBeUndefined();
});
