import type { EventQueue } from "@/lib/providers/dialects/shared/event-queue";
import { EXCERPT } from "@/lib/providers/dialects/shared/reader-faults";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { writeWritten } from "@/lib/stream/turn/written-json";

import type { CallPiece } from "./pieces";

/** The calls of one answer. */
type GeminiCalls = {
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

export function openGeminiCalls({ emit, warn, warnOnce }: Omit<EventQueue, "take">): GeminiCalls {
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
      warn("duplicate-call-id", `Two calls in this answer have the id ${callId}.`);
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
          `A value in a call's arguments has no valid path: ${JSON.stringify(value).slice(0, EXCERPT)}`,
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

/** Writes the arguments of a call as they come, value by value, as JSON text that only grows. */
type PartialArgs = {
  /** The text that a value adds; null for one that has no place behind what is written already. */
  readonly add: (value: JsonObject) => string | null;
  /** The text that completes the arguments. */
  readonly end: () => string;
};

/** A key of an object, or an index of a list. */
type Token = string | number;
/** An open object or list, and what was written in it last. */
type Container = { readonly isList: boolean; readonly seen: Set<Token>; at: Token };

/**
 * `partialArgs` of Vertex: each item sets one value by its JSON path, and a string goes on while `willContinue` says so.
 * https://cloud.google.com/vertex-ai/generative-ai/docs/multimodal/function-calling#streaming-fc
 */
export function openPartialArgs(): PartialArgs {
  const open: Container[] = [];
  /** The path of the string that is not closed yet. */
  let growing: string | null = null;
  let isBegun = false;

  const endString = (): string => {
    const text = growing === null ? "" : '"';
    growing = null;
    return text;
  };
  const closeTo = (depth: number): string =>
    open
      .splice(depth)
      .toReversed()
      .map(({ isList }) => (isList ? "]" : "}"))
      .join("");
  /** The name of a value, after a comma or the bracket that opens its container. */
  const begin = (token: Token, container: Container, isFirst: boolean): string => {
    container.at = token;
    container.seen.add(token);
    const bracket = container.isList ? "[" : "{";
    const name = typeof token === "number" ? "" : `${JSON.stringify(token)}:`;
    return `${isFirst ? bracket : ","}${name}`;
  };
  const moveTo = (path: readonly Token[]): string | null => {
    const shared = open.findIndex(({ at }, depth) => at !== path[depth]);
    const depth = shared === -1 ? open.length : shared;
    const token = path[depth];
    const container = open[depth];
    // The same value again, or one inside a value or around it.
    if (token === undefined || (container === undefined && open.length > 0)) return null;
    if (container !== undefined && !follows(token, container)) return null;
    let text = closeTo(depth + 1);
    if (container !== undefined) text += begin(token, container, false);
    for (const inner of path.slice(container === undefined ? depth : depth + 1)) {
      if (typeof inner === "number" && inner !== 0) return null;
      const opened: Container = { isList: typeof inner === "number", seen: new Set(), at: inner };
      open.push(opened);
      text += begin(inner, opened, true);
    }
    return text;
  };

  return {
    add: (value) => {
      const where = value["jsonPath"];
      const path = typeof where === "string" ? readPath(where) : null;
      if (path === null || typeof where !== "string" || typeof path[0] !== "string") return null;
      const goesOn = value["willContinue"] === true;
      const string = value["stringValue"];
      if (growing === where) {
        if (typeof string !== "string") return goesOn ? "" : endString();
        return inside(string) + (goesOn ? "" : endString());
      }
      const closed = endString();
      const moved = moveTo(path);
      if (moved === null) return null;
      isBegun = true;
      if (typeof string !== "string") return closed + moved + writeWritten(scalarOf(value));
      growing = goesOn ? where : null;
      return `${closed}${moved}"${inside(string)}${goesOn ? "" : '"'}`;
    },
    end: () => endString() + (isBegun ? closeTo(0) : "{}"),
  };
}

function follows(token: Token, { isList, at, seen }: Container): boolean {
  return isList ? typeof at === "number" && token === at + 1 : typeof token === "string" && !seen.has(token);
}

/** A string's characters as they stand in JSON. */
function inside(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function scalarOf(value: JsonObject): Json {
  return value["numberValue"] ?? value["boolValue"] ?? null;
}

const STEP = /\.([^.[\]]+)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/y;

/** `$.a[0]['b c']` as its tokens; null for what is no such path, or no path to a value inside the arguments. */
function readPath(path: string): readonly Token[] | null {
  if (!path.startsWith("$")) return null;
  const tokens: Token[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < path.length) {
    const match = STEP.exec(path);
    if (match === null) return null;
    const [, plain, index, single, double] = match;
    const quoted = single ?? double;
    if (index === undefined) tokens.push(plain ?? quoted?.replaceAll(/\\(.)/g, "$1") ?? "");
    else tokens.push(Number(index));
  }
  return tokens.length === 0 ? null : tokens;
}
