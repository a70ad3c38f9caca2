import { describe, expect, it } from "vitest";

import type { Block } from "./block";
import { BlockStream } from "./block-stream";
import { lexBlocks } from "./lex-blocks";
import { lex } from "./lexer";

const SIZES = [30_011, 20_000_000];

/** Reads the text in pieces of each size. */
function streamed(text: string): readonly (readonly Block[])[] {
  return SIZES.map((size) => {
    const stream = new BlockStream();
    for (let at = 0; at < text.length; at += size) stream.append(text.slice(at, at + size));
    stream.finish();
    return stream.closed;
  });
}

/** The text of the blocks that are plain. */
function textOfPlainBlocks(blocks: readonly Block[]): string {
  return blocks.map((block) => (block.type === "plain" ? block.text : "")).join("");
}

/** Fails on one word, as a lexer of regular expressions can on very long texts. */
const failing: typeof lex = (source, links) => {
  if (source.includes("boom")) throw new RangeError("Maximum call stack size exceeded");
  return lex(source, links);
};

const table = (rows: number) =>
  `| a | b |\n|---|--:|\n${Array.from({ length: rows }, (_, i) => `| ${i} | *x* |\n`).join("")}`;

const line = "some words on a line\n";

describe("a block that is too long to be read as Markdown", () => {
  it.each([
    ["one paragraph", line.repeat(60_000).trimEnd()],
    ["one line", "word ".repeat(300_000).trimEnd()],
    ["one line without spaces", "x".repeat(1_500_000)],
    ["one line of emoji", "😀".repeat(600_000)],
    ["a list", "- item\n".repeat(40_000).trimEnd()],
    ["nested items", Array.from({ length: 700 }, (_, i) => `${"  ".repeat(i)}- a`).join("\n")],
    ["a quote", "> said\n".repeat(40_000).trimEnd()],
    [
      "a table of 5,000 columns",
      `|${" a |".repeat(5_000)}\n|${"-|".repeat(5_000)}\n${`|${" x |".repeat(5_000)}\n`.repeat(60)}`.trimEnd(),
    ],
  ])("keeps every character of %s, however it is cut, and reads on after a blank line", (_, long) => {
    const text = `# Title\n\n${long}\n\nThe *end*.`;
    for (const blocks of streamed(text)) {
      expect(blocks.at(0)).toEqual({ type: "heading", depth: 1, inlines: [{ type: "text", text: "Title" }] });
      expect(textOfPlainBlocks(blocks)).toBe(long);
      expect(blocks.at(-1)).toEqual(lexBlocks("The *end*.").at(0));
    }
  });

  it.each([
    ["list", Array.from({ length: 700 }, (_, i) => `${"  ".repeat(i)}- a\n`).join("")],
    ["list on one line", `${"- ".repeat(40)}a\n`.repeat(1_500)],
    ["quote", `${"> ".repeat(40)}a\n`.repeat(1_500)],
  ])("never lexes a long, deeply nested %s in one go", (_, deep) => {
    let longest = 0;
    const stream = new BlockStream((source, links) => {
      longest = Math.max(longest, source.length);
      return lex(source, links);
    });
    stream.append(deep);
    stream.finish();
    expect(textOfPlainBlocks(stream.closed)).toBe(deep);
    expect(longest).toBeLessThanOrEqual(64_000);
  });

  it("keeps a long list with few levels a list", () => {
    const [blocks = []] = streamed("- a\n  - b\n    - c\n".repeat(4_000));
    expect(blocks.map(({ type }) => type)).toEqual(["list"]);
  });

  it("has the same open blocks whether or not they were read along the way", () => {
    const text = `| a |\n|---|\n${"| *x* |\n".repeat(50)}\n- b\n  - c\n\n$$\nx^2\n$$\n\n\`\`\`js\ny\n`;
    const [seen, unseen] = [new BlockStream(), new BlockStream()];
    const looked: number[] = [];
    for (const character of text) {
      seen.append(character);
      unseen.append(character);
      looked.push(seen.open.length);
    }
    expect(looked).toHaveLength(text.length);
    expect(unseen.open).toEqual(seen.open);
    expect(unseen.closed).toEqual(seen.closed);
  });

  it("is cut into the same pieces, however it arrived", () => {
    const [one, two] = streamed(`${line.repeat(60_000)}\n\n${"y".repeat(1_200_000)}`);
    expect(two).toEqual(one);
  });

  it("says once that it is plain", () => {
    const [blocks = []] = streamed(line.repeat(60_000));
    const notes = blocks.flatMap((block) => (block.type === "plain" ? [block.note] : []));
    expect(notes.filter((note) => note !== null)).toEqual([
      "Too long to format, so it is shown as plain text.",
    ]);
    expect(notes[0]).not.toBeNull();
  });

  it("holds for an answer of 16 million characters without a blank line", () => {
    const [, blocks = []] = streamed(`${"word ".repeat(3_199_999)}words`);
    expect(textOfPlainBlocks(blocks).length).toBe(16_000_000);
  });
});

describe("a text that the lexer fails on", () => {
  it("is plain text with a note, and the blocks around it are read", () => {
    const stream = new BlockStream(failing);
    for (const character of "# One\n\na boom\nand *more*\n\n*two*\n") stream.append(character);
    stream.finish();
    expect(stream.closed).toEqual([
      ...lexBlocks("# One"),
      {
        type: "plain",
        text: "a boom\nand *more*",
        note: "Vitrine could not format this part, so it is shown as plain text.",
      },
      ...lexBlocks("*two*"),
    ]);
  });

  it("ends a table whose row it is", () => {
    const stream = new BlockStream(failing);
    for (const character of "| a |\n|---|\n| 1 |\n| boom |\n\nend") stream.append(character);
    stream.finish();
    expect(stream.closed.map(({ type }) => type)).toEqual(["table", "plain", "paragraph"]);
  });
});

describe("a long table", () => {
  it("reads a row once, when its line is complete", () => {
    let characters = 0;
    const stream = new BlockStream((source, links) => {
      characters += source.length;
      return lex(source, links);
    });
    const text = table(5_000);
    for (let at = 0; at < text.length; at += 100) stream.append(text.slice(at, at + 100));
    // Each piece is read once as it stands at the end of the text and once when it is complete, with the table's head.
    expect(characters).toBeLessThan(text.length * 4);
  });

  it("has all its rows, however it arrived", () => {
    const text = `${table(20_000)}\nend [r]\n\n[r]: https://e.example`;
    const [one = [], two] = streamed(text);
    expect(one[0]).toMatchObject({ type: "table", align: [null, "right"] });
    expect(one[0]?.type === "table" && one[0].rows.length).toBe(20_000);
    expect(two).toEqual(one);
  });
});
