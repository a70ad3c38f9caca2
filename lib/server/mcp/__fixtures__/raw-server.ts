/** A server of the 2025-11-25 era that says whatever a test wants, message by message. */
import type http from "node:http";

import { type Stub, startStub } from "@/lib/server/__fixtures__/stub";
import type { McpServerRef } from "@/lib/tools/tool";

export type RawRequest = {
  readonly method: string;
  readonly id?: number;
  readonly params?: { readonly name?: string; readonly cursor?: string; readonly arguments?: object };
  /** The token that came with it. */
  readonly authorization: string | null;
  /** The session that it belongs to. */
  readonly session: string | null;
};

/** What stands in for the result; `null` leaves it to the server. */
export type RawAnswer =
  | { readonly result: object }
  | { readonly error: { readonly code: number; readonly message: string; readonly data?: unknown } }
  /** Writes the HTTP reply itself. */
  | ((response: http.ServerResponse) => void)
  | null;

export type RawServer = Omit<Stub, "close"> & {
  readonly ref: McpServerRef;
  /** Messages so far, by their methods. */
  readonly methods: () => readonly string[];
  readonly close: () => Promise<void>;
};

export const TOOL = { name: "tool", inputSchema: { type: "object" } };

/** By default it has one tool, which answers "done". */
export async function startRawServer(answer: (request: RawRequest) => RawAnswer): Promise<RawServer> {
  const methods: string[] = [];
  const stub = await startStub((response, { body, headers }) => {
    if (body === "") return void response.writeHead(405).end();
    const session = headers["mcp-session-id"];
    const request: RawRequest = {
      ...JSON.parse(body),
      authorization: headers.authorization ?? null,
      session: typeof session === "string" ? session : null,
    };
    methods.push(request.method);
    const given = answer(request) ?? usual(request);
    if (typeof given === "function") return given(response);
    if (request.id === undefined) return void response.writeHead(202).end();
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ jsonrpc: "2.0", id: request.id, ...given }));
  });
  return {
    ...stub,
    ref: { from: "person", name: "raw", url: `${stub.origin}/mcp`, headers: [] },
    methods: () => methods,
  };
}

function usual({ method }: RawRequest): Exclude<RawAnswer, null> {
  switch (method) {
    case "initialize":
      return {
        result: {
          protocolVersion: "2025-11-25",
          capabilities: { tools: { listChanged: true } },
          serverInfo: { name: "raw", version: "1" },
        },
      };
    case "tools/list":
      return { result: { tools: [TOOL] } };
    case "tools/call":
      return { result: { content: [{ type: "text", text: "done" }] } };
    default:
      return { error: { code: -32_601, message: "Method not found" } };
  }
}
