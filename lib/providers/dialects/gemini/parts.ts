import type { EventQueue } from "@/lib/providers/dialects/shared/event-queue";
import type { ProviderOutcome } from "@/lib/stream/turn/event";
import type { Json } from "@/lib/stream/turn/json";

import { openGeminiCalls } from "./calls";
import type { CallPiece, GeminiPiece } from "./pieces";

/** A text part of the answer so far. */
export type VisibleText = { readonly id: string; readonly text: string };

/** The order of an answer's parts: opens, grows and closes them as pieces come. */
export type GeminiParts = {
  readonly add: (piece: GeminiPiece) => void;
  /** A call by the provider that is reported only once it is over. */
  readonly addProviderCall: (name: string, input: string, outcome: ProviderOutcome) => void;
  readonly texts: () => readonly VisibleText[];
  /** Closes the open text or reasoning part. */
  readonly close: () => void;
  /** The answer is whole: its calls may be run. */
  readonly endCalls: () => void;
  readonly distrust: () => void;
  readonly isEmpty: () => boolean;
};

type TextPiece = Extract<GeminiPiece, { kind: "text" | "reasoning" }>;
type ProviderCallPiece = Extract<GeminiPiece, { kind: "provider-call" }>;
type ProviderResultPiece = Extract<GeminiPiece, { kind: "provider-result" }>;

type PartKind = "text" | "reasoning" | "call" | "provider-call" | "image" | "unknown";
type Last = { readonly kind: PartKind; readonly id: string };
type Growing = { readonly kind: "text" | "reasoning"; readonly id: string; text: string };

/** Starts an answer; every change goes to the queue. */
export function openGeminiParts(queue: Omit<EventQueue, "take">): GeminiParts {
  const { emit } = queue;
  let started = 0;
  let last: Last | null = null;
  let open: Growing | null = null;
  const texts: Growing[] = [];
  const calls = openGeminiCalls(queue);
  const running: { readonly id: string; readonly callId: string | null }[] = [];

  const nextId = (kind: Last["kind"]): string => {
    started += 1;
    const id = `${kind}-${String(started)}`;
    last = { kind, id };
    return id;
  };
  const keep = (id: string, item: Json): void => emit({ type: "replay", id, item });
  const close = (): void => {
    if (open === null) return;
    emit({ type: `${open.kind}-end`, id: open.id });
    open = null;
  };
  const start = (kind: Growing["kind"]): Growing => {
    if (open?.kind === kind) return open;
    close();
    const part: Growing = { kind, id: nextId(kind), text: "" };
    emit({ type: `${kind}-start`, id: part.id });
    if (kind === "text") texts.push(part);
    open = part;
    return part;
  };

  const addText = ({ kind, text, signature, part }: TextPiece): void => {
    if (text === "") return signature === null ? undefined : addSignature(kind, signature, part);
    const grown = start(kind);
    const from = grown.text.length;
    grown.text += text;
    emit({ type: `${kind}-delta`, id: grown.id, text });
    if (signature !== null)
      keep(grown.id, { thoughtSignature: signature, start: from, end: grown.text.length });
  };
  /** A signature without words stays where it came and opens nothing a person would see, unless it came first. */
  const addSignature = (kind: Growing["kind"], thoughtSignature: string, part: Json): void => {
    if (open?.kind === kind) {
      const end = open.text.length;
      return keep(open.id, { thoughtSignature, start: end, end });
    }
    keep(last?.id ?? start("reasoning").id, part);
  };
  const addCall = (piece: CallPiece): void => {
    close();
    calls.add(piece, () => nextId("call"));
  };
  const addPicture = ({ image, signature }: Extract<GeminiPiece, { kind: "image" }>): void => {
    close();
    const id = nextId("image");
    emit({ type: "image", id, image });
    if (signature !== null) keep(id, { thoughtSignature: signature });
  };
  const addUnknown = ({ name, part }: Extract<GeminiPiece, { kind: "unknown" }>): void => {
    close();
    const id = nextId("unknown");
    emit({ type: "unknown-part", id, name, json: part });
    keep(id, part);
  };
  const startProviderCall = ({ callId, name, input }: Omit<ProviderCallPiece, "kind" | "part">): string => {
    close();
    const id = nextId("provider-call");
    emit({ type: "provider-call-start", id, callId, name });
    if (input !== "") emit({ type: "provider-call-delta", id, text: input });
    return id;
  };
  const endProviderCall = ({ callId, name, outcome, part }: ProviderResultPiece): void => {
    const at = running.findLastIndex((call) => callId === null || call.callId === callId);
    const id = running.splice(at, at === -1 ? 0 : 1)[0]?.id ?? startProviderCall({ callId, name, input: "" });
    keep(id, part);
    emit({ type: "provider-call-end", id, outcome });
  };

  return {
    add: (piece) => {
      switch (piece.kind) {
        case "text":
        case "reasoning":
          return addText(piece);
        case "call":
          return addCall(piece);
        case "provider-call": {
          const id = startProviderCall(piece);
          running.push({ id, callId: piece.callId });
          return keep(id, piece.part);
        }
        case "provider-result":
          return endProviderCall(piece);
        case "image":
          return addPicture(piece);
        case "unknown":
          return addUnknown(piece);
      }
    },
    addProviderCall: (name, input, outcome) => {
      const id = startProviderCall({ callId: null, name, input });
      emit({ type: "provider-call-end", id, outcome });
    },
    texts: () => texts,
    close,
    endCalls: calls.end,
    distrust: calls.distrust,
    isEmpty: () => started === 0,
  };
}
