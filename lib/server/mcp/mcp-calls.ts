/** What the page may ask of MCP servers. A fixed table: no path comes from outside. */
import type { ContentBlock, EmbeddedResource } from "@modelcontextprotocol/client";
import * as z from "zod/mini";

import { KEY_HEADER } from "@/lib/contract/access";
import { MCP_CALLS, type McpBlock, type McpState } from "@/lib/contract/mcp";
import { environment } from "@/lib/server/environment";
import { type RouteHandler, guarded } from "@/lib/server/guard/guard";
import { appError, errorReply, jsonReply } from "@/lib/server/guard/reply";
import { redactText } from "@/lib/server/relay/redact";
import type { McpServerRef } from "@/lib/tools/tool";

import { readMcpConfig } from "./config-file";
import type { McpConnection } from "./connection";
import { closeConnection, isSessionLost, openConnection, whileUsed } from "./connections";
import { describeServer, failedState } from "./describe";
import { type McpFailure, describeFailure } from "./failure";
import { type ServerPlan, planServer } from "./server-plan";
import { beginSignIn, signInState } from "./sign-in/sign-in-flow";
import { forgetSignIn, liveSecrets } from "./sign-in/sign-ins";

const CALLS: { readonly [Name in keyof typeof MCP_CALLS]: RouteHandler } = {
  servers: guarded({ body: MCP_CALLS.servers.request }, async () => {
    const { file, problems, servers } = await readMcpConfig(environment());
    const shown = [...servers].map(([name, server]) => ({
      name,
      transport: server.via,
      where: server.via === "stdio" ? server.command : hostOf(server.url),
    }));
    return jsonReply({ file, problems, servers: shown });
  }),
  describe: guarded({ body: MCP_CALLS.describe.request }, ({ body, request, requestId }) =>
    withPlan(body.server, request, requestId, (plan) => stateOf(plan, request.signal)),
  ),
  reconnect: guarded({ body: MCP_CALLS.reconnect.request }, ({ body, request, requestId }) =>
    withPlan(body.server, request, requestId, async (plan) => {
      await closeConnection(plan.id);
      return stateOf(plan, request.signal);
    }),
  ),
  disconnect: guarded({ body: MCP_CALLS.disconnect.request }, ({ body, request, requestId }) =>
    withPlan(body.server, request, requestId, async (plan) => {
      await closeConnection(plan.id);
      return jsonReply({ ok: true });
    }),
  ),
  revision: guarded({ body: MCP_CALLS.revision.request }, ({ body, request, requestId }) =>
    withPlan(body.server, request, requestId, (plan) =>
      jsonReply({
        revision: openConnection(plan.id)?.revision() ?? null,
        signIn: signInState(plan.id),
      }),
    ),
  ),
  "sign-in": guarded({ body: MCP_CALLS["sign-in"].request }, ({ body, request, requestId }) =>
    withPlan(body.server, request, requestId, async (plan) =>
      cleanReply(await beginSignIn(plan, request.headers.get("host"), request.signal), plan),
    ),
  ),
  "sign-out": guarded({ body: MCP_CALLS["sign-out"].request }, ({ body, request, requestId }) =>
    withPlan(body.server, request, requestId, async (plan) => {
      forgetSignIn(plan.id);
      await closeConnection(plan.id);
      return jsonReply({ ok: true });
    }),
  ),
  prompt: guarded({ body: MCP_CALLS.prompt.request }, ({ body, request, requestId }) =>
    withConnection(body.server, request, requestId, async ({ client }) => {
      const options = { signal: request.signal };
      const result = await client.getPrompt({ name: body.name, arguments: body.args }, options);
      const messages = result.messages.map(({ role, content }) => ({ role, block: toBlock(content) }));
      return { description: result.description ?? "", messages };
    }),
  ),
  resource: guarded({ body: MCP_CALLS.resource.request }, ({ body, request, requestId }) =>
    withConnection(body.server, request, requestId, async ({ client }) => {
      const { contents } = await client.readResource({ uri: body.uri }, { signal: request.signal });
      return {
        contents: contents.map((one) => ({
          uri: one.uri,
          mediaType: one.mimeType ?? null,
          block: resourceBlock(one),
        })),
      };
    }),
  ),
};

const unknownCall = guarded({ body: z.unknown() }, ({ requestId }) =>
  errorReply(appError(404, "NOT_FOUND", "There is no such call.", requestId)),
);

/** The handler of `/api/mcp/NAME`. */
export function mcpCall(name: string): RouteHandler {
  return new Map(Object.entries(CALLS)).get(name) ?? unknownCall;
}

type Answer = (plan: ServerPlan) => Promise<Response> | Response;

async function withPlan(
  ref: McpServerRef,
  request: Request,
  requestId: string,
  answer: Answer,
): Promise<Response> {
  const planned = await planServer(ref, request.headers.get(KEY_HEADER), environment());
  if (planned.ok) return answer(planned.plan);
  return errorReply(appError(400, "TARGET_BLOCKED", planned.message, requestId));
}

async function stateOf(plan: ServerPlan, signal: AbortSignal): Promise<Response> {
  const state = await whileUsed<McpState>(plan, async (connected, mayRetry) =>
    connected.ok ? describeServer(connected.connection, signal, mayRetry) : failedState(connected.failure),
  );
  return cleanReply(state, plan);
}

/** A server's own text is shown as it is, but for the secrets that went to it. */
function cleanReply(value: object, plan: ServerPlan): Response {
  const secrets = liveSecrets(plan);
  if (secrets.length === 0) return jsonReply(value);
  const clean: unknown = JSON.parse(redactText(JSON.stringify(value), secrets));
  return jsonReply(clean);
}

function withConnection(
  ref: McpServerRef,
  request: Request,
  requestId: string,
  ask: (connection: McpConnection) => Promise<object>,
): Promise<Response> {
  return withPlan(ref, request, requestId, (plan) =>
    whileUsed(plan, async (connected, mayRetry) => {
      if (!connected.ok) return failed(connected.failure, requestId);
      try {
        return cleanReply(await ask(connected.connection), plan);
      } catch (error) {
        if (mayRetry && isSessionLost(error)) throw error;
        return failed(describeFailure(error, plan), requestId);
      }
    }),
  );
}

function failed({ code, message, detail }: McpFailure, requestId: string): Response {
  return errorReply(
    {
      source: "network",
      code,
      message,
      retryable: true,
      status: 502,
      requestId,
      ...(detail === null ? {} : { detail }),
    },
    502,
  );
}

function toBlock(block: ContentBlock): McpBlock {
  if (block.type === "text") return { kind: "text", text: block.text };
  if (block.type === "image") return { kind: "image", mediaType: block.mimeType, base64: block.data };
  if (block.type === "audio") return { kind: "other", text: `audio, ${block.mimeType}` };
  if (block.type === "resource_link") return { kind: "other", text: `a link to ${block.uri}` };
  return resourceBlock(block.resource);
}

function resourceBlock(resource: EmbeddedResource["resource"]): McpBlock {
  if ("text" in resource) return { kind: "text", text: resource.text };
  const mediaType = resource.mimeType ?? "";
  if (/^image\/(?:png|jpeg|webp|gif)$/u.test(mediaType))
    return { kind: "image", mediaType, base64: resource.blob };
  return { kind: "other", text: `${resource.uri}: ${mediaType === "" ? "bytes" : mediaType}, not a text` };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "";
}
