import type { JsonObject } from "@/lib/stream/turn/json";
import { parseJson, textAt } from "@/lib/stream/turn/json-read";

import { type Block, type BlockOut, deltaText } from "./block";
import { wholeInput } from "./call-block";
import { readOutcome } from "./outcome";

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
