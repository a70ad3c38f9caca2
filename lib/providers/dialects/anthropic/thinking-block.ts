import type { JsonObject } from "@/lib/stream/turn/json";
import { textAt } from "@/lib/stream/turn/json-read";

import { type Block, type BlockOut, deltaText } from "./block";

/**
 * A `thinking` block. The signature comes as a delta of its own and goes back with the block. A block with a
 * signature and no text is reasoning that the provider hides; one with neither is no reasoning at all.
 */
export function openThinkingBlock({ emit, nextId }: BlockOut, raw: JsonObject): Block {
  let id: string | null = null;
  let isOpen = false;
  let signature = textAt(raw, "signature");

  const show = (): string => {
    if (id !== null) return id;
    id = nextId("reasoning");
    isOpen = true;
    emit({ type: "reasoning-start", id });
    return id;
  };
  const add = (text: string): void => {
    if (text === "") return;
    emit({ type: "reasoning-delta", id: show(), text });
    isOpen = true;
  };
  const rest = (): void => {
    if (id === null || !isOpen) return;
    isOpen = false;
    emit({ type: "reasoning-end", id });
  };
  add(textAt(raw, "thinking") ?? "");
  return {
    grow: (delta) => {
      const text = deltaText(delta, "thinking_delta", "thinking");
      if (text !== null) add(text);
      else if (delta["type"] === "signature_delta") signature = textAt(delta, "signature") ?? signature;
      else return false;
      return true;
    },
    rest,
    stop: () => {
      if (signature !== null) emit({ type: "replay", id: show(), item: { type: "thinking", signature } });
      signature = null;
      rest();
    },
  };
}

/** A `redacted_thinking` block: reasoning that nobody may read, kept whole to go back. */
export function openRedactedBlock({ emit, nextId }: BlockOut, raw: JsonObject): Block {
  if (textAt(raw, "data") !== null) {
    const id = nextId("reasoning");
    emit({ type: "reasoning-start", id });
    emit({ type: "replay", id, item: raw });
    emit({ type: "reasoning-end", id });
  }
  return { grow: () => false, rest: () => undefined, stop: () => undefined };
}
