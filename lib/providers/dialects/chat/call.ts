import { openPartialJson, type PartialJson } from "@/lib/stream/turn/partial-json";

import type { CallEcho } from "./call-echo";
import type { CallPiece } from "./call-piece";

/** A call while its pieces come. */
export type Call = {
  /** null until the call's name is known: before that it is not shown. */
  partId: string | null;
  callId: string | null;
  name: string;
  input: string;
  /** The arguments, read as they come: each character once. */
  readonly json: PartialJson;
  isEnded: boolean;
  isTrusted: boolean;
  /** What came after complete arguments, until it is clear whether it only repeats them. */
  echo: CallEcho | null;
  isRenamed: boolean;
};

export function newCall(callId: string | null): Call {
  return {
    partId: null,
    callId,
    name: "",
    input: "",
    json: openPartialJson(),
    isEnded: false,
    isTrusted: true,
    echo: null,
    isRenamed: false,
  };
}

/** What a piece does: adds to a call, perhaps repeats what the call already has, or opens another. */
export type Placing = { readonly kind: "continue" | "echo"; readonly call: Call } | { readonly kind: "open" };

/** Finds the call that a piece belongs to. `byIndex` holds the call opened last on each index. */
export function placePiece(
  piece: CallPiece,
  calls: readonly Call[],
  byIndex: ReadonlyMap<number, Call>,
): Placing {
  const { id } = piece;
  const sameId = id === null ? undefined : calls.findLast((call) => call.callId === id);
  const sameIndex = piece.index === null ? calls.at(-1) : byIndex.get(piece.index);
  if (sameIndex !== undefined) return decide(sameId ?? sameIndex, piece);
  // One call at two indexes, or two calls with one id: only the arguments can tell.
  if (sameId !== undefined && (piece.name === null || isSameName(sameId, piece.name)))
    return { kind: hasArguments(sameId) ? "echo" : "continue", call: sameId };
  // A piece that only adds arguments, at an index that nothing began at: the server counts its pieces.
  const last = calls.at(-1);
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

/** Complete arguments that are more than nothing. */
export function hasArguments(call: Call): boolean {
  return call.input.trim() !== "" && call.json.state() === "complete";
}

/** Whether the arguments of a call are open and the piece can only go on with them. */
function isAmid(call: Call, piece: CallPiece): boolean {
  if (hasArguments(call)) return false;
  if (call.input.trim() !== "") return true;
  const json = openPartialJson();
  json.write(piece.input);
  return piece.input.trim() !== "" && json.state() !== "complete";
}

/** Names are compared without the white space around them, which some servers add. */
export function isSameName(call: Call, name: string): boolean {
  return call.name.trim() === name.trim();
}
