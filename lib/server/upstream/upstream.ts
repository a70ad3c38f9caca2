/** One call of an upstream, from the checked target to its response head. Nothing is sent twice. */
import "server-only";
import OpenAI from "openai";

import { withQuery } from "@/lib/providers/base-url";
import type { Provider } from "@/lib/providers/provider";
import { VERSION } from "@/lib/server/version";

import type { ProxyRoute } from "./outbound-proxy";
import { placeHeaders } from "./provider-headers";
import { type DialReport, upstreamFetch } from "./upstream-fetch";

/** The longest timer there is: the client would else give up after ten minutes. */
const NEVER_MS = 2 ** 31 - 1;

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
  readonly patience: "local" | "hosted";
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
  const report: DialReport = { connectMs: null, broken: null };
  const dial = upstreamFetch({
    patience: call.patience,
    proxy: call.proxy,
    headers: headersOf(call),
    report,
  });
  const startedAt = performance.now();
  let answer: UpstreamAnswer | undefined;
  const observed: typeof fetch = async (url, init) => {
    try {
      const response = await dial(typeof url === "string" ? withQuery(url, call.query ?? "") : url, init);
      const { connectMs } = report;
      const headersMs = performance.now() - startedAt;
      answer = { ok: true, response, connectMs, headersMs, broken: () => report.broken };
      // The client reads the whole body of what is not a 2xx; the relay wants to read it with a limit.
      return response.ok ? response : new Response(null, { status: response.status });
    } catch (error) {
      answer = { ok: false, error };
      throw error;
    }
  };
  try {
    await clientFor(call.baseUrl, observed)
      .post(call.path, { body: call.body, signal: call.signal })
      .asResponse();
  } catch (error) {
    return answer ?? { ok: false, error };
  }
  return answer ?? { ok: false, error: new Error("The client answered without a call.") };
}

function clientFor(baseURL: string, fetchOnce: typeof fetch): OpenAI {
  return new OpenAI({
    baseURL,
    fetch: fetchOnce,
    maxRetries: 0,
    timeout: NEVER_MS,
    // It would print prompts.
    logLevel: "off",
    // It insists on a key and has environment variables of its own; the adapter sends our headers alone.
    apiKey: "unused",
    organization: null,
    project: null,
    webhookSecret: null,
  });
}

function headersOf({ stream, ...place }: UpstreamCall): Readonly<Record<string, string>> {
  return {
    accept: stream ? "text/event-stream" : "application/json",
    // Compression holds events back, and a packed bomb is larger than its bytes say.
    "accept-encoding": "identity",
    "content-type": "application/json",
    "user-agent": `vitrine/${VERSION}`,
    ...placeHeaders(place),
  };
}
