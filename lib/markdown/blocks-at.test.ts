import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { blocksAt } from "./blocks-at";
import { lexBlocks } from "./lex-blocks";

const text = "# Rain\n\nIt rains.\nA lot.\n\n- one\n- two\n\n```\ncode\n\nmore\n```\n\nEnd.";
const after = (words: string) => text.indexOf(words) + words.length;

describe("blocksAt", () => {
  it("finds the block in which a statement ends", () => {
    const ends = ["Rain", "It rains.", "A lot.", "one", "two", "more", "End."].map(after);
    expect(blocksAt(text, ends)).toEqual([0, 1, 1, 2, 2, 3, 4]);
  });

  it("gives what lies between blocks to the one before, and what lies outside to the nearest", () => {
    expect(blocksAt(text, [after("Rain") + 2, 0, -5, 10_000])).toEqual([0, 0, 0, 4]);
  });

  it("counts in the text as received, whatever ends its lines", () => {
    const windows = text.replaceAll("\n", "\r\n");
    const ends = ["It rains.", "two", "End."].map((words) => windows.indexOf(words) + words.length);
    expect(blocksAt(windows, ends)).toEqual([1, 2, 4]);
  });

  it("leaves out link definitions, which draw nothing", () => {
    const source = "[a]: https://a.example\n\nSee [a].\n\nBye.";
    expect(blocksAt(source, [10, source.indexOf("."), source.length])).toEqual([0, 0, 1]);
  });

  it("always names a block that there is, and later ones for later offsets", () => {
    const pieces = fc.constantFrom(
      "a",
      "\n",
      "\n\n",
      "\r\n",
      "# ",
      "- ",
      "> ",
      "```",
      "| a |\n|-|\n",
      "[x]: y\n",
    );
    const texts = fc.array(pieces, { maxLength: 20 }).map((list) => list.join(""));
    fc.assert(
      fc.property(texts, fc.array(fc.nat(60)), (source, offsets) => {
        const sorted = offsets.toSorted((a, b) => a - b);
        const blocks = blocksAt(source, sorted);
        expect(blocks).toEqual(blocks.toSorted((a, b) => a - b));
        const last = Math.max(0, lexBlocks(source).length - 1);
        expect(Math.max(0, ...blocks)).toBeLessThanOrEqual(last);
      }),
      { numRuns: 1000 },
    );
  });
});
