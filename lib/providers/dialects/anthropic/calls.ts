import { isSameJson, readArguments, REPEATED, repeatsAll } from "@/lib/providers/dialects/shared/arguments";
import type { ProviderOutcome, Source } from "@/lib/stream/turn/event";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, parseJson, textAt, writeJson } from "@/lib/stream/turn/json-read";
import { parseArguments } from "@/lib/stream/turn/parse-arguments";

import { type Block, type BlockOut, deltaText } from "./block";

/** A `tool_use` block: a call that waits for a result from here. */
export type CallBlock = Block & {
  readonly callId: string | null;
  /** An event was lost while the call was open: what it holds cannot be trusted, so it never ends. */
  readonly distrust: () => void;
  readonly isComplete: () => boolean;
};

/** `isWhole`: the block stands in a message that came at once, so that `{}` is its input and not the place for one. */
export function openCallBlock(
  { emit, nextId, warnOnce }: BlockOut,
  raw: JsonObject,
  isWhole: boolean,
): CallBlock {
  const id = nextId("call");
  const callId = textAt(raw, "id");
  const whole = wholeInput(raw, isWhole);
  let input = "";
  let isEnded = false;
  let isTrusted = true;

  const add = (text: string): void => {
    if (text === "") return;
    input += text;
    isEnded = false;
    emit({ type: "tool-input-delta", id, text });
  };
  const end = (): void => {
    if (isEnded || !isTrusted) return;
    if (input === "") add(whole);
    else if (whole !== "" && !isSameJson(input, whole))
      warnOnce("arguments-differ", `The streamed arguments of a call are not those it began with: ${whole}`);
    isEnded = true;
    emit({ type: "tool-input-end", id });
  };
  emit({ type: "tool-input-start", id, callId, name: textAt(raw, "name") ?? "" });
  return {
    callId,
    grow: (delta) => {
      if (delta["type"] !== "input_json_delta") return false;
      const text = readArguments(delta["partial_json"]);
      if (repeatsAll(input, text)) warnOnce(REPEATED.code, REPEATED.message);
      else add(text);
      return true;
    },
    rest: end,
    stop: end,
    distrust: () => {
      if (!isEnded) isTrusted = false;
    },
    isComplete: () => isTrusted && parseArguments(input).valid,
  };
}

/** The input where the start of a block holds all of it, as JSON text; "" where deltas bring it. */
function wholeInput(raw: JsonObject, isWhole: boolean): string {
  const input = raw["input"];
  const isEmpty = isObject(input) && Object.keys(input).length === 0;
  return isEmpty && !isWhole ? "" : readArguments(input);
}

/** A `server_tool_use` block (or its kin): a call that the provider runs itself. */
export type ProviderBlock = Block & {
  readonly callId: string | null;
  /** The block with the result has come: it ends the call, and both go back as they are. */
  readonly answer: (result: JsonObject) => void;
};

export function openProviderBlock(
  { emit, nextId }: BlockOut,
  raw: JsonObject,
  isWhole: boolean,
): ProviderBlock {
  const id = nextId("provider-call");
  const callId = textAt(raw, "id");
  let input = "";
  let isStopped = false;

  const add = (text: string): void => {
    if (text === "") return;
    input += text;
    emit({ type: "provider-call-delta", id, text });
  };
  const stop = (): void => {
    if (isStopped) return;
    isStopped = true;
    if (input === "") add(wholeInput(raw, isWhole));
    emit({ type: "replay", id, item: { ...raw, input: parseJson(input) ?? raw["input"] ?? {} } });
  };
  emit({ type: "provider-call-start", id, callId, name: textAt(raw, "name") ?? "" });
  return {
    callId,
    grow: (delta) => {
      const text = deltaText(delta, "input_json_delta", "partial_json");
      if (text !== null) add(text);
      return text !== null;
    },
    rest: () => undefined,
    stop,
    answer: (result) => {
      stop();
      emit({ type: "replay", id, item: result });
      emit({ type: "provider-call-end", id, outcome: readOutcome(result) });
    },
  };
}

/** A result whose call never came: shown as a call, and not sent back. */
export function showLoneResult({ emit, nextId }: BlockOut, result: JsonObject): void {
  const id = nextId("provider-call");
  const name = (textAt(result, "type") ?? "").replace(/_tool_result$/, "");
  emit({ type: "provider-call-start", id, callId: textAt(result, "tool_use_id"), name });
  emit({ type: "provider-call-end", id, outcome: readOutcome(result) });
}

/** The outcome of a call that the provider ran, from its `…_tool_result` block. */
function readOutcome(result: JsonObject): ProviderOutcome {
  const items = itemsOf(result["content"]);
  const output = items
    .map(readOutput)
    .filter((text) => text !== "")
    .join("\n");
  return {
    output: output === "" ? null : output,
    sources: items.flatMap(readSource),
    error:
      items.map(readError).find((error) => error !== null) ?? (result["is_error"] === true ? output : null),
  };
}

/** Searches give a list, other tools one object, and some plain text. */
function itemsOf(content: Json | undefined): readonly JsonObject[] {
  if (typeof content === "string") return [{ type: "text", text: content }];
  if (Array.isArray(content)) return content.filter((item) => isObject(item));
  return isObject(content) ? [content] : [];
}

function readSource(item: JsonObject): readonly Source[] {
  const url = textAt(item, "url");
  const document = item["content"];
  const title = textAt(item, "title") ?? (isObject(document) ? textAt(document, "title") : null);
  return url === null ? [] : [{ url, title }];
}

function readOutput(item: JsonObject): string {
  if (item["type"] === "text") return textAt(item, "text") ?? "";
  const streams = [textAt(item, "stdout"), textAt(item, "stderr")].filter((text) => text !== null);
  // A source or an error is shown as one.
  const isShown = item["stdout"] !== undefined || textAt(item, "url") !== null || readError(item) !== null;
  return isShown || streams.length > 0 ? streams.join("\n") : writeJson(item);
}

function readError(item: JsonObject): string | null {
  return textAt(item, "error_code") ?? textAt(item, "error_message");
}
