import { sampleArguments, sampleMarkdown, sampleThought, tokensOf } from "../../e2e/sample-text";
import type { Script } from "./script";

const REASONING_SHARE = 0.2;
/** Tokens of a probe after those shown at once. */
const PROBE_TOKENS = 20_000;

const known = new Map<string, readonly string[]>();

/** The frames of a script, each one token. Made once per script: making them must not take time from the sending. */
export function framesOf(model: string, script: Script): readonly string[] {
  const frames = known.get(model) ?? makeFrames(model, script);
  known.set(model, frames);
  return frames;
}

/** What comes after the tokens: the reason of the end, the counts, `[DONE]`. */
export function lastFrames(model: string, script: Script, tokens: number): string {
  const reason = script.kind === "arguments" ? "tool_calls" : "stop";
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

function makeFrames(model: string, script: Script): readonly string[] {
  switch (script.kind) {
    case "answer":
      return answerFrames(model, script.tokens);
    case "probe":
      return tokensOf(sampleMarkdown(script.shown + PROBE_TOKENS, 7)).map((content) =>
        chunk(model, { content }),
      );
    case "arguments":
      return argumentFrames(model, script.bytes);
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

function argumentFrames(model: string, bytes: number): readonly string[] {
  const call = { index: 0, id: "call_1", type: "function", function: { name: "save_rows", arguments: "" } };
  const pieces = tokensOf(sampleArguments(bytes, 11)).map((text) =>
    chunk(model, { tool_calls: [{ index: 0, function: { arguments: text } }] }),
  );
  return [chunk(model, { tool_calls: [call] }), ...pieces];
}

function chunk(model: string, delta: object, reason: string | null = null): string {
  return frame({ ...head(model), choices: [{ index: 0, delta, finish_reason: reason }] });
}

function head(model: string): object {
  return { id: "chatcmpl-bench", object: "chat.completion.chunk", created: 1_790_000_000, model };
}

function frame(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}
