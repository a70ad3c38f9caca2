import * as fc from "fast-check";
import { expect, it } from "vitest";

import { parseNumber } from "./parse-number";

it("a number field reads an empty field as not sent", () => {
  expect(parseNumber("  ", { min: 1 })).toEqual({ ok: true, value: null });
});

it("a number field keeps 0, which is not the same as empty", () => {
  expect(parseNumber("0", {})).toEqual({ ok: true, value: 0 });
});

it("a number field accepts a decimal comma, a typographic minus and an exponent", () => {
  expect(parseNumber("0,7", {})).toEqual({ ok: true, value: 0.7 });
  expect(parseNumber("\u22121.5", {})).toEqual({ ok: true, value: -1.5 });
  expect(parseNumber("1e3", { integer: true })).toEqual({ ok: true, value: 1000 });
});

it.each(["abc", "1 2", "0x10", "1.2.3", "--1", "Infinity", "NaN", "1,000.5"])(
  "a number field refuses %s",
  (typed) => {
    expect(parseNumber(typed, {})).toEqual({ ok: false, message: `“${typed}” is not a number.` });
  },
);

it("a number field asks where a comma can part thousands as well as decimals", () => {
  const message = "Write 1000 or 1.000: a comma can mean both.";
  expect(parseNumber("1,000", { integer: true })).toEqual({ ok: false, message });
  expect(parseNumber("0,125", {})).toEqual({ ok: true, value: 0.125 });
  expect(parseNumber("1,0005", {})).toEqual({ ok: true, value: 1.0005 });
});

it("a number field reports which bound was crossed", () => {
  expect(parseNumber("-1", { min: 0 })).toEqual({ ok: false, message: "At least 0." });
  expect(parseNumber("3", { max: 2 })).toEqual({ ok: false, message: "At most 2." });
  expect(parseNumber("1.5", { integer: true })).toEqual({ ok: false, message: "Use a whole number." });
  expect(parseNumber("1e999", {})).toEqual({ ok: false, message: "This number is too large." });
});

it("a number field reads every finite number back as it was written", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(parseNumber(String(value), {})).toEqual({ ok: true, value: Number(String(value)) });
    }),
  );
});
