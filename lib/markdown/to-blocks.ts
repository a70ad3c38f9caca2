import type { Token, Tokens } from "marked";

import type { Block, Inline, ListItem, TableRow } from "./block";
import { decodeEntities } from "./entities";
import { LONGEST_INLINE } from "./limits";
import { plainPieces } from "./plain-reader";
import { inlineText } from "./plain-text";
import { imageSource, safeLink } from "./safe-url";

/** Turns the lexer's block tokens into blocks; blank lines and link definitions vanish. */
export function toBlocks(tokens: readonly Token[]): Block[] {
  return tokens.flatMap(blocksOf);
}

/** The blocks that a token stands for: none, one, or the pieces of a text that is too long for one. */
export function blocksOf(token: Token): readonly Block[] {
  if (token.raw.length > LONGEST_INLINE && TEXTS.has(token.type))
    return plainPieces(token.raw.trimEnd(), null);
  const block = toBlock(token);
  return block === null ? [] : [block];
}

/** Tokens whose text is not searched for emphasis and links once it is very long. They are laid out in pieces. */
const TEXTS: ReadonlySet<string> = new Set(["paragraph", "heading", "text", "html"]);

const BREAK = /^<br\s*\/?>$/i;

/** The block that a token stands for, or null for one that draws nothing. */
export function toBlock(token: Token): Block | null {
  if (token.type === "displayMath") {
    return { type: "math", text: String(token["text"]) };
  }
  if (!isBlock(token)) {
    return { type: "paragraph", inlines: [{ type: "text", text: token.raw }] };
  }
  switch (token.type) {
    case "heading":
      return { type: "heading", depth: depthOf(token.depth), inlines: toInlines(token.tokens) };
    case "paragraph":
      return { type: "paragraph", inlines: toInlines(token.tokens) };
    case "text":
      return {
        type: "paragraph",
        inlines: token.tokens ? toInlines(token.tokens) : [{ type: "text", text: token.text }],
      };
    case "code":
      return codeBlock(token);
    case "blockquote":
      return { type: "quote", blocks: toBlocks(token.tokens) };
    case "list":
      return {
        type: "list",
        start: typeof token.start === "number" ? token.start : null,
        loose: token.loose,
        items: token.items.map(toItem),
      };
    case "table":
      return {
        type: "table",
        align: token.align,
        header: toRow(token.header),
        rows: token.rows.map(toRow),
      };
    case "html":
      return { type: "html", text: token.text };
    case "hr":
      return { type: "rule" };
    case "space":
    case "def":
    case "checkbox":
      return null;
  }
}

function codeBlock(token: Tokens.Code): Block {
  if (token.codeBlockStyle === "indented") {
    return {
      type: "code",
      language: "",
      text: token.text.endsWith("\n") ? token.text : `${token.text}\n`,
      closed: true,
    };
  }
  const closed = "closed" in token && token.closed === true;
  return { type: "code", language: token.lang ?? "", text: token.text, closed };
}

/** One item of a list token. */
export function toItem(item: Tokens.ListItem): ListItem {
  return { checked: item.task ? item.checked === true : null, blocks: toBlocks(item.tokens) };
}

/** One row of a table token. */
export function toRow(cells: readonly Tokens.TableCell[]): TableRow {
  return cells.map((cell) => toInlines(cell.tokens));
}

function toInlines(tokens: readonly Token[]): Inline[] {
  const inlines: Inline[] = [];
  for (const token of tokens) {
    const inline = toInline(token);
    const last = inlines.at(-1);
    if (inline?.type === "text" && last?.type === "text") {
      inlines[inlines.length - 1] = { type: "text", text: last.text + inline.text };
    } else if (inline) {
      inlines.push(inline);
    }
  }
  return inlines;
}

function toInline(token: Token): Inline | null {
  if (token.type === "inlineMath") {
    return { type: "math", text: String(token["text"]), display: token["display"] === true };
  }
  if (!isInline(token)) {
    return { type: "text", text: token.raw };
  }
  switch (token.type) {
    case "strong":
      return { type: "strong", inlines: toInlines(token.tokens) };
    case "em":
      return { type: "emphasis", inlines: toInlines(token.tokens) };
    case "del":
      return { type: "deleted", inlines: toInlines(token.tokens) };
    case "codespan":
      return { type: "code", text: token.text };
    case "br":
      return { type: "break" };
    case "checkbox":
      return null;
    case "link":
      return link(token);
    case "image":
      return {
        type: "image",
        source: imageSource(decodeEntities(token.href)),
        alt: inlineText(toInlines(token.tokens)),
        title: token.title ? decodeEntities(token.title) : null,
      };
    case "html":
      return BREAK.test(token.text) ? { type: "break" } : { type: "text", text: token.text };
    case "escape":
      return { type: "text", text: token.text };
    case "text":
      return { type: "text", text: decodeEntities(token.text) };
  }
}

function link(token: Tokens.Link): Inline {
  const written = token.autolink === true ? token.href : decodeEntities(token.href);
  const href = safeLink(written);
  const inlines: Inline[] =
    token.autolink === true ? [{ type: "text", text: token.text }] : toInlines(token.tokens);
  if (href !== null) {
    return { type: "link", href, title: token.title ? decodeEntities(token.title) : null, inlines };
  }
  // What cannot be opened is shown as it was written, so that nothing of the answer is hidden.
  return { type: "text", text: token.raw };
}

type BlockToken =
  | Tokens.Blockquote
  | Tokens.Code
  | Tokens.Def
  | Tokens.Heading
  | Tokens.Hr
  | Tokens.HTML
  | Tokens.List
  | Tokens.Paragraph
  | Tokens.Space
  | Tokens.Table
  | Tokens.Text
  | Tokens.Checkbox;

type InlineToken =
  | Tokens.Br
  | Tokens.Checkbox
  | Tokens.Codespan
  | Tokens.Del
  | Tokens.Em
  | Tokens.Escape
  | Tokens.Image
  | Tokens.Link
  | Tokens.Strong
  | Tokens.Tag
  | Tokens.Text;

const BLOCKS: ReadonlySet<string> = new Set<BlockToken["type"]>([
  "blockquote",
  "checkbox",
  "code",
  "def",
  "heading",
  "hr",
  "html",
  "list",
  "paragraph",
  "space",
  "table",
  "text",
]);

const INLINES: ReadonlySet<string> = new Set<InlineToken["type"]>([
  "br",
  "checkbox",
  "codespan",
  "del",
  "em",
  "escape",
  "html",
  "image",
  "link",
  "strong",
  "text",
]);

function isBlock(token: Token): token is BlockToken {
  return BLOCKS.has(token.type);
}

function isInline(token: Token): token is InlineToken {
  return INLINES.has(token.type);
}

function depthOf(depth: number): 1 | 2 | 3 | 4 | 5 | 6 {
  switch (depth) {
    case 1:
    case 2:
    case 3:
    case 4:
    case 5:
      return depth;
    default:
      return 6;
  }
}
