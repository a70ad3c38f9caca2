/** Text and bytes as YAML that every reader, of version 1.1 or 1.2, gives back unchanged. */
import { toBase64 } from "@/lib/link/base64";
import { exactText } from "@/lib/tape/formats/body-bytes";

/** Characters that YAML does not take as they are, or reads as line ends. */
const ESCAPED = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]/gu;
/** A block may hold only these: no control character, no odd line end, no tab. */
const BLOCK = /^[\n\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u;

/** Text on one line, in double quotes. */
export function quoted(text: string): string {
  // What JSON escapes, YAML reads the same.
  return JSON.stringify(text).replaceAll(
    ESCAPED,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
}

/** Text as a block of lines where that is possible, so that a person can read it; otherwise in quotes. */
export function blockOrQuoted(text: string, indent: string): string {
  if (!text.includes("\n") || !BLOCK.test(text) || /^[\n ]/u.test(text)) return quoted(text);
  const ends = /\n*$/u.exec(text)?.[0].length ?? 0;
  const keep = ends === 0 ? "|-" : ends === 1 ? "|" : "|+";
  const lines = (ends === 0 ? text : text.slice(0, -1)).split("\n");
  return `${keep}\n${lines.map((line) => (line === "" ? "" : indent + line)).join("\n")}`;
}

const BASE64_LINE = 76;

/** A body: as text where it is UTF-8, otherwise as bytes. */
export function bodyScalar(body: Uint8Array, indent: string): string {
  const text = exactText(body);
  if (text !== null) return blockOrQuoted(text, indent);
  const lines = toBase64(body).match(new RegExp(`.{1,${String(BASE64_LINE)}}`, "gu")) ?? [];
  return `!!binary |\n${lines.map((line) => indent + line).join("\n")}`;
}
