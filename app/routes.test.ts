/** Every route is behind the guard, whatever it is written like. */
import { readdirSync } from "node:fs";
import path from "node:path";

import { beforeAll, describe, expect, it, vi } from "vitest";

import { LLAMA_CALLS } from "@/lib/contract/llama";
import { MCP_CALLS } from "@/lib/contract/mcp";
import { TOOL_CALLS } from "@/lib/contract/tool-run";

const routes = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter((file) =>
  /(?:^|\/)route\.tsx?$/.test(file),
);

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const HOST = "127.0.0.1:3000";
const OURS = { host: HOST, "content-type": "application/json", "x-vitrine": "1" };

type Handler = (request: Request, context: { readonly params: Promise<object> }) => Promise<Response>;

/** The handlers that a route exports, by method. */
async function handlersOf(file: string): Promise<readonly (readonly [string, Handler])[]> {
  const route: Readonly<Record<string, Handler>> = await import(path.join(import.meta.dirname, file));
  return Object.entries(route).filter(([name]) => METHODS.has(name));
}

async function ask(handler: Handler, method: string, headers: Readonly<Record<string, string>>) {
  const init = { method, headers: { ...OURS, ...headers }, ...(method === "POST" ? { body: "{}" } : {}) };
  // A part of the path that a route names; every call of llama.cpp's is asked for below.
  const context = { params: Promise.resolve({ call: "props", path: ["x"] }) };
  const response = await handler(new Request(`http://${HOST}/api/x`, init), context);
  return [response.status, (await response.json()).error?.code];
}

beforeAll(() => {
  vi.stubEnv("VITRINE_LLAMA", "off");
});

describe("every route", () => {
  it("is found by this test", () => {
    expect(routes).toEqual(
      expect.arrayContaining([
        path.join("api", "chat", "route.ts"),
        path.join("api", "llama", "[call]", "route.ts"),
        path.join("api", "tools", "[call]", "route.ts"),
      ]),
    );
  });

  it.each(routes)("%s refuses a foreign host and a foreign origin", async (file) => {
    const handlers = await handlersOf(file);
    expect(handlers.length).toBeGreaterThan(0);
    for (const [method, handler] of handlers) {
      expect(await ask(handler, method, { host: "evil.example" })).toEqual([403, "HOST"]);
      expect(await ask(handler, method, { origin: "http://evil.example" })).toEqual([403, "ORIGIN"]);
    }
  });
});

it.each([...Object.keys(LLAMA_CALLS), "constructor", "nothing"])(
  "the call %s of llama.cpp's refuses a foreign host and a foreign origin",
  async (call) => {
    const { llamaCall } = await import("@/lib/server/llama/llama-calls");
    const handler = llamaCall(call);
    expect(await ask(handler, "POST", { host: "evil.example" })).toEqual([403, "HOST"]);
    expect(await ask(handler, "POST", { origin: "http://evil.example" })).toEqual([403, "ORIGIN"]);
  },
);

it.each([...Object.keys(MCP_CALLS), "constructor", "nothing"])(
  "the call %s of MCP servers refuses a foreign host and a foreign origin",
  async (call) => {
    const { mcpCall } = await import("@/lib/server/mcp/mcp-calls");
    const handler = mcpCall(call);
    expect(await ask(handler, "POST", { host: "evil.example" })).toEqual([403, "HOST"]);
    expect(await ask(handler, "POST", { origin: "http://evil.example" })).toEqual([403, "ORIGIN"]);
  },
);

it.each([...Object.keys(TOOL_CALLS), "constructor", "nothing"])(
  "the call %s of tools refuses a foreign host and a foreign origin",
  async (call) => {
    const { toolCall } = await import("@/lib/server/tools/tool-calls");
    const handler = toolCall(call);
    expect(await ask(handler, "POST", { host: "evil.example" })).toEqual([403, "HOST"]);
    expect(await ask(handler, "POST", { origin: "http://evil.example" })).toEqual([403, "ORIGIN"]);
  },
);
