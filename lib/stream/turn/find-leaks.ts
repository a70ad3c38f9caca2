import { isObject, parseJson } from "./json-read";
import { findLoneClose } from "./lone-close";
import { outsideCode } from "./outside-code";

/**
 * Markup that a server left in an answer: a call, channel tokens, or the end of a thought that has no beginning.
 * `format`: whose markup it is; for a thought the tag.
 */
export type Leak = { readonly kind: "call" | "channel" | "unopened-thought"; readonly format: string };

type Marker = { readonly format: string; readonly marks: readonly (string | RegExp)[] };

/** The formats of servers' and models' own call markup, as they stand in their chat templates. */
const MARKERS: readonly Marker[] = [
  { format: "Gemma", marks: ["<|tool_call>call:", "<start_function_call>call:"] },
  { format: "MiniMax", marks: ["<minimax:tool_call>"] },
  { format: "GLM", marks: ["<arg_key>"] },
  { format: "Qwen3 Coder", marks: ["<function=", "<parameter="] },
  { format: "Hermes", marks: ["<tool_call>"] },
  { format: "Kimi K2", marks: ["<|tool_calls_section_begin|>", "<|tool_call_begin|>"] },
  { format: "Mistral", marks: ["[TOOL_CALLS]"] },
  { format: "DeepSeek", marks: ["<｜tool▁calls▁begin｜>", "<｜tool▁call▁begin｜>"] },
  { format: "DeepSeek DSML", marks: ["<｜DSML｜"] },
  {
    format: "harmony",
    marks: [/<\|channel\|>\s*commentary[^<]*to=/, /\bto=functions\.[^<]{0,200}<\|channel\|>/],
  },
];
/** A list of calls alone on a line, as a model writes it that calls in Python. */
const PYTHONIC = /^[ \t]*\[[A-Za-z_][\w.]{0,99}\([A-Za-z_]\w{0,99}=[^\n]{0,4000}\)\][ \t]*$/m;
const HARMONY_TOKENS = ["<|channel|>", "<|message|>"];
/** Names as they stand in a model's own call markup, around the name of the tool. */
const NAME_MARKERS: readonly Marker[] = [
  { format: "Kimi K2", marks: [/^functions\.[^:]+:\d+$/] },
  { format: "harmony", marks: [/^functions\./, /<\|[a-z]+\|>/] },
  ...MARKERS,
];

/**
 * The markup that a settled text still holds, each format once. Markup in code is what the answer is about and
 * is passed over. The text itself is never changed.
 */
export function findLeaks(text: string): readonly Leak[] {
  if (!mayLeak(text)) return [];
  const plain = outsideCode(text);
  return present([findMarkup(plain) ?? findBareCall(plain) ?? findChannel(plain), findClose(text)]);
}

/** The same of a thought, where a call without markup is only one that the model thinks of. */
export function findThoughtLeaks(text: string): readonly Leak[] {
  if (!mayLeak(text)) return [];
  const plain = outsideCode(text);
  return present([findMarkup(plain) ?? findChannel(plain), findClose(text)]);
}

/** The markup that a server left around the name of a call. */
export function findNameLeak(name: string): Leak | null {
  return markedBy(NAME_MARKERS, name);
}

function present(leaks: readonly (Leak | null)[]): readonly Leak[] {
  return leaks.filter((leak) => leak !== null);
}

function findMarkup(plain: string): Leak | null {
  return markedBy(MARKERS, plain);
}

function markedBy(markers: readonly Marker[], text: string): Leak | null {
  const found = markers.find(({ marks }) => marks.some((mark) => hasMark(text, mark)));
  return found === undefined ? null : { kind: "call", format: found.format };
}

function findBareCall(plain: string): Leak | null {
  if (PYTHONIC.test(plain)) return { kind: "call", format: "Pythonic" };
  return isJsonCall(plain) ? { kind: "call", format: "JSON" } : null;
}

function findChannel(plain: string): Leak | null {
  const has = HARMONY_TOKENS.some((token) => plain.includes(token));
  return has ? { kind: "channel", format: "harmony" } : null;
}

function findClose(text: string): Leak | null {
  const close = findLoneClose(text);
  return close === null ? null : { kind: "unopened-thought", format: close.tag };
}

function mayLeak(text: string): boolean {
  return /[<[{◁]/.test(text);
}

function hasMark(text: string, mark: string | RegExp): boolean {
  return typeof mark === "string" ? text.includes(mark) : mark.test(text);
}

/** The whole text, or a line of it, is a JSON object with a name and arguments and nothing else. */
function isJsonCall(text: string): boolean {
  if (!text.includes('"name"')) return false;
  return [text, ...text.split("\n")].some((piece) => {
    const trimmed = piece.trim();
    if (!trimmed.startsWith("{") || !trimmed.endsWith("}")) return false;
    const value = parseJson(trimmed);
    if (!isObject(value) || Object.keys(value).length !== 2 || typeof value["name"] !== "string")
      return false;
    return isObject(value["arguments"]) || isObject(value["parameters"]);
  });
}
