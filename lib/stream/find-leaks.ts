import { isObject, parseJson } from "./json-read";
import { findLoneClose } from "./lone-close";
import { outsideCode } from "./outside-code";

/**
 * Markup that a server left in the text of an answer: a call, channel tokens, or the end of a thought that has no
 * beginning. `format`: whose markup it is; for a thought the tag.
 */
export type Leak = { readonly kind: "call" | "channel" | "unopened-thought"; readonly format: string };

type Marker = Leak & { readonly marks: readonly (string | RegExp)[] };

/** The formats of servers' and models' own call markup, as they stand in their chat templates. */
const MARKERS: readonly Marker[] = [
  { kind: "call", format: "Gemma", marks: ["<|tool_call>call:", "<start_function_call>call:"] },
  { kind: "call", format: "MiniMax", marks: ["<minimax:tool_call>"] },
  { kind: "call", format: "GLM", marks: ["<arg_key>"] },
  { kind: "call", format: "Qwen3 Coder", marks: ["<function=", "<parameter="] },
  { kind: "call", format: "Hermes", marks: ["<tool_call>"] },
  { kind: "call", format: "Kimi K2", marks: ["<|tool_calls_section_begin|>", "<|tool_call_begin|>"] },
  { kind: "call", format: "Mistral", marks: ["[TOOL_CALLS]"] },
  { kind: "call", format: "DeepSeek", marks: ["<｜tool▁calls▁begin｜>", "<｜tool▁call▁begin｜>"] },
  { kind: "call", format: "DeepSeek DSML", marks: ["<｜DSML｜"] },
  {
    kind: "call",
    format: "harmony",
    marks: [/<\|channel\|>\s*commentary[^<]*to=/, /\bto=functions\.[^<]{0,200}<\|channel\|>/],
  },
  {
    kind: "call",
    format: "Pythonic",
    marks: [/^[ \t]*\[[A-Za-z_][\w.]{0,99}\([A-Za-z_]\w{0,99}=[^\n]{0,4000}\)\][ \t]*$/m],
  },
];
const HARMONY_TOKENS = ["<|channel|>", "<|message|>"];

/**
 * The markup that a settled text still holds, each format once. Markup in code is what the answer is about and
 * is passed over. The text itself is never changed.
 */
export function findLeaks(text: string): readonly Leak[] {
  if (!mayLeak(text)) return [];
  const plain = outsideCode(text);
  const leaks: Leak[] = [];
  const call = MARKERS.find(({ marks }) => marks.some((mark) => hasMark(plain, mark)));
  if (call !== undefined) leaks.push({ kind: call.kind, format: call.format });
  else if (isJsonCall(plain)) leaks.push({ kind: "call", format: "JSON" });
  else if (HARMONY_TOKENS.some((token) => plain.includes(token)))
    leaks.push({ kind: "channel", format: "harmony" });
  const close = findLoneClose(text);
  if (close !== null) leaks.push({ kind: "unopened-thought", format: close.tag });
  return leaks;
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
