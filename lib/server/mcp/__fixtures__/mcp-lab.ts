/** Vitrine's MCP side in a test: a configuration of its own, the calls of the page, and calls of tools. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import { vi } from "vitest";

import type { MCP_CALLS, McpDescription, McpState } from "@/lib/contract/mcp";
import type { QuestionAnswer } from "@/lib/contract/tool-run";
import type { ServerToolIo } from "@/lib/server/tools/tool-io";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { McpGives, McpServerRef } from "@/lib/tools/tool";
import type { ToolRunEvent } from "@/lib/tools/tool-run";

type Asked = Parameters<ServerToolIo["ask"]>[0];

export type CallOptions = {
  readonly gives?: McpGives;
  /** Of the definition that a person accepted; never compared by default. */
  readonly hash?: string;
  readonly signal?: AbortSignal;
  readonly key?: string;
  /** What the person answers; asks nobody by default. */
  readonly answer?: (question: Asked) => QuestionAnswer | Promise<QuestionAnswer>;
  readonly onEvent?: (event: ToolRunEvent) => void;
};

export type McpLab = {
  /** One of the page's calls, as its status and its body. */
  readonly ask: (
    call: keyof typeof MCP_CALLS,
    body: object,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<{ readonly status: number; readonly json: JsonObject }>;
  /** The state of a server. */
  readonly state: (server: McpServerRef, key?: string) => Promise<McpState>;
  /** The same where it must be connected. */
  readonly describe: (server: McpServerRef) => Promise<McpDescription>;
  /** All events of a call. */
  readonly call: (
    server: McpServerRef,
    tool: string,
    args?: JsonObject,
    options?: CallOptions,
  ) => Promise<readonly ToolRunEvent[]>;
  /** Writes the configuration anew. */
  readonly configure: (config: unknown) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** `config`: what `vitrine.mcp.json` holds. */
export async function startMcpLab(
  config: unknown,
  variables: Readonly<Record<string, string>> = {},
): Promise<McpLab> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "vitrine-mcp-"));
  const file = path.join(folder, "vitrine.mcp.json");
  const configure = (content: unknown) =>
    writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
  await configure(config);
  for (const [name, value] of Object.entries({ VITRINE_MCP: file, ...variables })) vi.stubEnv(name, value);
  vi.resetModules();
  const { mcpCall } = await import("@/lib/server/mcp/mcp-calls");
  const { runMcpTool } = await import("@/lib/server/mcp/run-mcp-tool");
  const { environment } = await import("@/lib/server/environment");
  const { closeAllConnections } = await import("@/lib/server/mcp/connections");

  const ask: McpLab["ask"] = async (call, body, headers = {}) => {
    const request = new Request(`http://127.0.0.1:3000/api/mcp/${call}`, {
      method: "POST",
      headers: { host: "127.0.0.1:3000", "content-type": "application/json", "x-vitrine": "1", ...headers },
      body: JSON.stringify(body),
    });
    const response = await mcpCall(call)(request);
    return { status: response.status, json: await response.json() };
  };
  const state = async (server: McpServerRef, key?: string): Promise<McpState> => {
    const { MCP_CALLS: calls } = await import("@/lib/contract/mcp");
    const { json } = await ask("describe", { server }, key === undefined ? {} : { "x-vitrine-key": key });
    return calls.describe.reply.parse(json);
  };
  return {
    ask,
    state,
    describe: async (server) => {
      const described = await state(server);
      if (described.state !== "ready") throw new Error(JSON.stringify(described));
      return described;
    },
    call: async (server, tool, args = {}, options = {}) => {
      const {
        gives = "text",
        signal = new AbortController().signal,
        key = null,
        hash = null,
        onEvent,
      } = options;
      const answer = options.answer ?? (() => ({ action: "cancel", content: null }) as const);
      const io: ServerToolIo = {
        signal,
        key,
        variables: environment(),
        ask: async (question) => answer(question),
      };
      const events: ToolRunEvent[] = [];
      for await (const event of runMcpTool({ kind: "mcp", server, tool, gives, hash }, args, io)) {
        events.push(event);
        onEvent?.(event);
      }
      return events;
    },
    configure,
    close: async () => {
      await closeAllConnections();
      vi.unstubAllEnvs();
      await rm(folder, { recursive: true });
    },
  };
}
