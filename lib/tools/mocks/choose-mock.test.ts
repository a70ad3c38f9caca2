import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Mock, MockResult } from "@/lib/tools/tool";

import { chooseMock, matches } from "./choose-mock";

const said = (output: string): MockResult => ({ output, isError: false });
const failed: MockResult = { output: "No such city.", isError: true };

describe("a mock by arguments", () => {
  const mock: Mock = {
    by: "arguments",
    rules: [
      { when: { city: "Florence*" }, result: said("22 degrees") },
      { when: { city: "Oslo", unit: "F" }, result: said("41 degrees") },
      { when: "*", result: failed },
    ],
  };

  it("gives the first rule that matches, whatever the case of text", () => {
    const given = [{ city: " florence, Italy" }, { city: "OSLO", unit: "f" }, { city: "Oslo" }, {}];
    expect(given.map((args) => chooseMock(mock, args, [])?.rule)).toEqual([1, 2, 3, 3]);
  });

  it("leaves a call to a person where no rule matches", () => {
    expect(chooseMock({ by: "arguments", rules: mock.rules.slice(0, 2) }, { city: "Rome" }, [])).toBeNull();
  });
});

it("compares numbers by value, lists item by item, and nested objects by the rule's own properties", () => {
  expect(matches({ a: 1 }, { a: 1, b: 2 })).toBe(true);
  expect(matches({ a: [1, 2] }, { a: [1, 2, 3] })).toBe(false);
  expect(matches({ at: { city: "*" } }, { at: { city: "Rome", zip: 1 } })).toBe(true);
  expect(matches({ at: { city: "*" } }, { at: "Rome" })).toBe(false);
  expect(matches({ gone: null }, {})).toBe(true);
});

it("matches text against a pattern as a person reads it", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("a", "b", "*"), { maxLength: 8 }),
      fc.string({ unit: fc.constantFrom("a", "b") }),
      (pattern, text) => {
        const expected = new RegExp(`^${pattern.map((each) => (each === "*" ? ".*" : each)).join("")}$`, "u");
        expect(matches(pattern.join(""), text)).toBe(pattern.join("") === "*" || expected.test(text));
      },
    ),
  );
});

describe("a mock by sequence", () => {
  const results = [said("one"), said("two")];
  const at = (after: "last" | "first" | "ask", nth: number) =>
    chooseMock(
      { by: "sequence", results, after },
      {},
      Array.from({ length: nth }, () => ({})),
    )?.result.output ?? null;

  it("gives the nth call of a branch the nth result, and then what was chosen", () => {
    expect([0, 1, 2, 3].map((nth) => at("last", nth))).toEqual(["one", "two", "two", "two"]);
    expect([0, 1, 2, 3].map((nth) => at("first", nth))).toEqual(["one", "two", "one", "two"]);
    expect([0, 1, 2].map((nth) => at("ask", nth))).toEqual(["one", "two", null]);
  });
});

it("a recorded mock gives the results of an earlier run by their arguments, and of equal calls the nth", () => {
  const mock: Mock = {
    by: "recorded",
    from: "a run",
    calls: [
      { args: { city: "Rome" }, result: said("first") },
      { args: { city: "Oslo" }, result: failed },
      { args: { city: "Rome" }, result: said("second") },
    ],
  };
  expect(chooseMock(mock, { city: "Rome" }, [{ city: "Oslo" }])).toEqual({ result: said("first"), rule: 1 });
  expect(chooseMock(mock, { city: "Rome" }, [{ city: "Rome" }])).toEqual({ result: said("second"), rule: 3 });
  expect(chooseMock(mock, { city: "Rome" }, [{ city: "Rome" }, { city: "Rome" }])).toBeNull();
  expect(chooseMock(mock, { city: "Oslo" }, [])).toEqual({ result: failed, rule: 2 });
});
