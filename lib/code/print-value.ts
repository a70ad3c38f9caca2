import { insideOf, isCode, type Code, type Value } from "./code";

/** How a language writes values. */
export type Language = {
  readonly indent: string;
  readonly words: { readonly null: string; readonly true: string; readonly false: string };
  /** A character beyond the basic plane, by its number. */
  readonly escapeFar: (point: number) => string;
  readonly key: (name: string, quoted: string) => string;
  /** A text of several lines from its quoted lines. */
  readonly joinLines: (lines: readonly string[], indent: string) => string;
  /** What stands between the braces of an object and its fields on one line. */
  readonly pad: string;
  /** Whether `<\/` stands for `</`. */
  readonly escapesSlash: boolean;
};

/** Characters of a value on one line. */
const WIDTH = 80;

/** A value as a literal of the language. Lines after the first are indented on their own. */
export function printValue(value: Value, language: Language): string {
  const line = onOneLine(value, language);
  if (line !== null && line.length <= WIDTH) return line;
  if (typeof value === "string") return printLines(value, language) ?? quote(value, language);
  if (typeof value !== "object" || value === null || isCode(value)) return line ?? "";
  const indented = (text: string): string =>
    `${language.indent}${text.replaceAll("\n", `\n${language.indent}`)}`;
  if (isList(value))
    return `[\n${value.map((item) => `${indented(printValue(item, language))},\n`).join("")}]`;
  const fields = Object.entries(value).map(
    ([name, field]) => `${indented(`${keyOf(name, language)}: ${printValue(field, language)}`)},\n`,
  );
  return `{\n${fields.join("")}}`;
}

/** null where it takes several lines. */
function onOneLine(value: Value, language: Language): string | null {
  if (typeof value === "string") return value.length > WIDTH ? null : quote(value, language);
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? language.words.true : language.words.false;
  if (value === null) return language.words.null;
  if (isCode(value)) return codeLine(value);
  const items: string[] = [];
  let length = 0;
  for (const [name, item] of Object.entries(value)) {
    const printed = onOneLine(item, language);
    if (printed === null) return null;
    const text = isList(value) ? printed : `${keyOf(name, language)}: ${printed}`;
    length += text.length;
    // Long before a deep value has been printed once for each of its levels.
    if (length > WIDTH) return null;
    items.push(text);
  }
  if (isList(value)) return `[${items.join(", ")}]`;
  return items.length === 0 ? "{}" : `{${language.pad}${items.join(", ")}${language.pad}}`;
}

function codeLine(code: Code): string | null {
  const text = insideOf(code);
  return text.includes("\n") ? null : text;
}

function keyOf(name: string, language: Language): string {
  return language.key(name, quote(name, language));
}

function printLines(text: string, language: Language): string | null {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  if (lines.length < 2) return null;
  return language.joinLines(
    lines.map((line) => quote(line, language)),
    language.indent,
  );
}

/** What a reader cannot see, or would see in another place than where it stands: controls, marks, odd spaces, halves. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** A text between double quotes. All escapes of JSON mean the same in the languages written here. */
function quote(text: string, { escapeFar, escapesSlash }: Language): string {
  const quoted = escapeUnseen(JSON.stringify(text), escapeFar);
  return escapesSlash ? quoted.replaceAll("</", String.raw`<\/`) : quoted;
}

/** The text of a quoted string with an escape for each character that a reader cannot see. */
export function escapeUnseen(text: string, escapeFar: Language["escapeFar"]): string {
  return text.replaceAll(UNSEEN, (character) => {
    const point = character.codePointAt(0) ?? 0;
    return point > 0xff_ff ? escapeFar(point) : `\\u${point.toString(16).padStart(4, "0")}`;
  });
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
