/**
 * Text of a program, and the only way to make it: a template whose own words are code and whose holes are values, which
 * a language prints. No value of a request ever becomes code.
 */

const CODE = Symbol("code");

/** Text of a program, already printed. */
export type Code = { readonly [CODE]: string };

/** A JSON value in which code may stand, such as a call that decodes an image. */
export type Value =
  | null
  | boolean
  | number
  | string
  | Code
  | readonly Value[]
  | { readonly [key: string]: Value };

/** A template of one language. */
export type Template = (words: TemplateStringsArray, ...holes: readonly Value[]) => Code;

/** Leaves nothing behind; a line that holds only this is dropped. */
export const NOTHING: Code = { [CODE]: "" };

/** Whether a value is code. */
export function isCode(value: Value): value is Code {
  return typeof value === "object" && value !== null && CODE in value;
}

/** The text of a program, which ends in a line break. */
export function textOf(code: Code): string {
  return `${code[CODE]}\n`;
}

/** Code as one line or more, as it stands. */
export function insideOf(code: Code): string {
  return code[CODE];
}

/** An identifier. Throws for a text that is none: names from a request are made into one first. */
export function nameOf(text: string): Code {
  if (!/^[a-z_]\w*$/i.test(text)) throw new Error(`${JSON.stringify(text)} is no identifier`);
  return { [CODE]: text };
}

/** Words for a comment, which stay on its line whatever they are. */
export function remark(text: string): Code {
  return { [CODE]: text.replaceAll(/[^ -~]/g, "?") };
}

/** These pieces below each other, without those that are nothing. `gap`: empty lines between two. */
export function below(pieces: readonly Code[], gap = 0): Code {
  const texts = pieces.map(insideOf).filter((text) => text !== "");
  return { [CODE]: texts.join("\n".repeat(gap + 1)) };
}

/**
 * Makes the template of a language. The template's own indentation is taken off, and a hole of several lines is indented
 * as the line on which it stands.
 */
export function templateOf(print: (value: Exclude<Value, Code>) => string): Template {
  return (words, ...holes) => {
    const literals = outdented(words);
    let text = "";
    let dropsBreak = false;
    for (const [index, literal] of literals.entries()) {
      text += dropsBreak && literal.startsWith("\n") ? literal.slice(1) : literal;
      const hole = holes[index];
      if (hole === undefined) continue;
      const printed = isCode(hole) ? insideOf(hole) : print(hole);
      const line = text.slice(text.lastIndexOf("\n") + 1);
      dropsBreak = printed === "" && line.trim() === "";
      if (dropsBreak) text = text.slice(0, text.length - line.length);
      const indent = /^ */.exec(line)?.[0] ?? "";
      text += printed.replaceAll(/\n(?!\n|$)/g, `\n${indent}`);
    }
    return { [CODE]: text.trim() };
  };
}

/** The template's words without the indentation that all of its lines share. */
function outdented(words: TemplateStringsArray): readonly string[] {
  // A hole counts as a word of its line.
  const lines = words.join("x").split("\n").slice(1);
  const depths = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const depth = depths.length === 0 ? 0 : Math.min(...depths);
  return words.map((literal) => literal.replaceAll(new RegExp(`\\n {${String(depth)}}`, "g"), "\n"));
}
