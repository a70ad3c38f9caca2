import * as fc from "fast-check";
import { expect, it } from "vitest";

import type { Problem } from "@/lib/tools/formats/problem";

import { jsonProblems } from "./json-problems";

/** The marked text and the message of every problem. */
function problems(text: string, found: readonly Problem[] = []): readonly (readonly [string, string])[] {
  return jsonProblems(text, () => found).map(({ from, to, message }) => [text.slice(from, to), message]);
}

function at(pointer: string): readonly Problem[] {
  return [{ pointer, message: "wrong", level: "error" }];
}

it("the check of a JSON text finds nothing wrong in good JSON", () => {
  expect(problems('{"a": [1, -2.5e3, true, null, "x"]}')).toEqual([]);
});

it.each([
  ["", "", "There is no JSON here yet."],
  ['{"a": 1,}', ",", "Remove the comma before }."],
  ["[1, 2,]", ",", "Remove the comma before ]."],
  ['{"a": 1', "1", "Missing closing } or ]."],
  ["{'a': 1}", "'a'", 'Use straight double quotes: "…".'],
  ['{"a": 1 // one\n}', "//", "JSON does not allow comments."],
  ['{"a": 1 "b": 2}', '"', "Missing comma or colon before this."],
])("the check of a JSON text explains the mistake in %s", (text, marked, message) => {
  expect(problems(text)).toEqual([[marked, message]]);
});

it("the check of a JSON text marks a scalar whole, and an object by the name that leads to it", () => {
  const text = '{"parameters": {"type": "strng", "items": [{}, {"x": 1}]}}';
  expect(problems(text, at("/parameters/type"))).toEqual([['"strng"', "wrong"]]);
  expect(problems(text, at("#/parameters"))).toEqual([['"parameters"', "wrong"]]);
  expect(problems(text, at("/parameters/items/1"))).toEqual([["{", "wrong"]]);
  expect(problems(text, at("/parameters/items/1/x"))).toEqual([["1", "wrong"]]);
  expect(problems(text, at(""))).toEqual([["{", "wrong"]]);
});

it("the check of a JSON text goes to the last place that is there when a field is missing", () => {
  expect(problems('{"a": {"b": 1}}', at("/a/c"))).toEqual([['"a"', "wrong"]]);
});

it("the check of a JSON text finds names with slashes, tildes, quotes and percent signs", () => {
  expect(problems('{"a/b~c": 7}', at("/a~1b~0c"))).toEqual([["7", "wrong"]]);
  expect(problems('{"\\u0061\\"": 7}', at('/a"'))).toEqual([["7", "wrong"]]);
  expect(problems('{"100%": 7}', at("/100%"))).toEqual([["7", "wrong"]]);
});

it("the check of a JSON text warns of a name that is there twice", () => {
  expect(problems('{"a": 1, "a": 2}')).toEqual([['"a"', "Duplicate key “a”: the last value wins."]]);
});

it("the check of a JSON text accepts exactly what JSON.parse accepts", () => {
  fc.assert(
    fc.property(
      fc.json(),
      fc.nat(),
      fc.constantFrom("", ",", "}", "]", '"', "1", ":"),
      (json, pointer, extra) => {
        const text =
          json.slice(0, pointer % (json.length + 1)) + extra + json.slice(pointer % (json.length + 1));
        const errors = jsonProblems(text, () => []).filter(({ level }) => level === "error");
        expect(errors.length === 0).toBe(parses(text));
      },
    ),
  );
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
