/** The page's side of MCP servers. */
import type * as z from "zod/mini";

import { MCP_CALLS } from "@/lib/contract/mcp";
import type { BrowserPlatform } from "@/lib/session/page/browser-platform";
import type { Keys } from "@/lib/session/store/keys";
import type { McpServerRef } from "@/lib/tools/tool";

import { type ApiResult, callApi } from "./api-client";
import { tokenPlace } from "./mcp-token";

type Calls = typeof MCP_CALLS;
type Reply<Name extends keyof Calls> = Promise<ApiResult<z.infer<Calls[Name]["reply"]>>>;

/** What the page asks of MCP servers, through Vitrine's server. Failure is a value. */
export type McpClient = {
  /** The servers that the configuration names. */
  readonly servers: () => Reply<"servers">;
  /** The state of a server, with all it has; connects where that is not done yet. */
  readonly describe: (server: McpServerRef) => Reply<"describe">;
  /** The same over a new connection. */
  readonly reconnect: (server: McpServerRef) => Reply<"reconnect">;
  readonly disconnect: (server: McpServerRef) => Reply<"disconnect">;
  /** Whether a list changed, and where a sign-in stands. Cheap: for a card that is open. */
  readonly revision: (server: McpServerRef) => Reply<"revision">;
  /** The page to open at a press of the person's. */
  readonly signIn: (server: McpServerRef) => Reply<"sign-in">;
  readonly signOut: (server: McpServerRef) => Reply<"sign-out">;
  readonly prompt: (
    server: McpServerRef,
    name: string,
    args: Readonly<Record<string, string>>,
  ) => Reply<"prompt">;
  readonly resource: (server: McpServerRef, uri: string) => Reply<"resource">;
};

/** Sends the token that a person pasted for a server with each call about it. */
export function createMcpClient({
  fetch,
  keys,
}: Pick<BrowserPlatform, "fetch"> & { readonly keys: Pick<Keys, "get"> }): McpClient {
  const ask = <Value>(
    name: keyof Calls,
    reply: z.ZodMiniType<Value>,
    server: McpServerRef | null,
    more: object = {},
  ): Promise<ApiResult<Value>> =>
    callApi({
      fetch,
      path: `/api/mcp/${name}`,
      body: server === null ? more : { server, ...more },
      key: server === null ? null : keys.get(...tokenPlace(server)),
      reply,
    });
  const calls = MCP_CALLS;
  return {
    servers: () => ask("servers", calls.servers.reply, null),
    describe: (server) => ask("describe", calls.describe.reply, server),
    reconnect: (server) => ask("reconnect", calls.reconnect.reply, server),
    disconnect: (server) => ask("disconnect", calls.disconnect.reply, server),
    revision: (server) => ask("revision", calls.revision.reply, server),
    signIn: (server) => ask("sign-in", calls["sign-in"].reply, server),
    signOut: (server) => ask("sign-out", calls["sign-out"].reply, server),
    prompt: (server, name, args) => ask("prompt", calls.prompt.reply, server, { name, args }),
    resource: (server, uri) => ask("resource", calls.resource.reply, server, { uri }),
  };
}
