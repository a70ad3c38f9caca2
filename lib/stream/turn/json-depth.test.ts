import { expect, it } from "vitest";

import type { Json } from "./json";
import { keepableJson } from "./json-depth";

function nestedJson(levels: number): Json {
  let value: Json = [];
  for (let level = 1; level < levels; level += 1) value = { in: value };
  return value;
}

it("the saved form of a value that can be saved and read again is the value", () => {
  const value = { type: "future_item", list: [1, null, { constructor: "a word" }] };
  expect(keepableJson(value, 3)).toBe(value);
});

it.each([
  ["one that is nested too deeply", nestedJson(4)],
  ["a number beyond what a double holds", JSON.parse('{"n": 1e400}')],
  ["a key that reaches a prototype", JSON.parse('{"__proto__": {"x": 1}}')],
  ["a constructor with a prototype", JSON.parse('{"constructor": {"prototype": 1}}')],
])("the saved form of %s is text", (_what, value: Json) => {
  expect(keepableJson(value, 3)).toBe(JSON.stringify(value));
});

it("the saved form reports where a value is nested too deeply to be written", () => {
  expect(keepableJson(nestedJson(100_000), 128)).toBe("This value is nested too deeply to show.");
});
