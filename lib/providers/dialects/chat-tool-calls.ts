import type { StreamEvent, Warning } from "@/lib/stream/event";
import type { Json, JsonObject } from "@/lib/stream/json";
import { isObject, objectAt, textAt, writeJson } from "@/lib/stream/json-read";
import { parseArguments } from "@/lib/stream/parse-arguments";

import { readArguments } from "./chat-arguments";
import type { ChatParts } from "./chat-parts";

/** Assembles calls from pieces that name them by index, by id, by both or by neither. */
export type ToolCalls = {
  readonly add: (piece: Json) => void;
  /** An event was unreadable while calls were open: what they hold cannot be trusted, so they never end. */
  readonly distrustOpen: () => void;
  /** No name will come any more: calls still waiting for theirs are shown without one. */
  readonly showNameless: () => void;
  /** All pieces are in: every call that can be trusted is complete. */
  readonly end: () => void;
  /** Whether there are calls and all of them have arguments that parse. */
  readonly areComplete: () => boolean;
};

type Call = {
  /** null until the call's name is known: before that it is not shown. */
  partId: string | null;
  callId: string | null;
  name: string;
  input: string;
  isEnded: boolean;
  isTrusted: boolean;
};

type Piece = {
  readonly index: number | null;
  readonly id: string | null;
  readonly name: string | null;
  readonly input: string;
  readonly replay: JsonObject | null;
};

type Out = {
  readonly parts: ChatParts;
  readonly emit: (event: StreamEvent) => void;
  readonly warn: (warning: Warning) => void;
};

const HIGHEST_INDEX = 127;

/** Starts the calls of one answer. */
export function openToolCalls({ parts, emit, warn }: Out): ToolCalls {
  const calls: Call[] = [];
  /** The call opened last on each index. */
  const byIndex = new Map<number, Call>();

  const open = (piece: Piece): Call => {
    for (const call of calls) endCall(call);
    if (piece.id !== null && calls.some((call) => call.callId === piece.id))
      warn({ code: "duplicate-call-id", message: `Two calls of this answer have the id ${piece.id}.` });
    const call: Call = {
      partId: null,
      callId: piece.id,
      name: "",
      input: "",
      isEnded: false,
      isTrusted: true,
    };
    calls.push(call);
    if (piece.index !== null) byIndex.set(piece.index, call);
    return call;
  };
  const show = (call: Call): void => {
    call.partId = parts.startCall(call.callId, call.name);
    if (call.name.includes("<|"))
      warn({ code: "odd-tool-name", message: `The call's name holds control tokens: ${call.name}` });
    if (call.input !== "") emit({ type: "tool-input-delta", id: call.partId, text: call.input });
  };
  const endCall = (call: Call): void => {
    if (call.isEnded || !call.isTrusted || call.partId === null) return;
    call.isEnded = true;
    emit({ type: "tool-input-end", id: call.partId });
  };
  const grow = (call: Call, piece: Piece): void => {
    call.callId ??= piece.id;
    call.input += piece.input;
    if (call.name === "" && piece.name !== null) {
      call.name = piece.name;
      show(call);
    } else if (call.partId !== null && piece.input !== "") {
      call.isEnded = false;
      emit({ type: "tool-input-delta", id: call.partId, text: piece.input });
    }
    if (piece.replay !== null && call.partId !== null)
      emit({ type: "replay", id: call.partId, item: piece.replay });
  };

  return {
    add: (value) => {
      const piece = readPiece(value);
      if (typeof piece === "string") warn({ code: "bad-tool-call", message: piece });
      else grow(findCall(piece, calls, byIndex) ?? open(piece), piece);
    },
    distrustOpen: () => {
      for (const call of calls) if (!call.isEnded) call.isTrusted = false;
    },
    showNameless: () => {
      for (const call of calls) {
        if (call.partId !== null) continue;
        warn({ code: "nameless-call", message: "A call came without a name." });
        show(call);
      }
    },
    end: () => {
      for (const call of calls) endCall(call);
    },
    areComplete: () => calls.length > 0 && calls.every((call) => call.isTrusted && isComplete(call)),
  };
}

/** The call that a piece belongs to; undefined when it opens a new one. */
function findCall(
  piece: Piece,
  calls: readonly Call[],
  byIndex: ReadonlyMap<number, Call>,
): Call | undefined {
  if (piece.index !== null) {
    const call = byIndex.get(piece.index);
    if (call === undefined || piece.id === call.callId || piece.id === null)
      return call !== undefined && startsAgain(call, piece) ? undefined : call;
    // A new id on a used index is a new call (Ollama numbers all its calls 0); a known one is not.
    return call.callId === null ? call : calls.findLast((known) => known.callId === piece.id);
  }
  if (piece.id !== null) return calls.findLast((known) => known.callId === piece.id);
  const last = calls.at(-1);
  return last !== undefined && startsAgain(last, piece) ? undefined : last;
}

/** Without an id only a second name after complete arguments tells that a piece opens another call. */
function startsAgain(call: Call, piece: Piece): boolean {
  if (piece.name === null || piece.id !== null || call.name === "") return false;
  return (piece.name !== call.name && piece.index === null) || isComplete(call);
}

function isComplete(call: Call): boolean {
  return parseArguments(call.input).valid;
}

/** One item of `tool_calls`; a string says why it cannot be one. */
function readPiece(value: Json): Piece | string {
  if (!isObject(value)) return "An item of tool_calls is not an object.";
  const index = value["index"] ?? null;
  if (index !== null && !isIndex(index)) return `A call has the impossible index ${writeJson(index)}.`;
  const body = objectAt(value, "function") ?? value;
  return {
    index,
    id: textAt(value, "id"),
    name: textAt(body, "name"),
    input: readArguments(body["arguments"]),
    // Gemini's compatible mode hangs its thought signature here and wants it back.
    replay: readReplay(value),
  };
}

function isIndex(value: Json): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= HIGHEST_INDEX;
}

function readReplay(value: JsonObject): JsonObject | null {
  const extra = objectAt(value, "extra_content");
  return extra === null ? null : { extra_content: extra };
}
