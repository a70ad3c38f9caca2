/** The calls in what a model wrote, before a server took them out. */
import { findLeaks, findThoughtLeaks } from "@/lib/stream/turn/find-leaks";
import type { Json } from "@/lib/stream/turn/json";
import { isList, isObject, parseJson, textAt, writeJson } from "@/lib/stream/turn/json-read";
import type { Blame } from "@/lib/verify/trial";

/** `input`: the arguments as JSON text; null where the format does not write them as JSON, or they are not whole. */
export type WrittenCall = { readonly name: string; readonly input: string | null };

const JSON_BLOCKS = [
  /<tool_call>\s*(\{.*?\})\s*<\/tool_call>/gsu,
  /\[TOOL_CALLS\]\s*(\[.*?\])\s*(?:$|<\/s>)/gsu,
  /<\|tool_call_start\|>\s*(\[.*?\])\s*<\|tool_call_end\|>/gsu,
  /<\|python_tag\|>\s*(\{.*\})/gsu,
];
const KIMI =
  /(?:functions\.)?([\w.-]{1,100}):\d{1,4}\s{0,9}<\|tool_call_argument_begin\|>\s*(\{.*?\})\s*<\|tool_call_end\|>/gsu;
const XML = /<function=([\w.-]+)>.*?<\/function>/gsu;
const GLM = /<tool_call>\s*([\w.-]+)\s*(?:<arg_key>.*?<\/arg_value>\s*)*<\/tool_call>/gsu;
const MISTRAL_V11 = /\[TOOL_CALLS\]\s*([\w.-]+)\s*(?:\[ARGS\])?\s*(\{.*?\})\s*(?:$|<\/s>)/gsu;
const DEEPSEEK =
  /<｜tool▁call▁begin｜>(?:function<｜tool▁sep｜>)?([\w.-]+)(?:\n```json\n|<｜tool▁sep｜>)(\{.*?\})(?:\n```)?<｜tool▁call▁end｜>/gsu;

const THOUGHT_END = /^.*(?:<\/think(?:ing)?>|\[\/THINK\])/su;

/** What a model wrote behind the end of its thought; all of it where it ended none. */
export function withoutThought(written: string): string {
  return written.replace(THOUGHT_END, "");
}

/** Whole calls only, whatever the format; a call that breaks off or is not JSON is none, nor is one inside a thought. */
export function readWrittenCalls(raw: string): readonly WrittenCall[] {
  const written = withoutThought(raw);
  const blocks = JSON_BLOCKS.flatMap((block) => groups(written, block)).flatMap(([json = ""]) =>
    fromJson(json),
  );
  const named = [KIMI, MISTRAL_V11, DEEPSEEK]
    .flatMap((format) => groups(written, format))
    .flatMap(([name = "", input = ""]) => (parseJson(input) === undefined ? [] : [{ name, input }]));
  const untyped = [XML, GLM]
    .flatMap((format) => groups(written, format))
    .map(([name = ""]) => ({ name, input: null }));
  const found = [...blocks, ...named, ...untyped];
  return found.length > 0 ? found : fromJson(written.trim());
}

/** The formats that are read above, as leaks name them: of others nobody knows here whether a call is whole. */
const READ_FORMATS: ReadonlySet<string> = new Set([
  "Hermes",
  "Mistral",
  "Kimi K2",
  "DeepSeek",
  "Qwen3 Coder",
  "GLM",
  "JSON",
]);

/**
 * Who is to blame for a call that did not arrive, by what the model wrote: a whole call of an offered tool was the
 * server's to read, one that is not whole or not offered the model's to write.
 */
export function blameByWriting(written: string, tools: readonly { readonly name: string }[]): Blame {
  const calls = readWrittenCalls(written);
  const offered = new Set(tools.map(({ name }) => name));
  if (calls.length > 0) return calls.every(({ name }) => offered.has(name)) ? "server" : "model";
  const answer = withoutThought(written);
  const formats = findLeaks(answer).flatMap(({ kind, format }) => (kind === "call" ? [format] : []));
  const thought = written.slice(0, written.length - answer.length);
  // What stands in a thought is none, and no server has to read it.
  if (formats.length === 0 && findThoughtLeaks(thought).some(({ kind }) => kind === "call")) return "model";
  return formats.length > 0 && formats.every((format) => READ_FORMATS.has(format)) ? "model" : "undecided";
}

function groups(text: string, pattern: RegExp): readonly (readonly string[])[] {
  return [...text.matchAll(pattern)].map(([, ...found]) => found.map((each) => each ?? ""));
}

function fromJson(text: string): readonly WrittenCall[] {
  const value = parseJson(text);
  const items: readonly Json[] = isList(value) ? value : value === undefined ? [] : [value];
  return items.flatMap((item) => {
    if (!isObject(item)) return [];
    const name = textAt(item, "name");
    const input = item["arguments"] ?? item["parameters"];
    if (name === null || input === undefined) return [];
    return [{ name, input: typeof input === "string" ? input : writeJson(input) }];
  });
}
