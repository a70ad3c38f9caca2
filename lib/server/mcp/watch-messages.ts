/** Stands between an MCP client and its transport, for what the client does not report. */
import type { JSONRPCMessage, Transport, TransportSendOptions } from "@modelcontextprotocol/client";

import { type LeftOut, splitTools } from "./tool-list";

export type WatchedMessages = {
  /** Tools that the last list held and that can't be used. */
  readonly leftOut: () => readonly LeftOut[];
};

/** Watches the messages of a connected transport. `checkHeaders`: see `splitTools`. */
export function watchMessages(transport: Transport, checkHeaders: () => boolean): WatchedMessages {
  const lists = new Set<string | number>();
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
    receive?.(message, extra);
  };

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

  return { leftOut: () => leftOut };
}

/** Our own code, of the range that JSON-RPC leaves to implementations. */
export const STREAM_ENDED = -32_098;
