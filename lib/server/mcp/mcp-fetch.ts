/** The fetch of an MCP transport: dialed like every upstream, to one origin, bounded, following no redirect. */
import type { FetchLike } from "@modelcontextprotocol/client";
import { z } from "zod";

import { environment } from "@/lib/server/environment";
import { safeJson } from "@/lib/server/guard/safe-json";
import { isLoopback } from "@/lib/server/upstream/address";
import { type DialReport, dial } from "@/lib/server/upstream/dial";
import { type ProxyRoute, chooseProxy } from "@/lib/server/upstream/outbound-proxy";
import { endpointTarget } from "@/lib/server/upstream/target";
import { VERSION } from "@/lib/server/version";

import { McpRefusal } from "./refusal";

/** A whole JSON reply, or one event of a stream. Larger ones are cut off with an error. */
const MOST_BYTES = 16 * 1024 * 1024;

export type McpFetchOptions = {
  readonly url: string;
  readonly proxy: ProxyRoute | null;
  /** Sent with every request, below what the protocol sets. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether a person signs in: the authorization server may be another origin, which gets none of the headers. */
  readonly maySignIn?: () => boolean;
};

/** Rejects as `dial` does, and with `McpRefusal`. */
export function createMcpFetch({
  url,
  proxy,
  headers: own,
  maySignIn = () => false,
}: McpFetchOptions): FetchLike {
  const { origin } = new URL(url);
  return async (input, init = {}) => {
    const address = new URL(input);
    const isOther = address.origin !== origin;
    if (isOther && !maySignIn())
      throw new McpRefusal(
        `The server named an address on ${address.host}. Vitrine sends its messages to ${new URL(url).host} only.`,
      );
    const method = methodOf(init.method);
    const other = isOther ? checkedOther(address) : null;
    const headers = { ...(isOther ? {} : own), ...Object.fromEntries(new Headers(init.headers).entries()) };
    const report: DialReport = { connectMs: null, broken: null };
    const response = await dial(address.href, {
      method,
      ...(init.body == null ? {} : { body: bodyOf(init.body) }),
      ...(init.signal == null ? {} : { signal: init.signal }),
      // How long a tool may take is for whoever calls it.
      timeouts: "local",
      proxy: other === null ? proxy : other.proxy,
      headers: { ...headers, "accept-encoding": "identity", "user-agent": `vitrine/${VERSION}` },
      report,
    });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw new McpRefusal(redirected(response, address));
    }
    const reply = bounded(response, address.host);
    const asked = method === "POST" ? idOf(init.body) : null;
    return asked === null ? reply : withOwnAnswer(reply, asked, address.host);
  };
}

/** The id of the request in a body; null where the body is none that is answered. */
function idOf(body: unknown): string | number | null {
  const json = typeof body === "string" ? safeJson(body) : null;
  return json?.ok === true ? (requestSchema.safeParse(json.value).data?.id ?? null) : null;
}

const requestSchema = z.object({ method: z.string(), id: z.union([z.string(), z.number()]) });
const answerSchema = z.object({ id: z.union([z.string(), z.number(), z.null()]) });

/** A reply that answers another request would be waited for in vain. */
async function withOwnAnswer(reply: Response, id: string | number, host: string): Promise<Response> {
  if (!reply.ok || !/^application\/json\b/iu.test(reply.headers.get("content-type")?.trim() ?? ""))
    return reply;
  const text = await reply.text();
  const json = safeJson(text);
  if (!json.ok) throw new McpRefusal(`${host} sent a message that is not usable JSON: ${json.message}.`);
  const answers = z.array(answerSchema).safeParse([json.value].flat()).data ?? [];
  if (!answers.some((answer) => answer.id === id))
    throw new McpRefusal(
      `${host} answered a request that Vitrine did not make. Its own was left unanswered.`,
    );
  return new Response(text, reply);
}

/** The address of an authorization server follows the rules of the server that named it. */
function checkedOther(address: URL): { readonly proxy: ProxyRoute | null } {
  const variables = environment();
  const target = endpointTarget(address.href, variables);
  if (!target.ok) throw new McpRefusal(`The server names ${address.host} for signing in. ${target.message}`);
  if (address.protocol !== "https:" && !isLoopback(address.hostname))
    throw new McpRefusal(`The server names ${address.origin} for signing in. Only https is used for that.`);
  const proxy = chooseProxy(address.href, true, variables.proxies);
  if (!proxy.ok) throw new McpRefusal(proxy.message);
  return { proxy: proxy.route };
}

/** What the client sends: messages as text, and the forms of a sign-in. */
function bodyOf(body: NonNullable<RequestInit["body"]>): string {
  if (typeof body === "string") return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new Error("An MCP client sends text.");
}

function methodOf(method: string | undefined): "GET" | "POST" | "DELETE" {
  if (method === "POST" || method === "DELETE") return method;
  return "GET";
}

function redirected({ status, headers }: Response, address: URL): string {
  const location = headers.get("location") ?? "";
  const to = URL.canParse(location, address.href) ? new URL(location, address.href).host : "nowhere";
  return `${address.host} redirects to ${to} (${String(status)}). Vitrine follows no redirect: add the server by its final address.`;
}

/** The same reply, which breaks off where one message of it is too large. */
function bounded(response: Response, host: string): Response {
  if (response.body === null) return response;
  const isStream = /^text\/event-stream\b/iu.test(response.headers.get("content-type")?.trim() ?? "");
  let size = 0;
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        const end = isStream ? lastBlankLine(chunk) : -1;
        size = end === -1 ? size + chunk.byteLength : chunk.byteLength - end;
        if (size > MOST_BYTES)
          controller.error(
            new McpRefusal(`${host} sent a message that is larger than 16 MB. Nothing of it was kept.`),
          );
        else controller.enqueue(chunk);
      },
    }),
  );
  return new Response(counted, response);
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** Where the bytes after the last empty line begin; -1 = there is none. An event ends there. */
function lastBlankLine(bytes: Uint8Array): number {
  for (let at = bytes.length - 1; at > 0; at -= 1) {
    const before = bytes[at - 1] === RETURN ? bytes[at - 2] : bytes[at - 1];
    if (bytes[at] === NEWLINE && before === NEWLINE) return at + 1;
    if (bytes[at] === RETURN && bytes[at - 1] === RETURN) return at + 1;
  }
  return -1;
}
