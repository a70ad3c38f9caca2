/** One call of an upstream, from the checked target to its response head. Nothing is sent twice. */
import { withQuery } from "@/lib/providers/base-url";
import type { Provider } from "@/lib/providers/provider";
import { VERSION } from "@/lib/server/version";

import { destinationHeaders } from "./credential";
import { type DialReport, dial } from "./dial";
import type { ProxyRoute } from "./outbound-proxy";

export type UpstreamCall = {
  readonly provider: Provider;
  readonly baseUrl: string;
  /** Path below the base URL, such as `/chat/completions`. */
  readonly path: string;
  readonly body: object;
  /** Whether the answer is asked for as a stream. */
  readonly stream: boolean;
  readonly key: string | null;
  /** "user:password" for Basic authorization. */
  readonly login?: string | null;
  /** Goes out with the call's address; "" = none. */
  readonly query?: string;
  readonly timeouts: "local" | "hosted";
  readonly proxy: ProxyRoute | null;
  /** Closes the upstream's socket, also before it has answered. */
  readonly signal: AbortSignal;
};

export type UpstreamAnswer =
  | {
      readonly ok: true;
      readonly response: Response;
      readonly connectMs: number | null;
      readonly headersMs: number;
      /** Once the body has ended: why it broke off, or null where it is whole. */
      readonly broken: () => Error | null;
    }
  | { readonly ok: false; readonly error: unknown };

/** The upstream's answer with any status, redirects included, or why there is none. Never rejects. */
export async function callUpstream(call: UpstreamCall): Promise<UpstreamAnswer> {
  const { baseUrl, path, query = "", body, timeouts, proxy, signal } = call;
  const report: DialReport = { connectMs: null, broken: null };
  const startedAt = performance.now();
  try {
    const url = withQuery(`${baseUrl}${path}`, query);
    const response = await dial(url, {
      method: "POST",
      body: JSON.stringify(body),
      signal,
      timeouts,
      proxy,
      headers: headersOf(call),
      report,
    });
    const headersMs = performance.now() - startedAt;
    return { ok: true, response, connectMs: report.connectMs, headersMs, broken: () => report.broken };
  } catch (error) {
    return { ok: false, error };
  }
}

function headersOf({ stream, ...destination }: UpstreamCall): Readonly<Record<string, string>> {
  return {
    accept: stream ? "text/event-stream" : "application/json",
    // Compression holds events back, and a packed bomb is larger than its bytes say.
    "accept-encoding": "identity",
    "content-type": "application/json",
    "user-agent": `vitrine/${VERSION}`,
    ...destinationHeaders(destination),
  };
}
