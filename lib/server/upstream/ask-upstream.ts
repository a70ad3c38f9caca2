/** One JSON question to a planned upstream, with failures in a person's words. */
import { z } from "zod";

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
    secrets: place.secrets,
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
  if (!json.ok) return unreadable(question, place, notJson(text));
  const reported = errorBody.safeParse(json.value).data?.error;
  return reported === undefined
    ? { ok: true, json: json.value }
    : errorInside(question, place, typeof reported === "string" ? { message: reported } : reported);
}

/** Some servers and gateways answer 200 and report an error in the body. */
const errorBody = z.object({
  error: z.union([
    z.string().min(1),
    z.object({
      message: z.string().min(1).optional().catch(undefined),
      code: z.union([z.string(), z.number()]).optional().catch(undefined),
    }),
  ]),
});

function errorInside(
  { url, requestId }: UpstreamQuestion,
  place: PlannedPlace,
  { message, code }: { readonly message?: string | undefined; readonly code?: string | number | undefined },
): Asked & { readonly ok: false } {
  const { host, pathname } = new URL(url);
  const number = code === undefined ? "an error" : `error ${code}`;
  const words = message === undefined ? "." : `: ${message}`;
  const error: RunError = {
    source: "provider",
    code: typeof code === "string" ? code : "ERROR_IN_200",
    message: `${host} reported ${number} in a 200 response for ${pathname}${words}`,
    retryable: true,
    requestId,
  };
  return { ok: false, status: 502, error: redactError(error, place.secrets) };
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
