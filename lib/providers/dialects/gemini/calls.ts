import type { EventQueue } from "@/lib/providers/dialects/shared/event-queue";
import { EXCERPT } from "@/lib/providers/dialects/shared/reader-faults";

import { openPartialArgs, type PartialArgs } from "./partial-args";
import type { CallPiece } from "./piece";

/** The calls of one answer. */
export type GeminiCalls = {
  /** Takes a call, or the next piece of the one that is still arriving. `nextId` names a new part. */
  readonly add: (piece: CallPiece, nextId: () => string) => void;
  /** An event was unreadable: a call that was open then is never run. */
  readonly distrust: () => void;
  /** The answer is whole: its calls may be run. */
  readonly end: () => void;
};

type Open = {
  readonly id: string;
  readonly name: string | null;
  readonly args: PartialArgs;
  isBroken: boolean;
};

export function openGeminiCalls({ emit, warn, warnOnce }: EventQueue): GeminiCalls {
  const complete: string[] = [];
  const callIds = new Set<string>();
  let open: Open | null = null;

  const write = (id: string, text: string): void => {
    if (text !== "") emit({ type: "tool-input-delta", id, text });
  };
  /** A call whose arguments cannot be put together is left open, so that it is never run. */
  const close = (): void => {
    if (open === null) return;
    write(open.id, open.isBroken ? "" : open.args.end());
    if (!open.isBroken) complete.push(open.id);
    open = null;
  };
  const start = ({ callId, name }: CallPiece, id: string): Open => {
    close();
    if (callId !== null && callIds.has(callId))
      warn("duplicate-call-id", `Two calls of this answer have the id ${callId}.`);
    if (name === null) warn("nameless-call", "A call came without a name.");
    if (callId !== null) callIds.add(callId);
    emit({ type: "tool-input-start", id, callId, name: name ?? "" });
    return { id, name, args: openPartialArgs(), isBroken: false };
  };
  const addValues = (call: Open, { values }: CallPiece): void => {
    for (const value of values) {
      const text = call.isBroken ? null : call.args.add(value);
      if (text !== null) write(call.id, text);
      else {
        call.isBroken = true;
        warnOnce(
          "arguments-out-of-place",
          `A value of a call's arguments has no place in them: ${JSON.stringify(value).slice(0, EXCERPT)}`,
        );
      }
    }
  };

  return {
    add: (piece, nextId) => {
      // A call that is still open ends before another begins, so its own name again is a piece of it.
      const known = open !== null && (piece.name === null || piece.name === open.name) ? open : null;
      const goesOn = known !== null;
      const call = known ?? start(piece, nextId());
      if (piece.signature !== null)
        emit({ type: "replay", id: call.id, item: { thoughtSignature: piece.signature } });
      if (!goesOn && piece.values.length === 0 && !piece.willContinue) {
        open = null;
        write(call.id, piece.input ?? "");
        complete.push(call.id);
        return;
      }
      open = call;
      addValues(call, piece);
      if (!piece.willContinue) close();
    },
    distrust: () => {
      if (open !== null) open.isBroken = true;
    },
    end: () => {
      close();
      for (const id of complete.splice(0)) emit({ type: "tool-input-end", id });
    },
  };
}
