import { expect, it } from "vitest";

import { parseArguments } from "./parse-arguments";

it.each(["", "  ", "\n"])("the parser reads empty arguments as an empty object", (input) => {
  expect(parseArguments(input)).toEqual({ valid: true, value: {} });
});

it("the parser reads an object", () => {
  expect(parseArguments('{"a":{"b":[1,null,"x"]}}')).toEqual({
    valid: true,
    value: { a: { b: [1, null, "x"] } },
  });
});

it.each([
  ["[1]", "Arguments must be a JSON object, not a list."],
  ["null", "Arguments must be a JSON object, not null."],
  ["3", "Arguments must be a JSON object, not a number."],
  ['"x"', "Arguments must be a JSON object, not a string."],
])("the parser refuses %s, which is not an object", (input, message) => {
  expect(parseArguments(input)).toEqual({ valid: false, message });
});

it.each([
  ['{"a":', "it ends before it is complete."],
  ['{"location": Flor', "it ends before it is complete."],
  ['{"location": Flor}', "“Flor}” at character 14."],
  ['{"a":1}{"b":2}', '“{"b":2}” at character 8.'],
  ["{'a':1, 'and': 'a long rest of it'}", "“'a':1, 'and': 'a long re…” at character 2."],
])("the parser reports where %j stops being JSON", (input, where) => {
  expect(parseArguments(input)).toEqual({ valid: false, message: `Not valid JSON: ${where}` });
});

it("the parser keeps the browser's own words where only it knows", () => {
  expect(parseArguments('{"a":"\n"}')).toEqual({
    valid: false,
    message: expect.stringMatching(/^Not valid JSON: ./),
  });
});

it.each([
  '{"__proto__":{"polluted":true}}',
  '{"\\u005f_proto__":{"polluted":true}}',
  '{"a":[{"__proto__":1}]}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"a":{"\\u0063onstructor":{"prototype":1}}}',
])("the parser refuses %s, whose key could reach a prototype", (input) => {
  expect(parseArguments(input)).toEqual({ valid: false, message: expect.stringContaining("is refused") });
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

it("the parser accepts a constructor that is plain data", () => {
  expect(parseArguments('{"constructor":"Rossi"}')).toEqual({ valid: true, value: { constructor: "Rossi" } });
});

function nested(levels: number): string {
  return `{"a":${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}}`;
}

it("the parser refuses nesting below 128 levels", () => {
  expect(parseArguments(nested(128)).valid).toBe(true);
  expect(parseArguments(nested(129))).toEqual({
    valid: false,
    message: expect.stringContaining("128 levels"),
  });
  expect(parseArguments(nested(200_000)).valid).toBe(false);
});
