import { describe, expect, it } from "vitest";

import type { Block, Inline } from "./block";
import { BlockStream } from "./block-stream";
import { lexBlocks } from "./lex-blocks";

const text = (value: string): Inline => ({ type: "text", text: value });
const paragraph = (value: string): Block => ({ type: "paragraph", inlines: [text(value)] });
const item = (...blocks: Block[]) => ({ checked: null, blocks });
const code = (language: string, value: string, closed = true): Block => ({
  type: "code",
  language,
  text: value,
  closed,
});
const list = (loose: boolean, ...items: { checked: boolean | null; blocks: Block[] }[]): Block => ({
  type: "list",
  start: null,
  loose,
  items,
});
const link = (href: string, label: string): Inline => ({
  type: "link",
  href,
  title: null,
  inlines: [text(label)],
});

const EXAMPLES: readonly (readonly [title: string, source: string, blocks: readonly Block[]])[] = [
  [
    "a heading and its text",
    "# One #\ntwo",
    [{ type: "heading", depth: 1, inlines: [text("One")] }, paragraph("two")],
  ],
  ["a setext heading", "One\n===\n", [{ type: "heading", depth: 1, inlines: [text("One")] }]],
  [
    "a setext heading of two lines",
    "One\ntwo\n---",
    [{ type: "heading", depth: 2, inlines: [text("One\ntwo")] }],
  ],
  ["a rule after a blank line", "a\n\n---\n", [paragraph("a"), { type: "rule" }]],
  ["a tight list", "- a\n- b\n", [list(false, item(paragraph("a")), item(paragraph("b")))]],
  [
    "a list that goes on after a blank line",
    "- a\n\n- b",
    [list(true, item(paragraph("a")), item(paragraph("b")))],
  ],
  [
    "an item that goes on after a blank line",
    "- a\n\n  b",
    [list(true, item(paragraph("a"), paragraph("b")))],
  ],
  ["a text that ends a list", "- a\n\nb", [list(false, item(paragraph("a"))), paragraph("b")]],
  ["a lazy line", "- a\nb", [list(false, item(paragraph("a\nb")))]],
  ["a nested list", "- a\n  - b", [list(false, item(paragraph("a"), list(false, item(paragraph("b")))))]],
  [
    "an ordered list that starts at 3",
    "3. a\n4. b",
    [{ type: "list", start: 3, loose: false, items: [item(paragraph("a")), item(paragraph("b"))] }],
  ],
  [
    "tasks",
    "- [x] a\n- [ ] b",
    [list(false, { checked: true, blocks: [paragraph("a")] }, { checked: false, blocks: [paragraph("b")] })],
  ],
  [
    "another bullet, another list",
    "- a\n* b",
    [list(false, item(paragraph("a"))), list(false, item(paragraph("b")))],
  ],
  ["a fence", "```js title\nx\n```", [code("js", "x\n")]],
  ["a fence that never ends", "```\nx", [code("", "x", false)]],
  ["a shorter fence inside a longer one", "````\n```\n````", [code("", "```\n")]],
  ["a fence of the other kind inside", "~~~\n```\n~~~\n", [code("", "```\n")]],
  ["an indented fence", "  ```\n  x\n ```", [code("", "x\n")]],
  ["a fence inside an item", "- a\n  ```\n  x\n  ```", [list(false, item(paragraph("a"), code("", "x\n")))]],
  ["an empty fence line that is code", "```\n``\n```", [code("", "``\n")]],
  ["indented code with a blank line", "    a\n\n    b\n", [code("", "a\n\nb\n")]],
  ["a tab as indent", "\ta\n", [code("", "a\n")]],
  [
    "a quote with a lazy line",
    "> a\nb\n\nc",
    [{ type: "quote", blocks: [paragraph("a\nb")] }, paragraph("c")],
  ],
  [
    "a table right after a text",
    "t\n|a|b|\n|-|:-:|\n|1|2|\n",
    [
      paragraph("t"),
      {
        type: "table",
        align: [null, "center"],
        header: [[text("a")], [text("b")]],
        rows: [[[text("1")], [text("2")]]],
      },
    ],
  ],
  ["HTML as the text it is", "<div>*a*\n</div>", [{ type: "html", text: "<div>*a*\n</div>" }]],
  ["an open comment that swallows the rest", "<!-- a\n\nb", [{ type: "html", text: "<!-- a\n\nb" }]],
  ["a tag inside a line", "a <b>c</b>", [paragraph("a <b>c</b>")]],
  ["entities", "&lt;&copy;&#65;&unknown;", [paragraph("<©A&unknown;")]],
  ["Windows line ends", "a\r\n\r\nb\r", [paragraph("a"), paragraph("b")]],
  [
    "a reference that is explained later",
    "see [a]\n\n[a]: https://e.example\n\nend",
    [{ type: "paragraph", inlines: [text("see "), link("https://e.example/", "a")] }, paragraph("end")],
  ],
  [
    "the first of two definitions",
    "[a]: https://one.example\n[a]: https://two.example\n\n[a]",
    [{ type: "paragraph", inlines: [link("https://one.example/", "a")] }],
  ],
  [
    "a definition with a blank line in its title",
    '[a]: /u "t\n\nu"',
    [paragraph('[a]: /u "t'), paragraph('u"')],
  ],
  [
    "a formula on its own lines",
    "so\n$$\na\n- b\n$$\nend",
    [paragraph("so"), { type: "math", text: "a\n- b" }, paragraph("end")],
  ],
  ["a bracketed formula", "\\[\nx^2\n\\]", [{ type: "math", text: "x^2" }]],
  [
    "formulas inside a line",
    "a $x_1$ and \\(y_1\\)",
    [
      {
        type: "paragraph",
        inlines: [
          text("a "),
          { type: "math", text: "x_1", display: false },
          text(" and "),
          { type: "math", text: "y_1", display: false },
        ],
      },
    ],
  ],
  ["money, which is no formula", "from $5 to $10", [paragraph("from $5 to $10")]],
];

function readByCharacter(source: string): readonly Block[] {
  const stream = new BlockStream();
  for (const character of source) stream.append(character);
  stream.finish();
  return stream.closed;
}

describe("reading Markdown", () => {
  it.each(EXAMPLES)("reads %s at once", (_, source, blocks) => {
    expect(lexBlocks(source)).toEqual(blocks);
  });

  it.each(EXAMPLES)("reads %s character by character", (_, source, blocks) => {
    expect(readByCharacter(source)).toEqual(blocks);
  });
});
