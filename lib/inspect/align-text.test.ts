import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { alignTexts, drawnRange, sourceRange } from "./align-text";

/** What of the source each drawn word came from, where it came from any. */
const pairs = (source: string, drawn: string) => {
  const places = alignTexts(source, drawn);
  return Array.from(drawn.matchAll(/\S+/gu), ({ 0: word, index }) => {
    const range = sourceRange(places, { from: index, to: index + word.length });
    return [word, range === null ? null : source.slice(range.from, range.to)];
  });
};

describe("a drawn text", () => {
  it("lies in its source character by character where both are the same", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const places = alignTexts(text, text);
        expect([...places.entries()].filter(([index, place]) => place !== -1 && place !== index)).toEqual([]);
        // Nothing but white space is without a place.
        const without = [...places.entries()].filter(([, place]) => place === -1);
        expect(
          without
            .map(([index]) => text.charAt(index))
            .join("")
            .trim(),
        ).toBe("");
      }),
    );
  });

  it("never runs backwards, whatever it is", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "b", " ", "*", "1") }),
        fc.string({ unit: fc.constantFrom("a", "b", " ", "1") }),
        (source, drawn) => {
          const known = [...alignTexts(source, drawn)].filter((place) => place >= 0);
          expect(known).toEqual(known.toSorted((one, other) => one - other));
        },
      ),
    );
  });

  it("is found behind its markup", () => {
    expect(
      pairs("## The **bo**ld [link](https://example.org/the/link) & `code`", "The bo ld link & code"),
    ).toEqual([
      ["The", "The"],
      ["bo", "bo"],
      ["ld", "ld"],
      ["link", "link"],
      ["&", "&"],
      ["code", "code"],
    ]);
  });

  it("may hold words that are not in its source", () => {
    expect(pairs("one two\n\nthree two", "one Copy two 7 three two")).toEqual([
      ["one", "one"],
      ["Copy", null],
      ["two", "two"],
      ["7", null],
      ["three", "three"],
      ["two", "two"],
    ]);
  });
});

it("a stretch of the source is found in the drawn text and the other way round", () => {
  const places = alignTexts("a **b** c", "a b c");
  expect(drawnRange(places, { from: 2, to: 7 })).toEqual({ from: 2, to: 3 });
  expect(drawnRange(places, { from: 2, to: 4 })).toBeNull();
  expect(sourceRange(places, { from: 0, to: 3 })).toEqual({ from: 0, to: 5 });
  expect(sourceRange(places, { from: 1, to: 2 })).toBeNull();
});
