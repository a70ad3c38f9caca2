import { EXCERPT } from "@/lib/providers/dialects/shared/reader-faults";
import type { Citation } from "@/lib/stream/turn/event";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, listAt, textAt, writeJson } from "@/lib/stream/turn/json-read";

import { type Block, type BlockOut, deltaText } from "./block";

/** Text blocks in a row are one text part: the provider begins a new block at every citation. */
type TextRun = {
  readonly open: (raw: JsonObject) => Block;
  /** Something else than text follows. */
  readonly close: () => void;
};

type Part = { readonly id: string; length: number; isOpen: boolean };

export function openTextRun({ emit, nextId, warnOnce }: BlockOut): TextRun {
  let part: Part | null = null;
  /** Blocks of the run that are not complete: a second one beside them is a part of its own. */
  let growing = 0;

  const add = (to: Part, text: string): void => {
    if (text === "") return;
    if (to.length === 0) emit({ type: "text-start", id: to.id });
    emit({ type: "text-delta", id: to.id, text });
    to.length += text.length;
    to.isOpen = true;
  };
  const end = (ended: Part): void => {
    if (ended.isOpen) emit({ type: "text-end", id: ended.id });
    ended.isOpen = false;
  };
  const close = (): void => {
    if (part !== null) end(part);
    part = null;
    growing = 0;
  };
  const cite = ({ id, length }: Part, from: number, citations: readonly Json[]): void => {
    if (citations.length === 0) return;
    if (length === from) {
      const sources = writeJson(citations).slice(0, EXCERPT);
      return warnOnce("lone-citation", `A source came for text that was never sent: ${sources}`);
    }
    for (const citation of citations) {
      if (isObject(citation)) emit({ type: "citation", id, citation: readCitation(citation, from, length) });
    }
    emit({ type: "replay", id, item: { type: "citations", start: from, end: length, citations } });
  };

  return {
    open: (raw) => {
      if (growing > 0) close();
      const own: Part = (part ??= { id: nextId("text"), length: 0, isOpen: false });
      const from = own.length;
      let citations = listAt(raw, "citations") ?? [];
      let isStopped = false;
      growing += 1;
      add(own, textAt(raw, "text") ?? "");
      return {
        grow: (delta) => {
          const text = deltaText(delta, "text_delta", "text");
          if (text !== null) add(own, text);
          else if (delta["type"] === "citations_delta") citations = [...citations, delta["citation"] ?? null];
          else return false;
          return true;
        },
        rest: () => undefined,
        stop: () => {
          if (isStopped) return;
          isStopped = true;
          if (part === own) growing -= 1;
          else end(own);
          cite(own, from, citations);
        },
      };
    },
    close,
  };
}

function readCitation(citation: JsonObject, start: number, end: number): Citation {
  return {
    url: textAt(citation, "url") ?? textAt(citation, "source"),
    title: textAt(citation, "title") ?? textAt(citation, "document_title"),
    quote: textAt(citation, "cited_text"),
    start,
    end,
  };
}

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
