import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { COMMONMARK } from "./__fixtures__/commonmark-examples";
import { GFM } from "./__fixtures__/gfm-examples";
import type { Block } from "./block";
import { BlockStream } from "./block-stream";
import { lexBlocks } from "./lex-blocks";

function streamed(pieces: readonly string[]): readonly Block[] {
  const stream = new BlockStream();
  for (const piece of pieces) stream.append(piece);
  stream.finish();
  return stream.closed;
}

/** The text in two pieces, for every place between them. */
function everyCut(text: string): readonly (readonly string[])[] {
  return Array.from({ length: text.length + 1 }, (_, at) => [text.slice(0, at), text.slice(at)]);
}

function cutAt(text: string, offsets: readonly number[]): readonly string[] {
  const ends = [...new Set(offsets.map((offset) => offset % (text.length + 1)))].toSorted((a, b) => a - b);
  return [...ends, text.length].map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

const sections = Object.entries({ ...COMMONMARK, ...GFM });

describe.each(sections)("a stream of %s", (_, texts) => {
  it.each(texts)("reads %j as the whole text is read, wherever it is cut", (text) => {
    const whole = lexBlocks(text);
    for (const pieces of everyCut(text)) expect(streamed(pieces)).toEqual(whole);
    expect(streamed(Array.from(text))).toEqual(whole);
  });
});

it("the stream reads any examples one after another as the whole text is read, however it is cut", () => {
  const all = sections.flatMap(([, texts]) => texts);
  const text = fc
    .array(fc.tuple(fc.constantFrom(...all), fc.constantFrom("", "\n", "\n\n")), {
      minLength: 1,
      maxLength: 8,
    })
    .map((parts) => parts.map((part) => part.join("")).join(""));
  const offsets = fc.array(fc.nat(2_000), { maxLength: 30 });
  fc.assert(
    fc.property(text, offsets, (source, cuts) => {
      expect(streamed(cutAt(source, cuts))).toEqual(lexBlocks(source));
    }),
    { numRuns: 2_000 },
  );
});
