import { readArguments, sortedJson } from "@/lib/providers/dialects/shared/arguments";
import type { CallForm, StreamEvent, Warning } from "@/lib/stream/turn/event";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, objectAt, textAt, writeJson } from "@/lib/stream/turn/json-read";
import { parseArguments } from "@/lib/stream/turn/parse-arguments";
import { openPartialJson, type PartialJson } from "@/lib/stream/turn/partial-json";

import type { ChatParts } from "./parts";

/** Assembles calls from pieces that name them by index, by id, by both or by neither. */
type ToolCalls = {
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
  /** The call opened last with each id. */
  const byId = new Map<string, Call>();
  /** Those that have not ended: an answer may have thousands of calls, and each new one ends those before it. */
  const unended = new Set<Call>();

  const open = (piece: CallPiece, input: string): void => {
    endAll();
    if (piece.id !== null && byId.has(piece.id))
      warn({ code: "duplicate-call-id", message: `Two calls in this answer have the id ${piece.id}.` });
    const call = newCall(piece.id, piece.form);
    calls.push(call);
    unended.add(call);
    if (piece.index !== null) byIndex.set(piece.index, call);
    if (piece.id !== null) byId.set(piece.id, call);
    grow(call, { ...piece, input });
  };
  const endAll = (): void => {
    for (const call of unended) endCall(call);
  };
  const show = (call: Call): void => {
    call.partId = parts.startCall(call.callId, call.name, call.form);
    if (call.name.includes("<|"))
      warn({ code: "odd-tool-name", message: `The call's name contains control tokens: ${call.name}` });
    if (call.input !== "") emit({ type: "tool-input-delta", id: call.partId, text: call.input });
  };
  const endCall = (call: Call): void => {
    if (call.isEnded || !call.isTrusted || call.partId === null) return;
    call.isEnded = true;
    unended.delete(call);
    emit({ type: "tool-input-end", id: call.partId });
  };
  const write = (call: Call, input: string): void => {
    if (input === "") return;
    call.input += input;
    if (call.form === "json") call.json.write(input);
    if (call.partId === null) return;
    call.isEnded = false;
    unended.add(call);
    emit({ type: "tool-input-delta", id: call.partId, text: input });
  };
  const grow = (call: Call, piece: CallPiece): void => {
    if (call.callId === null && piece.id !== null) {
      call.callId = piece.id;
      if (!byId.has(piece.id)) byId.set(piece.id, call);
    }
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
      message: `The server later gave the call ${call.name} another name: ${name}. The first name is kept.`,
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
      message: `The server sent the call ${call.name} with the same arguments more than once. It counts once.`,
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
      const placing = assignPiece(piece, { last: calls.at(-1), byIndex, byId });
      if (placing.kind === "open") open(piece, piece.input);
      else if (placing.kind === "echo") addEcho(placing.call, piece);
      else grow(placing.call, piece);
    },
    distrustOpen: () => {
      for (const call of unended) call.isTrusted = false;
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
    end: endAll,
    areNone: () => calls.length === 0,
    areComplete: () =>
      calls.length > 0 &&
      calls.every((call) => call.isTrusted && (call.form === "text" || parseArguments(call.input).valid)),
  };
}

/** A call while its pieces come. */
type Call = {
  /** null until the call's name is known: before that it is not shown. */
  partId: string | null;
  callId: string | null;
  name: string;
  input: string;
  readonly form: CallForm;
  /** The arguments, read as they come: each character once. */
  readonly json: PartialJson;
  isEnded: boolean;
  isTrusted: boolean;
  /** Text received after complete arguments, until it is clear whether it only repeats them. */
  echo: CallEcho | null;
  isRenamed: boolean;
};

function newCall(callId: string | null, form: CallForm): Call {
  return {
    partId: null,
    callId,
    name: "",
    input: "",
    form,
    json: openPartialJson(),
    isEnded: false,
    isTrusted: true,
    echo: null,
    isRenamed: false,
  };
}

/** What a piece does: adds to a call, perhaps repeats what the call already has, or opens another. */
type Placing = { readonly kind: "continue" | "echo"; readonly call: Call } | { readonly kind: "open" };

/** The calls so far: the last one, and those opened last on each index and with each id. */
type Known = {
  readonly last: Call | undefined;
  readonly byIndex: ReadonlyMap<number, Call>;
  readonly byId: ReadonlyMap<string, Call>;
};

/** Finds the call that a piece belongs to. */
function assignPiece(piece: CallPiece, { last, byIndex, byId }: Known): Placing {
  const { id } = piece;
  const sameId = id === null ? undefined : byId.get(id);
  const sameIndex = piece.index === null ? last : byIndex.get(piece.index);
  if (sameIndex !== undefined) return decide(sameId ?? sameIndex, piece);
  // One call at two indexes, or two calls with one id: only the arguments can decide.
  if (sameId !== undefined && (piece.name === null || isSameName(sameId, piece.name)))
    return { kind: hasArguments(sameId) ? "echo" : "continue", call: sameId };
  // A piece that only adds arguments, at an index that nothing began at: the server counts its pieces.
  const isBare = id === null && piece.name === null;
  if (isBare && last !== undefined && last.name !== "" && !hasArguments(last))
    return { kind: "continue", call: last };
  return { kind: "open" };
}

