import { expect, it } from "vitest";

import type { JsonObject } from "@/lib/stream/turn/json";
import { sampleTools } from "@/lib/tools/samples";

import { hasPattern, isQuick } from "./is-quick";

const withX = (schema: JsonObject): JsonObject => ({ type: "object", properties: { x: schema } });

it("the page checks plain schemas at once", () => {
  expect(sampleTools.map(({ parameters }) => isQuick(parameters, 100))).toEqual(sampleTools.map(() => true));
});

it.each<[string, JsonObject]>([
  ["a pattern", withX({ type: "string", pattern: "^(a+)+$" })],
  ["a pattern of names", { type: "object", patternProperties: { "^(a+)+$": {} } }],
  ["a pattern deep inside", withX({ anyOf: [{ items: { not: { pattern: "a" } } }] })],
  ["a format, which is a pattern too", withX({ format: "email" })],
  ["a reference, which can go round in circles", withX({ $ref: "#" })],
  ["unique items", withX({ uniqueItems: true })],
])("the page leaves %s to a worker", (_, schema) => {
  expect(isQuick(schema, 10)).toBe(false);
});

it("the page leaves very long arguments and very large schemas to a worker", () => {
  expect(isQuick(withX({ type: "string" }), 1_000_000)).toBe(false);
  const properties = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`p${index}`, {}]));
  expect(isQuick({ type: "object", properties }, 10)).toBe(false);
});

it("the page distinguishes a schema with a pattern from others", () => {
  expect(hasPattern(withX({ pattern: "a" }))).toBe(true);
  expect(hasPattern({ dependencies: { a: { pattern: "a" } } })).toBe(true);
  expect(hasPattern(withX({ $ref: "#" }))).toBe(false);
});
