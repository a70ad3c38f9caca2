import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Json } from "./json";
import { inexactNumbers, numberAsWritten, readWritten } from "./written-json";

/** The value with its numbers as texts. */
function shown(value: Json | undefined): unknown {
  if (typeof value === "string") return numberAsWritten(value) ?? `"${value}"`;
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, shown(child)]));
  return String(value);
}

describe("numbers", () => {
  it.each([
    "7960607143101464576",
    "7960607143101464577",
    "1e400",
    "-1E400",
    "1.50",
    "-0",
    "1E5",
    "0.1",
    "0",
    "-12.5e-7",
  ])("stay as they were written: %s", (number) => {
    expect(shown(readWritten(`{"a": [${number}], "b": ${number}}`))).toEqual({ a: [number], b: number });
  });

  it("inside texts are texts", () => {
    expect(shown(readWritten(String.raw`{"a 1.50": "1.50 \" 7960607143101464577"}`))).toEqual({
      "a 1.50": '"1.50 " 7960607143101464577"',
    });
  });

  it("are told apart where another number would go on in their place", () => {
    const text =
      '{"a":7960607143101464577,"b":1e400,"c":1.50,"d":0.1,"e":1E5,"f":9007199254740993,"g":"1e400","h":-0.000}';
    expect(inexactNumbers(text)).toEqual(["7960607143101464577", "1e400", "9007199254740993"]);
  });
});

it("the reader of JSON accepts whatever JSON.stringify writes and returns what JSON.parse returns", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(shown(readWritten(text))).toEqual(shown(JSON.parse(text)));
    }),
  );
});

it("the reader of JSON accepts no more than JSON", () => {
  expect(["", "01", "{", "1 2", "NaN", "-"].map(readWritten)).toEqual(
    Array.from({ length: 6 }, () => undefined),
  );
});
