import type { ResponseHead, RunError } from "@/lib/stream/turn/event";

import { readRelayError, readRelayHead } from "./relay-frames";

/**
 * What the relay writes before the upstream's first byte: comments, then one head or one error. It is read
 * byte by byte and apart from the rest, so that the upstream's bytes begin where they begin (a BOM counts)
 * and nothing in them can pass for the head.
 */
export type RelayPrelude = { readonly push: (bytes: Uint8Array) => PreludeState };

export type PreludeState =
  | { readonly state: "waiting" }
  /** `rest`: the upstream's first bytes, if any came along. */
  | { readonly state: "head"; readonly head: ResponseHead; readonly rest: Uint8Array }
  | { readonly state: "error"; readonly error: RunError };

const LF = 10;
/** Longest line the relay writes, in bytes: an error with its detail. */
const LONGEST_LINE = 1024 * 1024;
const WAITING: PreludeState = { state: "waiting" };

/** Opens the prelude of one response. Never throws. */
export function openRelayPrelude(): RelayPrelude {
  const decoder = new TextDecoder();
  let pending: Uint8Array = new Uint8Array(0);
  let event = "";
  let data = "";

  const endFrame = (rest: Uint8Array): PreludeState => {
    const [name, text] = [event, data];
    event = "";
    data = "";
    if (name === "relay-error") return { state: "error", error: readRelayError(text) ?? unknownFrame(text) };
    if (name !== "relay-head") return WAITING;
    const head = readRelayHead(text);
    return head === null ? { state: "error", error: unknownFrame(text) } : { state: "head", head, rest };
  };
  const readLine = (line: string): void => {
    if (line.startsWith("event: ")) event = line.slice("event: ".length);
    else if (line.startsWith("data: ")) data = line.slice("data: ".length);
  };
  return {
    push: (bytes) => {
      pending = pending.length === 0 ? bytes : join(pending, bytes);
      for (let end = pending.indexOf(LF); end !== -1; end = pending.indexOf(LF)) {
        const line = decoder.decode(pending.subarray(0, end));
        pending = pending.subarray(end + 1);
        const state = line === "" ? endFrame(pending) : WAITING;
        if (state.state !== "waiting") return state;
        readLine(line);
      }
      return pending.length > LONGEST_LINE ? { state: "error", error: unknownFrame("") } : WAITING;
    },
  };
}

function join(before: Uint8Array, after: Uint8Array): Uint8Array {
  const joined = new Uint8Array(before.length + after.length);
  joined.set(before);
  joined.set(after, before.length);
  return joined;
}

function unknownFrame(text: string): RunError {
  return {
    source: "app",
    code: "BAD_RELAY_FRAME",
    message:
      "Vitrine's server sent something this page does not understand. The page may be out of date: reload it.",
    retryable: false,
    detail: text.slice(0, 200),
  };
}
