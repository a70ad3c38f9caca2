// @ts-check
/** A server of the protocol's 2026-07-28 era: imported for HTTP, or run with "stdio". */
import http from "node:http";

import {
  McpServer,
  createMcpHandler,
  createRequestStateCodec,
  inputRequired,
} from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import * as z from "zod";

/** @param {string} text */
const said = (text) => ({ content: [{ type: /** @type {const} */ ("text"), text }] });

const states = createRequestStateCodec({ key: new TextEncoder().encode("x".repeat(32)) });

/** @param {{ readonly extra: boolean }} options */
function createServer({ extra }) {
  const server = new McpServer(
    { name: "new-era", version: "1.2.3" },
    { instructions: "Say hello.", requestState: { verify: (state, ctx) => states.verify(state, ctx) } },
  );
  server.registerTool(
    "greet",
    {
      description: "Says hello.",
      inputSchema: z.object({
        name: z.string(),
        region: z.string().optional().meta({ "x-mcp-header": "Region" }),
      }),
      outputSchema: z.object({ greeting: z.string(), region: z.string().nullable() }),
    },
    ({ name }, ctx) => {
      const region = ctx.http?.req?.headers.get("mcp-param-region") ?? null;
      const structuredContent = { greeting: `Hello, ${name}`, region };
      return { content: [{ type: "text", text: structuredContent.greeting }], structuredContent };
    },
  );
  server.registerTool("order", { inputSchema: z.object({ dish: z.string() }) }, async ({ dish }, ctx) => {
    const answers = ctx.mcpReq.inputResponses ?? {};
    const size = answers["size"];
    if (size === undefined) {
      const requestedSchema = z.object({ size: z.enum(["small", "large"]) });
      return inputRequired({
        inputRequests: { size: inputRequired.elicit({ message: `Which size of ${dish}?`, requestedSchema }) },
        requestState: await states.mint({ dish }),
      });
    }
    return said(`${JSON.stringify(ctx.mcpReq.requestState())} ${JSON.stringify(size)}`);
  });
  server.registerTool("visit", { inputSchema: z.object({ url: z.string() }) }, ({ url }, ctx) => {
    const page = ctx.mcpReq.inputResponses?.["page"];
    if (page !== undefined) return said(JSON.stringify(page));
    return inputRequired({
      inputRequests: { page: inputRequired.elicitUrl({ message: "Sign in first", url }) },
    });
  });
  server.registerTool("ask-forever", { inputSchema: z.object({}) }, () =>
    inputRequired({
      inputRequests: {
        again: inputRequired.elicit({ message: "Again?", requestedSchema: z.object({ yes: z.boolean() }) }),
      },
    }),
  );
  server.registerTool("use-a-model", { inputSchema: z.object({}) }, () =>
    inputRequired({ inputRequests: { model: inputRequired.createMessage({ messages: [], maxTokens: 1 }) } }),
  );
  server.registerTool("count", { inputSchema: z.object({ to: z.number() }) }, async ({ to }, ctx) => {
    const { _meta: meta = {} } = ctx.mcpReq;
    const { progressToken = "" } = meta;
    for (let progress = 1; progress <= to; progress += 1)
      await ctx.mcpReq.notify({
        method: "notifications/progress",
        params: { progressToken, progress, total: to, message: `number ${progress}` },
      });
    return said("counted");
  });
  server.registerTool("fail", { inputSchema: z.object({}) }, () => ({
    ...said("The oven is cold."),
    isError: true,
  }));
  server.registerTool("wait", { inputSchema: z.object({}) }, async (_args, ctx) => {
    await new Promise((resolve) => ctx.mcpReq.signal.addEventListener("abort", resolve));
    return said("canceled");
  });
  if (extra) server.registerTool("new", { inputSchema: z.object({}) }, () => said("new"));
  return server;
}

/** Serves over HTTP on a free port. */
export async function startNewEra() {
  let extra = false;
  const handler = createMcpHandler(() => createServer({ extra }), { legacy: "reject" });
  const server = http.createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    const { method = "GET" } = request;
    const reply = await handler.fetch(
      new Request(`http://127.0.0.1${request.url}`, {
        method,
        headers: Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        body: method === "POST" ? Buffer.concat(chunks) : null,
        signal: gone.signal,
      }),
    );
    response.writeHead(reply.status, Object.fromEntries(reply.headers.entries()));
    if (reply.body !== null) for await (const chunk of reply.body) response.write(chunk);
    response.end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    /** Adds a tool and tells everybody who listens. */
    grow: () => {
      extra = true;
      handler.notify.toolsChanged();
    },
    stop: async () => {
      await handler.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

if (process.argv[2] === "stdio") serveStdio(() => createServer({ extra: false }));
