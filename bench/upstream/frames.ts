import type { JsonObject } from "@/lib/stream/turn/json";

import { sampleArguments, sampleMarkdown, sampleThought, tokensOf } from "../../e2e/sample-text";
import type { TokenScript } from "./script";

const REASONING_SHARE = 0.2;
/** Tokens of a probe after those shown at once. */
const PROBE_TOKENS = 20_000;

const known = new Map<string, readonly string[]>();

/**
 * The frames of a script, each one token. Made once per script: making them must not take time from the sending.
 * `results`: how many calls of the model have theirs.
 */
export function framesOf(model: string, script: TokenScript, results: number): readonly string[] {
  const key = `${model} ${results}`;
  const frames = known.get(key) ?? makeFrames(model, script, results);
  known.set(key, frames);
  return frames;
}

/** Why a script's answer ends. `results`: how many calls of the model have theirs. */
export function reasonOf(script: TokenScript, results: number): string {
  return endsInCalls(script, results) ? "tool_calls" : "stop";
}

/** What comes after the tokens: the reason of the end, the counts, `[DONE]`. */
export function lastFrames(model: string, reason: string, tokens: number): string {
  const usage = { prompt_tokens: 12, completion_tokens: tokens, total_tokens: 12 + tokens };
  return `${chunk(model, {}, reason)}${frame({ ...head(model), choices: [], usage })}data: [DONE]\n\n`;
}

/** A token that says when it was sent, in epoch ms. */
export function stampFrame(model: string): string {
  const at = performance.timeOrigin + performance.now();
  return frame({
    ...head(model),
    choices: [{ index: 0, delta: { content: " tok" }, finish_reason: null }],
    t: at,
  });
}

function endsInCalls(script: TokenScript, results: number): boolean {
  if (script.kind === "loop") return results < script.all;
  return script.kind === "arguments" || script.kind === "calls";
}

function makeFrames(model: string, script: TokenScript, results: number): readonly string[] {
  switch (script.kind) {
    case "answer":
      return answerFrames(model, script.tokens);
    case "probe":
      return tokensOf(sampleMarkdown(script.shown + PROBE_TOKENS, 7)).map((content) =>
        chunk(model, { content }),
      );
    case "arguments":
      return argumentFrames(model, script.bytes);
    case "calls":
      return callFrames(model, 0, script.calls);
    case "loop":
      return results < script.all
        ? callFrames(model, results, script.calls)
        : [chunk(model, { content: "All of it is known." })];
    case "stamps":
    case "silent":
      return [];
  }
}

function answerFrames(model: string, tokens: number): readonly string[] {
  const thought = Math.floor(tokens * REASONING_SHARE);
  return [
    ...tokensOf(sampleThought(thought, 3)).map((text) => chunk(model, { reasoning_content: text })),
    ...tokensOf(sampleMarkdown(tokens - thought, 5)).map((content) => chunk(model, { content })),
  ];
}

/** Whole calls, each of another place: equal ones would be taken for a loop. */
function callFrames(model: string, from: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const args = JSON.stringify({ location: `Florence ${from + index + 1}` });
    const called = { name: "weather", arguments: args };
    const call = { index, id: `call_${from + index}`, type: "function", function: called };
    return chunk(model, { tool_calls: [call] });
  });
}

function argumentFrames(model: string, bytes: number): readonly string[] {
  const call = { index: 0, id: "call_1", type: "function", function: { name: "save_rows", arguments: "" } };
  const pieces = tokensOf(sampleArguments(bytes, 11)).map((text) =>
    chunk(model, { tool_calls: [{ index: 0, function: { arguments: text } }] }),
  );
  return [chunk(model, { tool_calls: [call] }), ...pieces];
}

/** A frame with one token of the first choice. */
export function chunk(model: string, delta: object, reason: string | null = null): string {
  return frame({ ...head(model), choices: [{ index: 0, delta, finish_reason: reason }] });
}

/** What every frame of an answer begins with. */
export function head(model: string): JsonObject {
  return { id: "chatcmpl-bench", object: "chat.completion.chunk", created: 1_790_000_000, model };
}

function frame(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}
