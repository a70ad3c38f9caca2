import { Lexer, type Links, Marked, type Token, Tokenizer, type TokensList } from "marked";

import { bareUrlLength } from "./bare-url";
import { maskCjkMarks, opensBesideCjk } from "./cjk-emphasis";
import { readFence } from "./fence";
import { LONGEST_INLINE, MOST_COLUMNS } from "./limits";
import { displayMath, formulaAtLineEnd, inlineMath, maskMath } from "./math-syntax";

/** Deepest nesting of quotes, lists and emphasis that is read; below it text stays text. */
const DEEPEST = 24;
/** Most delimiters in a line of text that is searched for emphasis and links. */
const MOST_DELIMITERS = 2_000;

const BREAK_BLOCK = /^ {0,3}<br\s*\/?>/i;
const BLANK_LINE = /\n[ \t]*\n/;
const DELIMITERS = /[\\[\]()*_`~<!$&@\n]/g;

const markdown = new Marked({ gfm: true });
markdown.use({
  extensions: [displayMath, inlineMath],
  hooks: { emStrongMask: (source) => maskCjkMarks(maskMath(source)) },
  tokenizer: {
    // CommonMark's fences, by the same rules as the stream's fast path.
    fences(source) {
      const block = readFence(source);
      return block
        ? {
            type: "code",
            raw: source.slice(0, block.length),
            lang: block.fence.language,
            text: block.text,
            closed: block.closed,
          }
        : undefined;
    },
    // A definition never holds a blank line (CommonMark); marked reads titles and labels across one.
    def(source) {
      const definition = Tokenizer.prototype.def.call(this, source);
      const blank = definition ? definition.raw.search(BLANK_LINE) : -1;
      return blank < 0 ? definition : Tokenizer.prototype.def.call(this, source.slice(0, blank + 1));
    },
    // A table of very many columns stays text: nobody can read it as a table, and its cells would hold up the page.
    table(source) {
      const line = source.slice(0, Math.max(0, source.indexOf("\n")));
      return line.split("|", MOST_COLUMNS + 3).length > MOST_COLUMNS + 2 ? undefined : false;
    },
    // The text of an item of a list, line by line, which no formula of its own would cut.
    text(source) {
      const raw = source.slice(0, Math.max(0, formulaAtLineEnd(source)));
      return raw === "" ? false : { type: "text", raw, text: raw, tokens: this.lexer.inline(raw) };
    },
    // One tilde says "about" or "home": only two strike through.
    del(source, masked, before) {
      if (!source.startsWith("~~")) return undefined;
      const isBesideCjk = opensBesideCjk(source, textBefore(source, masked));
      return Tokenizer.prototype.del.call(this, source, masked, isBesideCjk ? "" : before);
    },
    emStrong(source, masked, before) {
      const isBesideCjk = opensBesideCjk(source, textBefore(source, masked));
      return Tokenizer.prototype.emStrong.call(this, source, masked, isBesideCjk ? "" : before);
    },
    url(source) {
      const link = Tokenizer.prototype.url.call(this, source);
      if (link === undefined || link.href.startsWith("mailto:")) return link;
      const raw = link.raw.slice(0, bareUrlLength(link.raw));
      if (raw === link.raw) return link;
      const href = link.href.slice(0, link.href.length - (link.raw.length - raw.length));
      return { ...link, raw, text: raw, href, tokens: [{ type: "text", raw, text: raw }] };
    },
    // HTML is only text here, so a tag must not change how what follows is read, least of all in a later block. A line
    // break is the one tag that is more: tables have no other.
    html(source) {
      return BREAK_BLOCK.test(source) ? undefined : false;
    },
    tag(source) {
      const tag = source.startsWith("<") ? this.rules.inline.tag.exec(source)?.[0] : undefined;
      return tag === undefined
        ? undefined
        : { type: "html", raw: tag, text: tag, block: false, inLink: false, inRawBlock: false };
    },
  },
});

/** The last character or two of what stands before `source` in its line. */
function textBefore(source: string, masked: string): string {
  const start = masked.length - source.length;
  return masked.slice(Math.max(0, start - 2), start);
}

/** marked's lexer with limits, so that hostile text costs time in proportion to its length. */
class BoundedLexer extends Lexer {
  #depth = 0;

  override blockTokens(source: string, tokens?: Token[], clipped?: boolean): Token[];
  override blockTokens(source: string, tokens?: TokensList, clipped?: boolean): TokensList;
  override blockTokens(source: string, tokens: Token[] = [], clipped = false): Token[] {
    if (this.#depth >= DEEPEST) {
      tokens.push({
        type: "paragraph",
        raw: source,
        text: source,
        tokens: [{ type: "text", raw: source, text: source }],
      });
      return tokens;
    }
    this.#depth += 1;
    try {
      return super.blockTokens(source, tokens, clipped);
    } finally {
      this.#depth -= 1;
    }
  }

  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    if (this.#depth >= DEEPEST || isTooDense(source)) {
      tokens.push({ type: "text", raw: source, text: source });
      return tokens;
    }
    this.#depth += 1;
    try {
      return super.inlineTokens(source, tokens);
    } finally {
      this.#depth -= 1;
    }
  }
}

function isTooDense(source: string): boolean {
  if (source.length > LONGEST_INLINE) {
    return true;
  }
  return source.length > MOST_DELIMITERS && (source.match(DELIMITERS)?.length ?? 0) > MOST_DELIMITERS;
}

/** Tokens of `source`, whose line ends are "\n", and the definitions known after it. `links` is not changed. */
export function lex(
  source: string,
  links: Links,
): { readonly tokens: readonly Token[]; readonly links: Links } {
  const lexer = new BoundedLexer(markdown.defaults);
  lexer.tokens.links = Object.assign(Object.create(null), links);
  const tokens = lexer.lex(source);
  return { tokens, links: tokens.links };
}
