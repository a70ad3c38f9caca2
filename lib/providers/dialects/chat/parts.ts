import type { AnswerImage, CallForm, Citation, StreamEvent } from "@/lib/stream/turn/event";
import type { Json } from "@/lib/stream/turn/json";

/** The order of an answer's parts: opens, grows and closes them as payload comes. */
export type ChatParts = {
  readonly addReasoning: (text: string) => void;
  readonly addText: (text: string) => void;
  /** Both came in one delta. Where a server does so again and again it is one thought and one text. */
  readonly addBoth: (reasoning: string, text: string) => void;
  /** A picture, or something that Vitrine does not know: a part of its own. */
  readonly addImage: (image: AnswerImage) => void;
  readonly addUnknown: (name: string, json: Json) => void;
  /** A source of the last text, or of the one that comes next. */
  readonly cite: (citation: Citation) => void;
  /** Opens a call and gives its part id. */
  readonly startCall: (callId: string | null, name: string, form: CallForm) => string;
  /** Keeps replay data with the last reasoning; hidden reasoning gets a part of its own. */
  readonly addReplay: (item: Json) => void;
  /** Closes the open text or reasoning part. */
  readonly close: () => void;
  readonly isEmpty: () => boolean;
};

type Open = { readonly kind: "reasoning" | "text"; readonly id: string };

/** Starts an answer; every change goes to `emit`. */
export function openChatParts(emit: (event: StreamEvent) => void): ChatParts {
  let open: Open | null = null;
  let started = 0;
  let sawCall = false;
  let lastReasoning: string | null = null;
  let lastText: string | null = null;
  const uncited: Citation[] = [];
  /** The thought and the text that grow side by side. */
  let pair: { readonly reasoning: string; readonly text: string; deltas: number } | null = null;

  const nextId = (kind: string): string => {
    started += 1;
    return `${kind}-${String(started)}`;
  };
  const close = (): void => {
    if (open === null) return;
    if (pair !== null && pair.deltas > 1) emit({ type: "reasoning-end", id: pair.reasoning });
    emit(open.kind === "text" ? { type: "text-end", id: open.id } : { type: "reasoning-end", id: open.id });
    open = null;
    pair = null;
  };
  const start = (kind: Open["kind"]): Open => {
    if (open?.kind === kind) return open;
    close();
    const part: Open = { kind, id: nextId(kind) };
    emit(kind === "text" ? { type: "text-start", id: part.id } : { type: "reasoning-start", id: part.id });
    if (kind === "reasoning") lastReasoning = part.id;
    else lastText = part.id;
    open = part;
    return part;
  };
  /** Hidden reasoning amid an answer is a part beside it and does not cut the text in two. */
  const startHidden = (): string => {
    if (open === null && !sawCall) return start("reasoning").id;
    const id = nextId("reasoning");
    emit({ type: "reasoning-start", id });
    emit({ type: "reasoning-end", id });
    lastReasoning = id;
    return id;
  };

  return {
    addReasoning: (text) => {
      const id = pair !== null && pair.deltas > 1 ? pair.reasoning : start("reasoning").id;
      emit({ type: "reasoning-delta", id, text });
    },
    addText: (text) => {
      const { id } = start("text");
      emit({ type: "text-delta", id, text });
      for (const citation of uncited.splice(0)) emit({ type: "citation", id, citation });
    },
    addImage: (image) => {
      close();
      emit({ type: "image", id: nextId("image"), image });
    },
    addUnknown: (name, json) => {
      close();
      emit({ type: "unknown-part", id: nextId("unknown"), name, json });
    },
    cite: (citation) => {
      if (lastText === null) uncited.push(citation);
      else emit({ type: "citation", id: lastText, citation });
    },
    addBoth: (reasoning, text) => {
      if (pair === null) {
        const first = start("reasoning").id;
        emit({ type: "reasoning-delta", id: first, text: reasoning });
        const second = start("text").id;
        emit({ type: "text-delta", id: second, text });
        pair = { reasoning: first, text: second, deltas: 1 };
        return;
      }
      pair.deltas += 1;
      emit({ type: "reasoning-delta", id: pair.reasoning, text: reasoning });
      emit({ type: "text-delta", id: pair.text, text });
    },
    startCall: (callId, name, form) => {
      close();
      sawCall = true;
      const id = nextId("call");
      emit({ type: "tool-input-start", id, callId, name, ...(form === "json" ? {} : { form }) });
      return id;
    },
    addReplay: (item) => emit({ type: "replay", id: lastReasoning ?? startHidden(), item }),
    close,
    isEmpty: () => started === 0,
  };
}
