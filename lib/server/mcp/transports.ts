/** How an MCP server is reached: over HTTP, or as a process of its own that Vitrine starts. */
import {
  type FetchLike,
  SSEClientTransport,
  StreamableHTTPClientTransport,
  type Transport,
} from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";

import { childPids } from "./children";
import { createMcpFetch } from "./mcp-fetch";
import type { ServerPlan } from "./server-plan";
import { signInOf } from "./sign-in/sign-ins";

export type McpTransport = {
  readonly kind: "stdio" | "http" | "sse";
  readonly transport: Transport;
  /** The last that the process wrote as its log; "" over HTTP. */
  readonly log: () => string;
};

const MOST_LOG = 4_000;
const MOST_MESSAGE = 16 * 1024 * 1024;

/** A transport that is not started yet. `kind` may be another than the plan's where the server speaks an older one. */
export function createTransport(plan: ServerPlan, kind: McpTransport["kind"]): McpTransport {
  const { via } = plan;
  if (via.via === "stdio") return stdioTransport(via);
  const url = new URL(via.url);
  const authProvider = signInOf(plan.id)?.memory.provider;
  const options = { fetch: fetchOf(plan), ...(authProvider === undefined ? {} : { authProvider }) };
  const transport =
    kind === "sse"
      ? // oxlint-disable-next-line typescript/no-deprecated -- servers that are old enough speak nothing else
        new SSEClientTransport(url, options)
      : new StreamableHTTPClientTransport(url, options);
  return { kind, transport, log: () => "" };
}

/** What a plan's messages, and its sign-in where it has one, are sent with. */
export function fetchOf({ id, via }: ServerPlan): FetchLike {
  if (via.via === "stdio") throw new Error("A process is not fetched from.");
  return createMcpFetch({ ...via, maySignIn: () => signInOf(id) !== null });
}

function stdioTransport(via: Extract<ServerPlan["via"], { readonly via: "stdio" }>): McpTransport {
  const transport = new StdioClientTransport({
    command: via.command,
    args: [...via.args],
    // Besides these the child gets PATH, HOME and the like: `getDefaultEnvironment` of the client.
    env: { ...via.env },
    cwd: via.cwd,
    stderr: "pipe",
    maxBufferSize: MOST_MESSAGE,
  });
  let log = "";
  transport.stderr?.on("data", (chunk: Buffer) => {
    log = `${log}${chunk.toString()}`.slice(-MOST_LOG);
  });
  const start = transport.start.bind(transport);
  let pid: number | null = null;
  transport.start = async () => {
    await start();
    ({ pid } = transport);
    childPids.add(pid);
  };
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- a transport is no target of events
  transport.onclose = () => childPids.delete(pid);
  return { kind: "stdio", transport, log: () => log.trim() };
}
