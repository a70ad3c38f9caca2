/** The fetch of an MCP transport: dialed like every upstream, to one origin, bounded, following no redirect. */
import type { FetchLike } from "@modelcontextprotocol/client";

import { type DialReport, dial } from "@/lib/server/upstream/dial";
import type { ProxyRoute } from "@/lib/server/upstream/outbound-proxy";
import { VERSION } from "@/lib/server/version";

/** A whole JSON reply, or one event of a stream. Larger ones are cut off with an error. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Why a call to an MCP server was ended by Vitrine, in words for a person. */
export class McpFetchError extends Error {
  readonly code = "MCP_REFUSED";
}

export type McpFetchOptions = {
  readonly url: string;
  readonly proxy: ProxyRoute | null;
  /** Sent with every request, below what the protocol sets. */
  readonly headers: Readonly<Record<string, string>>;
};

/** Rejects as `dial` does, and with `McpFetchError`. */
export function createMcpFetch({ url, proxy, headers: own }: McpFetchOptions): FetchLike {
  const { origin } = new URL(url);
  return async (input, init = {}) => {
    const address = new URL(input);
    if (address.origin !== origin)
      throw new McpFetchError(
        `The server named an address on ${address.host}. Vitrine sends its messages to ${new URL(url).host} only.`,
      );
    const method = methodOf(init.method);
    const headers = { ...own, ...Object.fromEntries(new Headers(init.headers).entries()) };
    const report: DialReport = { connectMs: null, broken: null };
    const response = await dial(address.href, {
      method,
      ...(typeof init.body === "string" ? { body: init.body } : {}),
      ...(init.signal == null ? {} : { signal: init.signal }),
      // How long a tool may take is for whoever calls it.
      patience: "local",
      proxy,
      headers: { ...headers, "accept-encoding": "identity", "user-agent": `vitrine/${VERSION}` },
      report,
    });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw new McpFetchError(redirected(response, address));
    }
    return bounded(response, address.host);
  };
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
            new McpFetchError(`${host} sent a message that is larger than 16 MB. Nothing of it was kept.`),
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
