import { DEEPEST_JSON } from "./bounds";
import type { Json } from "./json";

/**
 * JSON that is still arriving, read once: each `write` costs only its own length. Never throws. `value` is one tree
 * that grows in place, so show it by what it holds and not by its identity. Its objects have no prototype, so
 * `__proto__` is a key like any other.
 */
export type PartialJson = {
  readonly write: (delta: string) => void;
  /** The tree so far: open strings hold the text so far, numbers and literals appear once they end. */
  readonly value: () => Json | undefined;
  /** Offset in all text written where the unfinished key, string, number or literal begins; the length when none is open. */
  readonly tailStart: () => number;
  readonly state: () => "open" | "complete" | "broken";
};

type Container =
  | { readonly kind: "object"; readonly value: Record<string, Json>; key: string }
  | { readonly kind: "array"; readonly value: Json[] };

type Mode =
  | "value"
  | "first-value"
  | "key"
  | "first-key"
  | "colon"
  | "after"
  | "string"
  | "key-string"
  | "scalar"
  | "complete"
  | "broken";

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;
/** What a number or a literal is made of. */
const SCALAR = /[\da-zA-Z.+-]*/y;
/** What stands in a string for itself. */
const PLAIN = /[^"\\]*/y;
const ESCAPES: { readonly [letter: string]: string } = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/** Opens a tree for one call's arguments. */
export function openPartialJson(): PartialJson {
  const stack: Container[] = [];
  let mode: Mode = "value";
  let root: Json | undefined;
  let buffer = "";
  let escape = "";
  let length = 0;
  let tail = 0;

  const top = (): Container | undefined => stack.at(-1);
  /** Puts a value where the next one belongs; `again` replaces the one that is there. */
  const put = (value: Json, again: boolean): void => {
    const container = top();
    if (container === undefined) root = value;
    else if (container.kind === "object") container.value[container.key] = value;
    else if (again) container.value[container.value.length - 1] = value;
    else container.value.push(value);
  };
  const afterValue = (): void => {
    mode = stack.length === 0 ? "complete" : "after";
  };
  const open = (container: Container): void => {
    put(container.value, false);
    stack.push(container);
    mode = container.kind === "object" ? "first-key" : "first-value";
    if (stack.length > DEEPEST_JSON) mode = "broken";
  };
  const close = (kind: Container["kind"]): void => {
    if (top()?.kind !== kind) {
      mode = "broken";
      return;
    }
    stack.pop();
    afterValue();
  };
  const beginToken = (next: Mode, at: number): void => {
    mode = next;
    buffer = "";
    tail = at;
  };

  const startValue = (character: string, at: number): void => {
    if (character === "{") open({ kind: "object", value: emptyObject(), key: "" });
    else if (character === "[") open({ kind: "array", value: [] });
    else if (character === "]" && mode === "first-value") close("array");
    else if (character === '"') {
      beginToken("string", at);
      put("", false);
    } else if (endOfRun(SCALAR, character, 0) === 1) {
      beginToken("scalar", at);
      buffer = character;
    } else mode = "broken";
  };
  const structure = (character: string, at: number): void => {
    if (isSpace(character)) return;
    if (mode === "value" || mode === "first-value") startValue(character, at);
    else if (mode === "key" || mode === "first-key") {
      if (character === '"') beginToken("key-string", at);
      else if (character === "}" && mode === "first-key") close("object");
      else mode = "broken";
    } else if (mode === "colon") mode = character === ":" ? "value" : "broken";
    else if (mode === "after") afterComma(character);
    else mode = "broken";
  };
  const afterComma = (character: string): void => {
    if (character === "}") close("object");
    else if (character === "]") close("array");
    else if (character === ",") mode = top()?.kind === "object" ? "key" : "value";
    else mode = "broken";
  };
  const endScalar = (): void => {
    const value = readScalar(buffer);
    if (value === undefined) mode = "broken";
    else {
      put(value, false);
      afterValue();
    }
  };
  const endString = (): void => {
    const container = top();
    if (mode === "string") {
      put(buffer, true);
      afterValue();
    } else if (container?.kind === "object") {
      container.key = buffer;
      mode = "colon";
    }
  };
  const readEscape = (character: string): void => {
    escape += character;
    const letter = escape.charAt(1);
    if (letter === "u") {
      if (escape.length < 6) return;
      const code = Number.parseInt(escape.slice(2), 16);
      if (/^[\da-fA-F]{4}$/.test(escape.slice(2))) buffer += String.fromCharCode(code);
      else mode = "broken";
    } else {
      const plain = ESCAPES[letter];
      if (plain === undefined) mode = "broken";
      else buffer += plain;
    }
    escape = "";
  };
  /** Reads as much of `delta` as belongs to the open string; gives the offset after it. */
  const readString = (delta: string, from: number): number => {
    if (escape !== "") {
      readEscape(delta.charAt(from));
      return from + 1;
    }
    const stop = endOfRun(PLAIN, delta, from);
    buffer += delta.slice(from, stop);
    if (stop === delta.length) return stop;
    if (delta.charAt(stop) === "\\") escape = "\\";
    else endString();
    return stop + 1;
  };
  const step = (delta: string, from: number): number => {
    if (mode === "string" || mode === "key-string") return readString(delta, from);
    if (mode !== "scalar") {
      structure(delta.charAt(from), length + from);
      return from + 1;
    }
    const stop = endOfRun(SCALAR, delta, from);
    buffer += delta.slice(from, stop);
    if (stop < delta.length) endScalar();
    return stop;
  };

  return {
    write: (delta) => {
      for (let at = 0; at < delta.length && !isBroken(mode);) {
        const wasToken = isToken(mode);
        const next = step(delta, at);
        if (isBroken(mode) && !wasToken) tail = length + at;
        at = next;
      }
      length += delta.length;
      if (mode === "string") put(buffer, true);
    },
    value: () => root,
    tailStart: () => (isToken(mode) || mode === "broken" ? tail : length),
    state: () => (mode === "complete" || mode === "broken" ? mode : "open"),
  };
}

function isToken(mode: Mode): boolean {
  return mode === "string" || mode === "key-string" || mode === "scalar";
}

function isBroken(mode: Mode): boolean {
  return mode === "broken";
}

function isSpace(character: string): boolean {
  return character === " " || character === "\n" || character === "\r" || character === "\t";
}

function emptyObject(): Record<string, Json> {
  const object: Record<string, Json> = Object.create(null);
  return object;
}

function readScalar(text: string): Json | undefined {
  if (text === "true") return true;
  if (text === "false") return false;
  if (text === "null") return null;
  return NUMBER.test(text) ? Number(text) : undefined;
}

/** Where a run that begins at `from` ends: `from` itself when there is none. Found by the engine, not letter by letter. */
function endOfRun(run: RegExp, text: string, from: number): number {
  run.lastIndex = from;
  run.test(text);
  return run.lastIndex;
}
