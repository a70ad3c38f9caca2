/** Markdown of our own for what GitHub adds to CommonMark, and for the formulas that models write. */
export const GFM: Readonly<Record<string, readonly string[]>> = {
  tables: [
    "| a | b |\n| --- | --- |\n| c | d |\n",
    "a | b\n:-- | --:\nc | d\n\ne\n",
    "| a |\n| - |\n| `x\\|y` |\n| *z* |\n",
    "| a | b |\n| --- |\n| c |\n",
    "| a | b |\n| - | - |\n| c |\n| d | e | f |\n",
    "t\n| a |\n| - |\n> b\n",
    "| a |\n| - |\n\n| b |\n| - |\n",
    "| a |\n|:-:|\n| [l](https://e.x) |\nnot a row\n",
    "| only a header |\n| ------------- |",
  ],
  "task lists": ["- [ ] a\n- [x] b\n", "- [X] a\n  - [ ] b\n", "1. [ ] a\n", "- [ ]\n", "- [y] a\n"],
  strikethrough: ["~~a~~ ~b~\n", "a~~b\nc~~d\n", "~~a\n\nb~~\n", "~~~a~~~\n"],
  "extended autolinks": [
    "www.example.org\n",
    "see https://example.org/a_(b). And http://e.x?q=1&r=2!\n",
    "mail a@b.cd, not a@b\n",
    "https://e.x/*a*b\n",
  ],
  formulas: [
    "$x$ and $$y$$\n",
    "$$\na\n\nb\n$$\n",
    "\\(x\\) \\[y\\]\n",
    "a $5 or $6\n",
    "\\[\nx\n",
    "- $$\n  x\n  $$\n",
    "| $a$ |\n| - |\n| $b|c$ |\n",
  ],
  mixed: [
    "# Plan\n\n1. **One**\n   ```ts\n   let a = 1;\n   ```\n2. Two\n   | a | b |\n   | - | - |\n   | c | d |\n\n> So\n\nEnd [a].\n\n[a]: https://e.x\n",
    "a\r\n\r\n- b\r\n- c\r\n\r\n```\r\nd\r\n```\r\n",
    "- a\n\n  $$\n  x\n  $$\n\n  ~~~\n  y\n  ~~~\n\n- [ ] b\n",
  ],
};
