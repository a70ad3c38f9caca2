/** For tests: what a server sends, in the bytes of each dialect. */
import {
  anthropicSse,
  START,
  STOP,
  stopReason,
  text as anthropicText,
} from "@/lib/providers/__fixtures__/fold-anthropic";
import { delta, DONE, piece } from "@/lib/providers/__fixtures__/fold-chat";
import { call as geminiCall, chunk, finish, geminiSse } from "@/lib/providers/__fixtures__/fold-gemini";
import {
  call as responsesCall,
  completed,
  CREATED,
  message,
  responsesSse,
} from "@/lib/providers/__fixtures__/fold-responses";
import { sse } from "@/lib/providers/__fixtures__/fold-wire";
import type { RunError } from "@/lib/stream/turn/event";
import type { Json, JsonObject } from "@/lib/stream/turn/json";

/** One reply to one request. `breaks`: the connection breaks behind these bytes. */
export type Reply =
  | { readonly stream: string; readonly breaks?: true }
  | { readonly status: number; readonly body: Json }
  | { readonly unreached: RunError };

type Chat = {
  readonly thought?: string;
  readonly text?: string;
  readonly calls?: readonly (readonly [name: string, args: string])[];
  readonly ids?: readonly string[];
  readonly finish?: string | null;
  readonly usage?: JsonObject;
  /** llama.cpp with `verbose: true`: what the model wrote, and the prompt. */
  readonly written?: string;
  readonly prompt?: string;
};

const USAGE = { prompt_tokens: 20, completion_tokens: 10, total_tokens: 30 };

/** A stream of chat completions. */
export function chat(said: Chat): Reply {
  const { thought, text, calls = [], ids = [], usage = USAGE } = said;
  const pieces = calls.map(([name, args], index) =>
    delta({ tool_calls: [piece({ index, id: ids[index] ?? `call_${index}`, name, args })] }),
  );
  const reason = said.finish === undefined ? (calls.length > 0 ? "tool_calls" : "stop") : said.finish;
  const own = {
    ...(said.written === undefined ? {} : { content: said.written }),
    ...(said.prompt === undefined ? {} : { prompt: said.prompt }),
  };
  return {
    stream: sse(
      ...(thought === undefined ? [] : [delta({ reasoning_content: thought })]),
      ...(text === undefined ? [] : [delta({ content: text })]),
      ...pieces,
      ...(reason === null
        ? []
        : [{ ...delta({}, reason), ...(Object.keys(own).length === 0 ? {} : { __verbose: own }) }]),
      ...(reason === null ? [] : [{ choices: [], usage }, DONE]),
    ),
  };
}

/** A whole chat completion. */
export function wholeChat(messageFields: JsonObject, reason = "stop"): Reply {
  const choice = { index: 0, message: { role: "assistant", ...messageFields }, finish_reason: reason };
  return { status: 200, body: { object: "chat.completion", choices: [choice], usage: USAGE } };
}

/** A stream of Anthropic's with this text. */
export function anthropic(text: string): Reply {
  return { stream: anthropicSse(START, ...anthropicText(0, text), stopReason("end_turn"), STOP) };
}

/** A stream of Anthropic's that begins well and then reports an error. */
export function anthropicError(text: string, error: JsonObject): Reply {
  return { stream: anthropicSse(START, ...anthropicText(0, text), { type: "error", error }) };
}

/** A stream of the Responses API with a text, a call, or both. */
export function responses(
  text: string | null,
  ...call: readonly [] | readonly [name: string, args: string]
): Reply {
  const [name, args] = call;
  return {
    stream: responsesSse(
      CREATED,
      ...(text === null ? [] : message(0, text)),
      ...(name === undefined ? [] : responsesCall(text === null ? 0 : 1, "a", name, args ?? "")),
      completed({ usage: { input_tokens: 20, output_tokens: 10, total_tokens: 30 } }),
    ),
  };
}

/** A stream of Gemini's with one call, or one that ends for another reason. */
export function gemini(call: readonly [name: string, args: JsonObject] | null, reason = "STOP"): Reply {
  return { stream: geminiSse(...(call === null ? [] : [chunk([geminiCall(...call)])]), finish(reason)) };
}

/** A refusal in the words of a server. */
export function refusal(status: number, words: string, more: JsonObject = {}): Reply {
  return { status, body: { error: { message: words, type: "invalid_request_error", ...more } } };
}
