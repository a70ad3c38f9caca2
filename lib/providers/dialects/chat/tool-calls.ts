import type { StreamEvent, Warning } from "@/lib/stream/turn/event";
import type { Json } from "@/lib/stream/turn/json";
import { parseArguments } from "@/lib/stream/turn/parse-arguments";

import { type Call, isSameName, newCall, placePiece } from "./call";
import { type CallEcho, growEcho, openEcho } from "./call-echo";
import { type CallPiece, readCallPiece } from "./call-piece";
import type { ChatParts } from "./parts";

/** Assembles calls from pieces that name them by index, by id, by both or by neither. */
export type ToolCalls = {
  readonly add: (piece: Json) => void;
  /** An event was unreadable while calls were open: what they hold cannot be trusted, so they never end. */
  readonly distrustOpen: () => void;
  /** No piece will come any more: what still waits, for a name or for a repetition to end, is shown. */
  readonly showWaiting: () => void;
  /** All pieces are in: every call that can be trusted is complete. */
  readonly end: () => void;
  readonly areNone: () => boolean;
  /** Whether there are calls and all of them have arguments that parse. */
  readonly areComplete: () => boolean;
};

type Out = {
  readonly parts: ChatParts;
  readonly emit: (event: StreamEvent) => void;
  readonly warn: (warning: Warning) => void;
};

/** Starts the calls of one answer. */
export function openToolCalls({ parts, emit, warn }: Out): ToolCalls {
  const calls: Call[] = [];
  /** The call opened last on each index. */
  const byIndex = new Map<number, Call>();

  const open = (piece: CallPiece, input: string): void => {
    for (const call of calls) endCall(call);
    if (piece.id !== null && calls.some((call) => call.callId === piece.id))
      warn({ code: "duplicate-call-id", message: `Two calls of this answer have the id ${piece.id}.` });
    const call = newCall(piece.id);
    calls.push(call);
    if (piece.index !== null) byIndex.set(piece.index, call);
    grow(call, { ...piece, input });
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
  const write = (call: Call, input: string): void => {
    if (input === "") return;
    call.input += input;
    call.json.write(input);
    if (call.partId === null) return;
    call.isEnded = false;
    emit({ type: "tool-input-delta", id: call.partId, text: input });
  };
  const grow = (call: Call, piece: CallPiece): void => {
    call.callId ??= piece.id;
    write(call, piece.input);
    if (call.name === "" && piece.name !== null) {
      call.name = piece.name;
      show(call);
    } else if (piece.name !== null) noteRename(call, piece.name);
    addReplay(call, piece);
  };
  const addReplay = (call: Call, piece: CallPiece): void => {
    if (piece.replay !== null && call.partId !== null)
      emit({ type: "replay", id: call.partId, item: piece.replay });
  };
  const noteRename = (call: Call, name: string): void => {
    if (call.isRenamed || isSameName(call, name)) return;
    call.isRenamed = true;
    warn({
      code: "renamed-call",
      message: `The server gave the call ${call.name} another name later: ${name}. The first one is kept.`,
    });
  };
  const addEcho = (call: Call, piece: CallPiece): void => {
    const isOtherIndex = piece.index !== null && byIndex.get(piece.index) !== call;
    const echo = (call.echo ??= openEcho(call, piece, isOtherIndex));
    if (isOtherIndex && piece.index !== null) byIndex.set(piece.index, call);
    addReplay(call, piece);
    const verdict = growEcho(call, echo, piece.input);
    if (verdict === "open") return;
    call.echo = null;
    if (verdict === "differs") return settle(call, echo);
    warn({
      code: "repeated-call",
      message: `The server sent the call ${call.name} and its arguments more than once. It counts once.`,
    });
  };
  /** An echo that repeats nothing is a call of its own, or more of the arguments, which are then broken. */
  const settle = (call: Call, { first, mayOpen, text }: CallEcho): void => {
    if (text.trim() === "") return;
    if (mayOpen) open({ ...first, replay: null }, text);
    else write(call, text);
  };

  return {
    add: (value) => {
      const piece = readCallPiece(value);
      if (piece === null) return;
      const placing = placePiece(piece, calls, byIndex);
      if (placing.kind === "open") open(piece, piece.input);
      else if (placing.kind === "echo") addEcho(placing.call, piece);
      else grow(placing.call, piece);
    },
    distrustOpen: () => {
      for (const call of calls) if (!call.isEnded) call.isTrusted = false;
    },
    showWaiting: () => {
      const echoing = calls.filter((call) => call.echo !== null);
      for (const call of echoing) {
        const { echo } = call;
        call.echo = null;
        if (echo !== null) settle(call, echo);
      }
      for (const call of calls) {
        if (call.partId !== null) continue;
        warn({ code: "nameless-call", message: "A call came without a name." });
        show(call);
      }
    },
    end: () => {
      for (const call of calls) endCall(call);
    },
    areNone: () => calls.length === 0,
    areComplete: () =>
      calls.length > 0 && calls.every((call) => call.isTrusted && parseArguments(call.input).valid),
  };
}
