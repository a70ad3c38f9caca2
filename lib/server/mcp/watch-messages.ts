/** Stands between an MCP client and its transport, for what the client does not report. */
import { randomUUID } from "node:crypto";

import {
  type JSONRPCMessage,
  type Progress,
  type Transport,
  type TransportSendOptions,
  isSpecType,
} from "@modelcontextprotocol/client";

import { type LeftOut, splitTools } from "./tool-list";

export type WatchedMessages = {
  /** Tools that the last list held and that can't be used. */
  readonly leftOut: () => readonly LeftOut[];
  /** A token for the progress of one call, which `onProgress` gets until `end`. */
  readonly progress: (onProgress: (progress: Progress) => void) => {
    readonly token: string;
    readonly end: () => void;
  };
};

/** Watches the messages of a connected transport. `checkHeaders`: see `splitTools`. */
export function watchMessages(transport: Transport, checkHeaders: () => boolean): WatchedMessages {
  const lists = new Set<string | number>();
  const listeners = new Map<string, (progress: Progress) => void>();
  let leftOut: LeftOut[] = [];
  let seen = new Set<string>();
  const receive = transport.onmessage?.bind(transport);
  const send = transport.send.bind(transport);

  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- a transport is no target of events
  transport.onmessage = (message, extra) => {
    if ("result" in message && message.id !== undefined && lists.delete(message.id)) {
      const { tools } = message.result;
      if (Array.isArray(tools)) {
        const split = splitTools(tools, seen, checkHeaders());
        leftOut.push(...split.leftOut);
        message.result["tools"] = [...split.kept];
      }
    }
    if (!isOwnProgress(message)) receive?.(message, extra);
  };

  /** Progress of a call of ours, given to it here: the client would report it a moment later, when the answer that came with it has already ended the call. */
  function isOwnProgress(message: JSONRPCMessage): boolean {
    if (!("method" in message) || message.method !== "notifications/progress") return false;
    const params = isSpecType.ProgressNotificationParams(message.params) ? message.params : null;
    const listener = params === null ? undefined : listeners.get(String(params.progressToken));
    if (params === null || listener === undefined) return false;
    listener(params);
    return true;
  }

  transport.send = (message: JSONRPCMessage, options?: TransportSendOptions) => {
    if (!("method" in message) || !("id" in message)) return send(message, options);
    if (message.method === "tools/list") {
      lists.add(message.id);
      if (message.params?.["cursor"] === undefined) {
        leftOut = [];
        seen = new Set();
      }
    }
    return send(message, { ...options, onRequestStreamEnd: () => onStreamEnd(message.id, options) });
  };

  /** A reply that ends without an answer would be waited for until time runs out. Where it was answered, nobody hears this. */
  function onStreamEnd(id: string | number, options: TransportSendOptions | undefined): void {
    options?.onRequestStreamEnd?.();
    if (typeof id === "number")
      receive?.({
        jsonrpc: "2.0",
        id,
        error: { code: STREAM_ENDED, message: "The stream ended without an answer." },
      });
  }

  return {
    leftOut: () => leftOut,
    progress: (onProgress) => {
      const token = randomUUID();
      listeners.set(token, onProgress);
      return { token, end: () => listeners.delete(token) };
    },
  };
}

/** Our own code, of the range that JSON-RPC leaves to implementations. */
export const STREAM_ENDED = -32_098;