function decide(call: Call, piece: CallPiece): Placing {
  const isEcho = call.echo !== null || (hasArguments(call) && piece.input.trim() !== "");
  const more: Placing = { kind: isEcho ? "echo" : "continue", call };
  // A new id alone opens no call: some servers make one up for every piece.
  if (piece.name === null || call.name === "") return more;
  const isSame = isSameName(call, piece.name);
  const hasOtherId = piece.id !== null && call.callId !== null && piece.id !== call.callId;
  if (hasOtherId) return isSame && isAmid(call, piece) ? more : { kind: "open" };
  if (isSame) return hasArguments(call) ? { kind: "echo", call } : more;
  if (piece.id !== null && call.callId !== null) return more;
  // Without ids another name opens a call, unless the arguments of this one are still open.
  const isOpen = piece.index !== null && call.input.trim() !== "" && !hasArguments(call);
  return isOpen ? more : { kind: "open" };
}

/** Complete arguments that are more than nothing. Free text is never known to be complete. */
function hasArguments(call: Call): boolean {
  return call.form === "json" && call.input.trim() !== "" && call.json.state() === "complete";
}

/** Whether the arguments of a call are open and the piece can only go on with them. */
function isAmid(call: Call, piece: CallPiece): boolean {
  if (call.form === "text" || hasArguments(call)) return false;
  if (call.input.trim() !== "") return true;
  const json = openPartialJson();
  json.write(piece.input);
  return piece.input.trim() !== "" && json.state() !== "complete";
}

/** Names are compared without the white space around them, which some servers add. */
function isSameName(call: Call, name: string): boolean {
  return call.name.trim() === name.trim();
}

/** One item of `tool_calls`: some or all of a call. */
type CallPiece = {
  readonly index: number | null;
  readonly id: string | null;
  readonly name: string | null;
  readonly input: string;
  readonly form: CallForm;
  readonly replay: JsonObject | null;
};

/** Reads an item of `tool_calls`; null where it cannot be one. An index that is no count is as good as none. */
function readCallPiece(value: Json): CallPiece | null {
  if (!isObject(value)) return null;
  const index = value["index"] ?? null;
  // A custom tool's call: https://platform.openai.com/docs/api-reference/chat/object
  const custom = objectAt(value, "custom");
  const body = custom ?? objectAt(value, "function") ?? value;
  return {
    index: isIndex(index) ? index : null,
    id: readId(value["id"]),
    name: textAt(body, "name"),
    input: readArguments(custom === null ? body["arguments"] : custom["input"]),
    form: custom === null ? "json" : "text",
    // Gemini's compatible mode hangs its thought signature here and wants it back.
    replay: readReplay(value),
  };
}

function isIndex(value: Json): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** Some servers number their calls. */
function readId(id: Json | undefined): string | null {
  if (typeof id === "number") return String(id);
  return typeof id === "string" && id !== "" ? id : null;
}

function readReplay(value: JsonObject): JsonObject | null {
  const extra = objectAt(value, "extra_content");
  return extra === null ? null : { extra_content: extra };
}

/** Arguments that came after complete ones. They count for nothing if they say the same again. */
type CallEcho = {
  /** The piece that began it. */
  readonly first: CallPiece;
  /** It can be a call of its own, because it came with a name, an id or an index of its own. */
  readonly mayOpen: boolean;
  readonly json: PartialJson;
  text: string;
  /** How far into the call's arguments the echo agrees with them, white space apart. */
  matched: number;
};

function openEcho(call: Call, first: CallPiece, isOtherIndex: boolean): CallEcho {
  const hasOtherId = first.id !== null && first.id !== call.callId;
  const mayOpen = first.name !== null || hasOtherId || isOtherIndex;
  return { first, mayOpen, json: openPartialJson(), text: "", matched: 0 };
}

/** Adds to an echo: "repeats" once it said the same in full, "differs" once it cannot, "open" before. */
function growEcho(call: Call, echo: CallEcho, input: string): "open" | "repeats" | "differs" {
  echo.text += input;
  echo.json.write(input);
  const agrees = followOn(call, echo, input);
  const state = echo.json.state();
  if (state === "broken" || (echo.mayOpen && !agrees)) return "differs";
  if (state === "open") return "open";
  return isEqual(call.json, echo.json) ? "repeats" : "differs";
}

/** Each character is compared once. White space is passed over: a server may write the same with other blanks. */
function followOn(call: Call, echo: CallEcho, input: string): boolean {
  for (const character of input.replaceAll(/\s/g, "")) {
    while (/\s/.test(call.input.charAt(echo.matched))) echo.matched += 1;
    if (!call.input.startsWith(character, echo.matched)) return false;
    echo.matched += character.length;
  }
  return true;
}

function isEqual(one: PartialJson, other: PartialJson): boolean {
  return writeJson(sortedJson(one.value() ?? null)) === writeJson(sortedJson(other.value() ?? null));
}
