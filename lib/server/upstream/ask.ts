/** One small question to a server, answered with JSON: bounded in time and bytes, following no redirect. */
import { readBytes } from "@/lib/server/guard/read-bytes";
import { type SafeJson, safeJson } from "@/lib/server/guard/safe-json";
import { redactBytes } from "@/lib/server/relay/redact";
import { VERSION } from "@/lib/server/version";

import { type DialReport, dial } from "./dial";
import type { ProxyRoute } from "./outbound-proxy";

/** Model catalogs are the largest answers: some are several MB. */
const MAX_BYTES = 16 * 1024 * 1024;

export type Question = {
  readonly url: string;
  /** From dialing to the answer's last byte. */
  readonly timeoutMs: number;
  /** Overwritten in the answer wherever it repeats them. */
  readonly secrets: readonly string[];
  /** null = asked directly. */
  readonly proxy: ProxyRoute | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON with POST; a GET without it. */
  readonly body?: unknown;
  /** Ends the question early. */
  readonly signal?: AbortSignal;
};

export type Answer =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: Headers;
      readonly text: string;
      readonly json: SafeJson;
      /** ms to the response head. */
      readonly latencyMs: number;
    }
  /** Refused, unknown host, cut, timed out. */
  | { readonly kind: "silent"; readonly error: unknown };

class TooLargeError extends Error {
  readonly code = "TOO_LARGE";
}

/** Never rejects. */
export async function ask({
  url,
  timeoutMs,
  secrets,
  proxy,
  headers,
  body,
  signal,
}: Question): Promise<Answer> {
  const report: DialReport = { connectMs: null, broken: null };
  const limit = AbortSignal.timeout(timeoutMs);
  const startedAt = performance.now();
  try {
    const response = await dial(url, {
      method: body === undefined ? "GET" : "POST",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
      timeouts: "hosted",
      proxy,
      headers: {
        accept: "application/json",
        "accept-encoding": "identity",
        "user-agent": `vitrine/${VERSION}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      report,
    });
    const latencyMs = performance.now() - startedAt;
    const read = await readBytes(response.body, MAX_BYTES);
    if (!read.ok)
      return {
        kind: "silent",
        error: new TooLargeError(`The answer of ${new URL(url).host} is larger than 16 MB.`),
      };
    if (report.broken !== null) return { kind: "silent", error: report.broken };
    const text = new TextDecoder().decode(redactBytes(read.bytes, secrets));
    const { status } = response;
    return { kind: "answer", status, headers: response.headers, text, json: safeJson(text), latencyMs };
  } catch (error) {
    return { kind: "silent", error };
  }
}

/** The JSON of a good answer; null for any other. */
export function goodJson(answer: Answer): unknown {
  return answer.kind === "answer" && answer.status === 200 && answer.json.ok ? answer.json.value : null;
}
