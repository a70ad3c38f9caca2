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
const br: Inline = { type: "break" };
const deleted = (value: string): Inline => ({ type: "deleted", inlines: [text(value)] });
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
  [
    "a bracketed formula with blank lines",
    "so\n\n\\[\np = q\n\n+ r\n\\]\n\nend",
    [paragraph("so"), { type: "math", text: "p = q\n+ r" }, paragraph("end")],
  ],
  ["a formula in dollars with a blank line", "$$\na\n\nb\n$$", [{ type: "math", text: "a\nb" }]],
  [
    "a bracket that nothing closes before a fence",
    "\\[\na\n\nb\n\n```\n\\]\n```",
    [paragraph("[\na"), paragraph("b"), code("", "\\]\n")],
  ],
  [
    "a bracket that never closes",
    "\\[\na\n\n# b",
    [paragraph("[\na"), { type: "heading", depth: 1, inlines: [text("b")] }],
  ],
  [
    "a note in escaped brackets",
    "\\[note\\] a\n\nb",
    [
      { type: "paragraph", inlines: [{ type: "math", text: "note", display: true }, text(" a")] },
      paragraph("b"),
    ],
  ],
  ["single tildes as they are", "20~25 and ~/a and ~b~", [paragraph("20~25 and ~/a and ~b~")]],
  [
    "two tildes as deleted",
    "~~a~~ b~~c~~",
    [{ type: "paragraph", inlines: [deleted("a"), text(" b"), deleted("c")] }],
  ],
  [
    "line breaks as tags",
    "a<br>b<BR/>c<br />d `<br>`",
    [
      {
        type: "paragraph",
        inlines: [text("a"), br, text("b"), br, text("c"), br, text("d "), { type: "code", text: "<br>" }],
      },
    ],
  ],
  [
    "a line break alone",
    "a\n\n<br>\n\nb",
    [paragraph("a"), { type: "paragraph", inlines: [br] }, paragraph("b")],
  ],
  ["other tags as text", "H<sub>2</sub>O", [paragraph("H<sub>2</sub>O")]],
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

/** Emphasis and addresses of one paragraph, written short. */
function short(inlines: readonly Inline[]): string {
  const pieces = inlines.map((inline) => {
    if (inline.type === "strong") return `<b>${short(inline.inlines)}</b>`;
    if (inline.type === "emphasis") return `<i>${short(inline.inlines)}</i>`;
    if (inline.type === "deleted") return `<s>${short(inline.inlines)}</s>`;
    if (inline.type === "link") return `<${inline.href}>`;
    return inline.type === "text" || inline.type === "code" ? inline.text : inline.type;
  });
  return pieces.join("");
}

function readShort(source: string): string {
  const [block] = lexBlocks(source);
  return block?.type === "paragraph" ? short(block.inlines) : "";
}

describe("reading emphasis beside punctuation of languages without spaces", () => {
  it.each([
    ["**强调。**后", "<b>强调。</b>后"],
    ["他说**“强调”**。", "他说<b>“强调”</b>。"],
    ["前**（强调）**后", "前<b>（强调）</b>后"],
    ["他**“甲”**和**“乙”**说", "他<b>“甲”</b>和<b>“乙”</b>说"],
    ['**这是"引用"**的', '<b>这是"引用"</b>的'],
    ["**注意：**这里", "<b>注意：</b>这里"],
    ["**Note:**注意", "<b>Note:</b>注意"],
    ["**「日本語」**です", "<b>「日本語」</b>です"],
    ["**한국어(영어)**는", "<b>한국어(영어)</b>는"],
    ["**强调。**after", "<b>强调。</b>after"],
    ["before**「强调」**after", "before<b>「强调」</b>after"],
    ["*强调。*后", "<i>强调。</i>后"],
    ["***强调。***后", "<i><b>强调。</b></i>后"],
    ["这里**`code`**后", "这里<b>code</b>后"],
    ["**强调**。", "<b>强调</b>。"],
    ["_强调_。", "<i>强调</i>。"],
    ["~~删除。~~后", "<s>删除。</s>后"],
    ["前~~（删除）~~后", "前<s>（删除）</s>后"],
    ["他~~“甲”~~和~~“乙”~~说", "他<s>“甲”</s>和<s>“乙”</s>说"],
    ["~~50%~~的", "<s>50%</s>的"],
    ["**~~删除。~~**后", "<b><s>删除。</s></b>后"],
  ])("reads %s", (source, read) => {
    expect(readShort(source)).toBe(read);
  });

  it.each([
    "强调** 。**后",
    "强调**不。 **后",
    "2 * 3。 * 4",
    'a**"b"**c',
    "强调\\*\\*不。\\*\\*后",
    "删~~不。 ~~后",
  ])("leaves %s, which CommonMark leaves", (source) => {
    expect(readShort(source)).toBe(source.replaceAll("\\", ""));
  });
});

describe("a bare address", () => {
  it.each([
    ["见https://e.x/a。后", "见<https://e.x/a>。后"],
    ["（https://e.x/a）后", "（<https://e.x/a>）后"],
    ["“https://e.x/a”", "“<https://e.x/a>”"],
    ["www.e.x/a」b", "<http://www.e.x/a>」b"],
    ["[https://e.x/a]", "[<https://e.x/a>]"],
    ["{https://e.x/a}, b", "{<https://e.x/a>}, b"],
    ["(https://e.x/a_(b))", "(<https://e.x/a_(b)>)"],
    ["https://e.x/a).b", "<https://e.x/a>).b"],
    ["https://e.x/路径，然后", "<https://e.x/%E8%B7%AF%E5%BE%84>，然后"],
  ])("ends where a reader sees its end: %s", (source, read) => {
    expect(readShort(source)).toBe(read);
  });
});
