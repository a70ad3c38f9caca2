import { templateOf } from "./code";
import { escapeUnseen, type Language, printValue } from "./print-value";

const PYTHON: Language = {
  indent: "    ",
  words: { null: "None", true: "True", false: "False" },
  escapeFar: (point) => `\\U${point.toString(16).padStart(8, "0")}`,
  key: (_, quoted) => quoted,
  joinLines: (lines, indent) => `(\n${lines.map((line) => `${indent}${line}\n`).join("")})`,
  pad: "",
  escapesSlash: false,
};

const TYPESCRIPT: Language = {
  indent: "  ",
  words: { null: "null", true: "true", false: "false" },
  escapeFar: pairOf,
  key: (name, quoted) => {
    // Bare or quoted, this one would set the prototype.
    if (name === "__proto__") return `[${quoted}]`;
    return /^[a-z_$][\w$]*$/i.test(name) ? name : quoted;
  },
  joinLines: (lines, indent) => lines.join(` +\n${indent}`),
  pad: " ",
  escapesSlash: true,
};

/** Code in Python. */
export const python = templateOf((value) => printValue(value, PYTHON));

/** Code in TypeScript. */
export const typescript = templateOf((value) => printValue(value, TYPESCRIPT));

/** Code for a POSIX shell: a hole is one word, between single quotes. */
export const shell = templateOf((value) => {
  if (typeof value !== "string") throw new Error("a word of a shell is a text");
  return `'${value.replaceAll("'", String.raw`'\''`)}'`;
});

/** JSON as code: a hole is a JSON text. */
export const jsonLines = templateOf((value) => {
  if (typeof value !== "string") throw new Error("a JSON text is a text");
  return visibleJson(value);
});

/** JSON text in which every character can be seen, with the same meaning. */
function visibleJson(json: string): string {
  return json.replaceAll(/"(?:[^"\\]|\\.)*"/gs, (text) => escapeUnseen(text, pairOf));
}

function pairOf(point: number): string {
  return Array.from({ length: 2 }, (_, index) => {
    const unit = String.fromCodePoint(point).charCodeAt(index);
    return `\\u${unit.toString(16).padStart(4, "0")}`;
  }).join("");
}
