import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { writeWritten } from "@/lib/stream/turn/written-json";

/** Writes the arguments of a call as they come, value by value, as JSON text that only grows. */
export type PartialArgs = {
  /** The text that a value adds; null for one that has no place behind what is written already. */
  readonly add: (value: JsonObject) => string | null;
  /** The text that completes the arguments. */
  readonly end: () => string;
};

/** A key of an object, or a place in a list. */
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
    const [, plain, place, single, double] = match;
    const quoted = single ?? double;
    if (place === undefined) tokens.push(plain ?? quoted?.replaceAll(/\\(.)/g, "$1") ?? "");
    else tokens.push(Number(place));
  }
  return tokens.length === 0 ? null : tokens;
}
