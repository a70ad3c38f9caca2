import { expect, it } from "vitest";

import type { Json } from "./json";
import { isKeepable, keepableJson } from "./keepable-json";

function nested(depth: number): Json {
  let value: Json = "x";
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

it("keeps a value that can be saved and read again as it is", () => {
  const value = { type: "future_item", list: [1, null, { constructor: "a word" }] };
  expect(keepableJson(value)).toBe(value);
  expect(isKeepable(nested(64))).toBe(true);
});

it.each([
  ["nested 65 levels deep", nested(65)],
  ["a number beyond what a double holds", JSON.parse('{"n": 1e400}')],
  ["a key that reaches a prototype", JSON.parse('{"__proto__": {"x": 1}}')],
  ["a constructor with a prototype", JSON.parse('{"constructor": {"prototype": 1}}')],
])("keeps %s as text", (_what, value: Json) => {
  expect(isKeepable(value)).toBe(false);
  expect(keepableJson(value)).toBe(JSON.stringify(value));
});

it("says so where a value is nested too deeply to be written", () => {
  expect(keepableJson(nested(100_000))).toBe("This value is nested too deeply to show.");
});
