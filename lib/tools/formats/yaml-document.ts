import { Composer, type CST, type Document, Lexer, LineCounter, Parser } from "yaml";

/** What a text may hold. */
export type YamlOptions = {
  /** Whether the tag `!!binary` gives bytes. */
  readonly readsBytes: boolean;
  /** Words, marks and line ends of the text: more of them take seconds. */
  readonly tokens: number;
  readonly levels: number;
};

/** The message names line and column, counted from 1, where there is a place to name. */
export type YamlDocument =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };

/** One alias may stand for many others: without a bound, ten lines fill all memory. */
const MOST_ALIASES = 200;

/**
 * The value of a text that is one YAML document. Never throws, and bounded before it costs: depth is looked at while
 * the text is cut into tokens, because what builds values from them calls itself, and at the end of its stack V8 may end
 * the whole process.
 */
export function readYamlDocument(text: string, options: YamlOptions): YamlDocument {
  try {
    const lines = new LineCounter();
    const tokens = parseTokens(text, options, lines);
    if (typeof tokens === "string") return { ok: false, message: tokens };
    // Keys are not compared with each other: for each key of a large map that takes as long as the map is.
    const composer = new Composer({
      customTags: options.readsBytes ? ["binary"] : [],
      uniqueKeys: false,
      logLevel: "silent",
    });
    const documents = composer.compose(tokens, true, text.length);
    return valueOf([...documents].at(0), lines);
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

function valueOf(document: Document | undefined, lines: LineCounter): YamlDocument {
  const [error] = document?.errors ?? [];
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    return { ok: false, message: `${error.message} at line ${String(line)}, column ${String(col)}` };
  }
  return { ok: true, value: document?.toJS({ maxAliasCount: MOST_ALIASES }) };
}

/** The document in tokens, or why it is not read. */
function parseTokens(text: string, options: YamlOptions, lines: LineCounter): readonly CST.Token[] | string {
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  let documents = 0;
  let count = 0;
  lines.addNewLine(0);
  const take = (found: Iterable<CST.Token>): void => {
    for (const token of found) {
      if (token.type === "document") documents += 1;
      tokens.push(token);
    }
  };
  for (const lexeme of new Lexer().lex(text)) {
    take(parser.next(lexeme));
    count += 1;
    if (count > options.tokens)
      return `The text has more than ${options.tokens.toLocaleString("en-US")} YAML tokens`;
    if (parser.stack.length > options.levels)
      return `The text is nested more than ${String(options.levels)} levels deep`;
    if (documents > 1) return "The text holds more than one YAML document";
  }
  take(parser.end());
  return documents > 1 ? "The text holds more than one YAML document" : tokens;
}
