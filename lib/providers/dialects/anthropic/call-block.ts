import { readArguments } from "@/lib/providers/dialects/shared/arguments";
import { REPEATED, repeatsAll, saysTheSame } from "@/lib/providers/dialects/shared/repeated-arguments";
import type { JsonObject } from "@/lib/stream/turn/json";
import { isObject, textAt } from "@/lib/stream/turn/json-read";
import { parseArguments } from "@/lib/stream/turn/parse-arguments";

import type { Block, BlockOut } from "./block";

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
    else if (whole !== "" && !saysTheSame(input, whole))
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
export function wholeInput(raw: JsonObject, isWhole: boolean): string {
  const input = raw["input"];
  const isEmpty = isObject(input) && Object.keys(input).length === 0;
  return isEmpty && !isWhole ? "" : readArguments(input);
}
