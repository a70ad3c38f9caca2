import { readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import type { Block, Inline } from "./block";
import { BlockStream } from "./block-stream";
import { lexBlocks } from "./lex-blocks";

const FOLDER = path.join(import.meta.dirname, "../../fixtures/cases");
const NAMES = [
  "br-in-table-cell",
  "details-and-sub-tags",
  "html-and-generics-in-code",
  "multi-line-math",
  "nested-fences",
  "paren-escapes-in-code",
  "rtl-paragraphs",
  "single-tilde-numbers",
  "single-tilde-ranges",
];

function read(name: string): string {
  return readFileSync(path.join(FOLDER, `${name}.md`), "utf8");
}

/** Everything inside blocks that is an inline, in order. */
function inlinesOf(blocks: readonly Block[]): readonly Inline[] {
  return blocks.flatMap((block): readonly Inline[] => {
    if (block.type === "heading" || block.type === "paragraph") return block.inlines.flatMap(withInner);
    if (block.type === "quote") return inlinesOf(block.blocks);
    if (block.type === "list") return block.items.flatMap((item) => inlinesOf(item.blocks));
    if (block.type === "table") return [block.header, ...block.rows].flat(2).flatMap(withInner);
    return [];
  });
}

function withInner(inline: Inline): readonly Inline[] {
  return "inlines" in inline ? [inline, ...inline.inlines.flatMap(withInner)] : [inline];
}

function ofType(name: string, type: Inline["type"]): readonly Inline[] {
  return inlinesOf(lexBlocks(read(name))).filter((inline) => inline.type === type);
}

it.each(NAMES)("the stream reads %s as the lexer reads it whole", (name) => {
  const stream = new BlockStream();
  for (const character of read(name)) stream.append(character);
  stream.finish();
  expect(stream.closed).toEqual(lexBlocks(read(name)));
});

describe("what a model wrote", () => {
  it("is struck through with two tildes only", () => {
    expect(ofType("single-tilde-numbers", "deleted")).toEqual([]);
    expect(ofType("single-tilde-ranges", "deleted")).toEqual([
      { type: "deleted", inlines: [{ type: "text", text: "really gone" }] },
    ]);
  });

  it("has the line breaks of a table cell", () => {
    const [table] = lexBlocks(read("br-in-table-cell"));
    const cell = table?.type === "table" ? table.rows[0]?.[1] : undefined;
    expect(cell).toEqual([
      { type: "text", text: "Open the lid" },
      { type: "break" },
      { type: "text", text: "Remove the filter" },
      { type: "break" },
      { type: "text", text: "Rinse it" },
    ]);
  });

  it("keeps tags as the text they are", () => {
    const blocks = lexBlocks(read("details-and-sub-tags"));
    expect(blocks[0]).toEqual({
      type: "paragraph",
      inlines: [{ type: "text", text: "Water is H<sub>2</sub>O and 10<sup>3</sup>; press <kbd>Ctrl</kbd>." }],
    });
    expect(blocks.filter(({ type }) => type === "html")).toEqual([
      { type: "html", text: "<details>\n<summary>More</summary>" },
      { type: "html", text: "</details>" },
    ]);
  });

  it("has formulas over several lines, with a blank line too", () => {
    const blocks = lexBlocks(read("multi-line-math"));
    expect(blocks.filter(({ type }) => type === "math")).toEqual([
      { type: "math", text: "\\begin{aligned}\na &= b + c \\\\\n  &= d\n\\end{aligned}" },
      { type: "math", text: "\\begin{aligned}\nx &= 1 \\\\\ny &= 2\n\\end{aligned}" },
      { type: "math", text: "p = q\n+ r" },
    ]);
    expect(ofType("multi-line-math", "math").length).toBeGreaterThanOrEqual(2);
  });

  it("ends a fence at the first line that closes it, as CommonMark says", () => {
    const code = lexBlocks(read("nested-fences")).filter((block) => block.type === "code");
    expect(code.map(({ language, text }) => [language, text])).toEqual([
      ["markdown", "# Title\n\n```bash\nnpm start\n"],
      ["", "\nAfter the file.\n"],
    ]);
  });

  it("is left alone inside code", () => {
    expect(ofType("paren-escapes-in-code", "math")).toEqual([]);
    expect(ofType("paren-escapes-in-code", "code")).toEqual([
      { type: "code", text: String.raw`foo = "\(bar\)"` },
    ]);
    const code = lexBlocks(read("html-and-generics-in-code")).filter((block) => block.type === "code");
    expect(code.map(({ text }) => text)).toEqual([
      '<book id="1">\n  <title>A &amp; B</title>\n</book>\n',
      "let v: Vec<Option<&str>> = vec![];\n",
    ]);
  });
});
