import { afterAll, beforeAll, expect, it } from "vitest";

import { type RawServer, startRawServer } from "@/lib/server/mcp/__fixtures__/raw-server";
import { mcpCall } from "@/lib/server/mcp/mcp-calls";

import { createMcpClient } from "./mcp-client";
import { tokenOf, tokenPlace } from "./mcp-token";

let server: RawServer;
beforeAll(async () => {
  server = await startRawServer(({ authorization, method }) =>
    method === "tools/list"
      ? {
          result: {
            tools: [{ name: "tool", description: authorization ?? "", inputSchema: { type: "object" } }],
          },
        }
      : null,
  );
});
afterAll(() => server.close());

/** A page whose calls reach the server's real handlers. */
function page(token: string | null) {
  return createMcpClient({
    keys: {
      get: (provider, endpoint) => (provider === "mcp" && endpoint === `${server.origin}/mcp` ? token : null),
    },
    fetch: (input, init) => {
      const path = typeof input === "string" ? input : "";
      const headers = { ...Object.fromEntries(new Headers(init?.headers)), host: "127.0.0.1:3000" };
      const request = new Request(`http://127.0.0.1:3000${path}`, { ...init, headers });
      return mcpCall(path.split("/").at(-1) ?? "")(request);
    },
  });
}

it("the page describes a server, with the token that was pasted for it", async () => {
  const client = page("token-of-this-server");
  expect(await client.describe(server.ref)).toMatchObject({
    ok: true,
    value: { state: "ready", tools: [{ name: "tool", description: `Bearer ${"*".repeat(20)}` }] },
  });
  expect(server.seen.at(-1)?.headers.authorization).toBe("Bearer token-of-this-server");
  expect(await client.revision(server.ref)).toEqual({
    ok: true,
    value: { revision: 0, signIn: { state: "none" } },
  });
  expect(await client.disconnect(server.ref)).toEqual({ ok: true, value: { ok: true } });
});

it("a server that may not be called is a failure with its reason", async () => {
  const url = "http://169.254.169.254/";
  expect(await page(null).describe({ from: "person", name: "x", url, headers: [] })).toMatchObject({
    ok: false,
    error: { code: "TARGET_BLOCKED", status: 400 },
  });
});

it("a token is sent with the runs of its own server only", () => {
  const keys = { get: (provider: string, endpoint: string | null) => `${provider} ${endpoint ?? ""}` };
  const mcp = { kind: "mcp", server: server.ref, tool: "tool", gives: "text", hash: null } as const;
  expect(tokenOf(keys, mcp)).toBe(`mcp ${server.origin}/mcp`);
  expect(tokenPlace({ from: "config", name: "team" })).toEqual(["mcp", "team"]);
  const request = { method: "GET", url: server.origin, headers: [], body: null } as const;
  expect(tokenOf(keys, { kind: "http", request })).toBeNull();
});
