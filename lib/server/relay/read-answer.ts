/** What to make of an upstream's response head: a body to pass on, or an error in the provider's own words. */
import zlib from "node:zlib";

import { readBytes } from "@/lib/server/guard/read-bytes";
import type { UpstreamAnswer } from "@/lib/server/upstream/call-upstream";
import type { Destination } from "@/lib/server/upstream/destination";
import { networkError } from "@/lib/server/upstream/network-error";
import type { RunError } from "@/lib/stream/turn/event";
import type { RelayHead } from "@/lib/stream/wire/relay-frames";
import { pageInsteadOfAnswer } from "@/lib/stream/wire/web-page";

import { providerError, readRetryAfter } from "./provider-error";
import { redactText } from "./redact";

const MAX_ERROR_BYTES = 64 * 1024;
const MAX_ERROR_MS = 10_000;

type Answered = Extract<UpstreamAnswer, { ok: true }>;

/** The head for the page. */
export function relayHead({ response, connectMs, headersMs }: Answered, destination: Destination): RelayHead {
  const requestId = upstreamRequestId(response.headers, destination.secrets);
  return {
    status: response.status,
    contentType: redactText(response.headers.get("content-type") ?? "", destination.secrets),
    ...(requestId === undefined ? {} : { requestId }),
    connectMs,
    headersMs,
    headers: shownHeaders(response.headers, destination.secrets),
  };
}

/** Set for a browser that Vitrine is not. */
const HIDDEN_HEADERS: ReadonlySet<string> = new Set(["set-cookie", "set-cookie2"]);
const MOST_HEADERS = 60;
const MOST_HEADER_CHARS = 500;

/** An upstream's headers for a person: each redacted before it is cut. */
function shownHeaders(headers: Headers, secrets: readonly string[]): [string, string][] {
  return [...headers]
    .filter(([name]) => !HIDDEN_HEADERS.has(name))
    .slice(0, MOST_HEADERS)
    .map(([name, value]) => [
      redactText(name, secrets).slice(0, MOST_HEADER_CHARS),
      redactText(value, secrets).slice(0, MOST_HEADER_CHARS),
    ]);
}

/**
 * Why this answer of `url` holds no completion, or null when its body is to be passed on. Reads the body only in the
 * first case.
 */
export async function answerError(
  { response }: Answered,
  destination: Destination,
  url: string,
  requestId: string,
): Promise<RunError | null> {
  const { status, headers } = response;
  if (status >= 300 && status < 400) {
    await response.body?.cancel();
    return redactError(redirectError(response, url, requestId), destination.secrets);
  }
  const isPage = /^text\/html\b/i.test(headers.get("content-type")?.trim() ?? "");
  const packing = unpackable(headers);
  if (packing !== null) {
    await response.body?.cancel();
    return redactError(packedError(packing, url, requestId), destination.secrets);
  }
  if (status < 300 && !isPage) return null;
  // Before anything is cut: half a key is no longer found.
  const text = redactText(await bodyText(response), destination.secrets);
  const error: RunError =
    status < 300
      ? pageError(status, text, requestId)
      : providerError({
          url,
          keySent: destination.key !== null,
          status,
          headers,
          text,
          retryAfterMs: readRetryAfter(headers, Date.now()),
          requestId: upstreamRequestId(headers, destination.secrets) ?? requestId,
        });
  return redactError(error, destination.secrets);
}

/** A connection that failed before or after the head. */
export function connectionError(
  error: unknown,
  destination: Destination,
  requestId: string,
  answered: boolean,
): RunError {
  const { baseUrl, provider, proxy, secrets } = destination;
  return redactError(
    networkError({ error, url: baseUrl, proxy, hint: provider.hint, requestId, answered }),
    secrets,
  );
}

/** An error without any live key in its words. */
export function redactError(error: RunError, secrets: readonly string[]): RunError {
  const clean = (text: string) => redactText(text, secrets);
  return {
    ...error,
    code: clean(error.code),
    message: clean(error.message),
    ...(error.requestId === undefined ? {} : { requestId: clean(error.requestId) }),
    ...(error.detail === undefined ? {} : { detail: clean(error.detail) }),
  };
}

function redirectError({ status, headers }: Response, url: string, requestId: string): RunError {
  const location = headers.get("location");
  const to = location !== null && URL.canParse(location, url) ? new URL(location, url) : null;
  return {
    source: "provider",
    code: to === null ? "NO_MESSAGE" : "UPSTREAM_REDIRECT",
    message:
      to === null
        ? `${new URL(url).host} returned ${status}, which is not an answer.`
        : `The server redirected to ${to.origin}${to.pathname}. Vitrine does not follow redirects.`,
    retryable: false,
    status,
    requestId,
  };
}

/** What `fetch` unpacks by itself. */
const UNPACKED: ReadonlySet<string> = new Set([
  "",
  "identity",
  "gzip",
  "x-gzip",
  "deflate",
  "br",
  ...("createZstdDecompress" in zlib ? ["zstd"] : []),
]);

/** The packing of a body that arrives as it was packed; null where it is plain or was unpacked. */
function unpackable(headers: Headers): string | null {
  const packings = (headers.get("content-encoding") ?? "").toLowerCase().split(",");
  return packings.map((packing) => packing.trim()).find((packing) => !UNPACKED.has(packing)) ?? null;
}

function packedError(packing: string, url: string, requestId: string): RunError {
  return {
    source: "network",
    code: "ENCODING",
    message: `${new URL(url).host} sent its reply packed as ${packing.slice(0, 40)}, which Vitrine can't unpack. Turn compression off on that server, or on the proxy before it.`,
    retryable: false,
    requestId,
  };
}

function pageError(status: number, text: string, requestId: string): RunError {
  return {
    source: "provider",
    code: "HTML_NOT_API",
    message: pageInsteadOfAnswer(text),
    retryable: false,
    status,
    requestId,
    detail: text.slice(0, 200),
  };
}

async function bodyText(response: Response): Promise<string> {
  const until = AbortSignal.timeout(MAX_ERROR_MS);
  // A truncated reason is ignored: only the status is reported then.
  const read = await readBytes(response.body, MAX_ERROR_BYTES, { until }).catch(() => null);
  return new TextDecoder().decode(read?.bytes);
}

function upstreamRequestId(headers: Headers, secrets: readonly string[]): string | undefined {
  const value = headers.get("x-request-id") ?? headers.get("request-id") ?? "";
  return value === "" ? undefined : redactText(value, secrets).slice(0, 200);
}
