import { array, assert, constantFrom, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";

import type { Block } from "./block";
import { BlockStream } from "./block-stream";
import { lexBlocks } from "./lex-blocks";

const PIECES = [
  "\n",
  "\n",
  "\n",
  "\n\n",
  "\n\n",
  " ",
  "  ",
  "    ",
  "\t",
  "\r\n",
  "\r",
  "a",
  "b",
  "word ",
  "1",
  "12",
  "=",
  "===\n",
  "---\n",
  "***",
  "---",
  "- ",
  "* ",
  "+ ",
  "-",
  "1. ",
  "2. ",
  "2) ",
  "10. ",
  "- [ ] ",
  "- [x] ",
  "> ",
  ">",
  ">> ",
  "# ",
  "## ",
  "####### ",
  "#",
  "```",
  "```\n",
  "````\n",
  "~~~\n",
  "```js\n",
  "  ```\n",
  "   - ",
  "  - ",
  "    x\n",
  "`",
  "``",
  "`x`",
  "| a | b |\n",
  "|---|:-:|\n",
  "| 1 | 2 |\n",
  "a | b\n",
  "--|--\n",
  "|",
  "[a]",
  "[a]: /u\n",
  "[a]: https://e.x\n",
  '[a]: https://e.x "t',
  "[b]: <https://f.x>\n",
  "[b]",
  "[a][b]",
  "[a](https://e.x)",
  "![a][b]",
  "![a](https://e.x)",
  "[",
  "]",
  "(",
  ")",
  '"',
  "'t'\n",
  "*",
  "**",
  "_",
  "__",
  "~~",
  "*a*",
  "**b**",
  "\\",
  "\\*",
  "&amp;",
  "&#42;",
  "<",
  ">",
  "<b>",
  "</b>",
  "<a href=x>",
  "<div>",
  "</div>\n",
  "<div>\n",
  "<!--",
  "-->",
  "<script>",
  "</script>\n",
  "<?",
  "?>",
  "<![CDATA[",
  "]]>",
  "<pre>\n",
  "</pre>",
  "$",
  "$$",
  "$$\n",
  "$x$",
  "$$x$$",
  "\\(",
  "\\)",
  "\\[",
  "\\]",
  "\\[\n",
  "so \\[\n",
  "https://e.x ",
  "https://e.x/a）",
  "**强。**",
  "（",
  "后",
  "~",
  "<br>",
  "<br>\n",
  "\\]\n",
  "$$\n\n",
  "www.e.x",
  "a@b.c ",
  "!",
  "é",
  "😀",
];

const nasty = array(constantFrom(...PIECES), { minLength: 1, maxLength: 24 }).map((pieces) =>
  pieces.join(""),
);

function stream(chunks: readonly string[]): {
  closed: readonly Block[];
  frozen: readonly (readonly Block[])[];
} {
  const blocks = new BlockStream();
  const frozen: Block[][] = [];
  for (const chunk of chunks) {
    blocks.append(chunk);
    frozen.push([...blocks.closed]);
  }
  blocks.finish();
  return { closed: blocks.closed, frozen };
}

function cut(text: string, sizes: readonly number[]): string[] {
  const chunks: string[] = [];
  let at = 0;
  for (let turn = 0; at < text.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    chunks.push(text.slice(at, at + size));
    at += size;
  }
  return chunks;
}

describe("BlockStream", () => {
  it("ends equal to the whole text's reading, however the text is cut", () => {
    assert(
      property(nasty, array(integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }), (text, sizes) => {
        expect(stream(cut(text, sizes)).closed).toEqual(lexBlocks(text));
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    "| 1 | 2 |\n--|--\n\t\n",
    "| 1 | 2 |\n--|--\n\t\n\t\n",
    "| 1 | 2 |\n--|--\n\t\n| c | d |\n",
    "| 1 | 2 |\n--|--\n| a | b |\n\t\n",
    "| 1 | 2 |\n--|--\n\t\n\nText",
  ])("counts a table's rows without text as the whole text's reading does: %j", (text) => {
    expect(stream(cut(text, [1])).closed).toEqual(lexBlocks(text));
  });

  it.each(["\\[\n-\n\n\\]\n\n", "$$a | b\n--|--\n$$\n\n\n"])(
    "waits for the end of a formula whose lines read as something else until then: %j",
    (text) => {
      expect(stream(cut(text, [1])).closed).toEqual(lexBlocks(text));
    },
  );

  it("never changes a closed block but to explain its references", () => {
    const withoutReferences = nasty.map((text) => text.replaceAll("]:", "]"));
    assert(
      property(
        withoutReferences,
        array(integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
        (text, sizes) => {
          const { closed, frozen } = stream(cut(text, sizes));
          for (const before of frozen) {
            expect(before.every((block, index) => block === closed[index])).toBe(true);
          }
        },
      ),
    );
  });

  it("shows the open block while it grows", () => {
    const blocks = new BlockStream();
    blocks.append("```js\nlet a");
    expect(blocks.open).toEqual([{ type: "code", language: "js", text: "let a", closed: false }]);
  });

  it.each([
    ["The bound is \\[\na = b\n\nc = d\n\\]\nand so on.", "a = b\nc = d"],
    ["1. So \\[\n   a\n\n   b\n   \\]\n2. More", "a\nb"],
    ["It is \\[\n\na\n\\]\n", "a"],
  ])("reads a formula with a blank line whose opener ends a line of text: %j", (source, formula) => {
    const { closed } = stream(cut(source, [1]));
    expect(closed).toEqual(lexBlocks(source));
    expect(JSON.stringify(closed)).toContain(JSON.stringify({ type: "math", text: formula }));
  });

  it("shows a formula as one from its opener on, also over a blank line", () => {
    const blocks = new BlockStream();
    const shown = ["So\n\n\\[", "\np = q\n", "\n+ r\n", "\\]", "\n\nend"].map((piece) => {
      blocks.append(piece);
      return [...blocks.closed, ...blocks.open].slice(1);
    });
    expect(shown.slice(0, 3)).toEqual([
      [{ type: "math", text: "", open: true }],
      [{ type: "math", text: "p = q", open: true }],
      [{ type: "math", text: "p = q\n\n+ r", open: true }],
    ]);
    expect(shown[3]).toEqual([{ type: "math", text: "p = q\n+ r" }]);
  });

  it("holds a line back that may become the closing fence", () => {
    const blocks = new BlockStream();
    blocks.append("```\na\n``");
    expect(blocks.open).toEqual([{ type: "code", language: "", text: "a\n", closed: false }]);
  });

  it("counts up when a definition explains a closed block", () => {
    const blocks = new BlockStream();
    blocks.append("[a]\n\n");
    const before = blocks.revision;
    blocks.append("[a]: https://e.example\n\nb");
    expect(blocks.revision).toBe(before + 1);
  });

  it.each([
    ["stars", "*".repeat(50_000)],
    ["brackets", "[".repeat(100_000)],
    ["parentheses", "(".repeat(100_000)],
    ["quote marks", ">".repeat(100_000)],
    ["link openings", "[a](".repeat(25_000)],
    ["formula openings", "\\[\n".repeat(30_000)],
    ["definitions", "[a]: /u\n".repeat(5_000)],
    ["one long line", "x".repeat(100_000)],
  ])("reads a flood of %s to its end without losing any of it", (_, text) => {
    expect(stream(cut(text, [4_096])).closed).toEqual(lexBlocks(text));
  });
});
