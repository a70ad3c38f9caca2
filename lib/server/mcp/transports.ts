/** How an MCP server is reached: over HTTP, or as a process of its own that Vitrine starts. */
import {
  SSEClientTransport,
  StreamableHTTPClientTransport,
  type Transport,
} from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";

import { childPids } from "./children";
import { createMcpFetch } from "./mcp-fetch";
import type { ServerPlan } from "./server-plan";

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
  const fetch = createMcpFetch(via);
  const url = new URL(via.url);
  const transport =
    kind === "sse"
      ? // oxlint-disable-next-line typescript/no-deprecated -- servers that are old enough speak nothing else
        new SSEClientTransport(url, { fetch })
      : new StreamableHTTPClientTransport(url, { fetch });
  return { kind, transport, log: () => "" };
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
