/** One JSON question to a planned upstream, with failures in a person's words. */
import { withQuery } from "@/lib/providers/base-url";
import { answerError, connectionError, redactError } from "@/lib/server/relay/read-answer";
import type { RunError } from "@/lib/stream/turn/event";

import { ask } from "./ask";
import type { PlannedPlace } from "./plan-place";
import { placeHeaders } from "./provider-headers";

/** Lists and tokenizers answer at once; a server that reads a long prompt meanwhile may take a while. */
const LIMIT_MS = 15_000;

export type Asked =
  | { readonly ok: true; readonly json: unknown }
  /** `status` is for our own reply: the upstream's, or 502 when it gave none. */
  | { readonly ok: false; readonly status: number; readonly error: RunError };

export type UpstreamQuestion = {
  readonly url: string;
  /** Sent as JSON with POST; a GET without it. */
  readonly body?: unknown;
  readonly requestId: string;
  /** The page left. */
  readonly signal: AbortSignal;
};

/** Never rejects. The answer holds no live key. */
export async function askUpstream(place: PlannedPlace, question: UpstreamQuestion): Promise<Asked> {
  const { requestId, ...asked } = question;
  const headers = placeHeaders(place);
  const answer = await ask({
    ...asked,
    url: withQuery(asked.url, place.query ?? ""),
    headers,
    timeoutMs: LIMIT_MS,
    proxy: place.proxy,
  });
  if (answer.kind === "silent") {
    return { ok: false, status: 502, error: connectionError(answer.error, place, requestId, false) };
  }
  const { status, text, json, latencyMs } = answer;
  const response = new Response(text === "" ? null : text, { status, headers: answer.headers });
  const refused = await answerError(
    { ok: true, response, connectMs: null, headersMs: latencyMs, broken: () => null },
    place,
    question.url,
    requestId,
  );
  if (refused !== null) return { ok: false, status: status >= 400 ? status : 502, error: refused };
  return json.ok ? { ok: true, json: json.value } : unreadable(question, place, notJson(text));
}

function notJson(text: string): string {
  return text.trim() === "" ? "an empty answer" : "something that is not JSON";
}

/** An answer of another shape than the one that was asked for; `what` says what came instead. */
export function unreadable(
  { url, requestId }: UpstreamQuestion,
  place: PlannedPlace,
  what: string,
): Asked & { readonly ok: false } {
  const { host, pathname } = new URL(url);
  const error: RunError = {
    source: "provider",
    code: "UNREADABLE",
    message: `${host} sent ${what} for ${pathname}. Check the base URL.`,
    retryable: false,
    requestId,
  };
  return { ok: false, status: 502, error: redactError(error, place.secrets) };
}
