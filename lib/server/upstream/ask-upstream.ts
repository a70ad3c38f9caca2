/** One JSON question to a planned upstream, with failures in a person's words. */
import { z } from "zod";

import { KEY_HEADER } from "@/lib/contract/access";
import type { NamedServer } from "@/lib/contract/servers";
import { withQuery } from "@/lib/providers/base-url";
import { environment } from "@/lib/server/environment";
import { errorReply, jsonReply } from "@/lib/server/guard/reply";
import { answerError, connectionError, redactError } from "@/lib/server/relay/read-answer";
import type { RunError } from "@/lib/stream/turn/event";

import { ask } from "./ask";
import { destinationHeaders } from "./credential";
import { type Destination, planDestination } from "./destination";

/** Lists and tokenizers answer at once; a server that is reading a long prompt may take a while. */
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
export async function askUpstream(destination: Destination, question: UpstreamQuestion): Promise<Asked> {
  const { requestId, ...asked } = question;
  const headers = destinationHeaders(destination);
  const answer = await ask({
    ...asked,
    url: withQuery(asked.url, destination.query ?? ""),
    headers,
    timeoutMs: LIMIT_MS,
    secrets: destination.secrets,
    proxy: destination.proxy,
  });
  if (answer.kind === "silent") {
    return { ok: false, status: 502, error: connectionError(answer.error, destination, requestId, false) };
  }
  const { status, text, json, latencyMs } = answer;
  const response = new Response(text === "" ? null : text, { status, headers: answer.headers });
  const refused = await answerError(
    { ok: true, response, connectMs: null, headersMs: latencyMs, broken: () => null },
    destination,
    question.url,
    requestId,
  );
  if (refused !== null) return { ok: false, status: status >= 400 ? status : 502, error: refused };
  if (!json.ok) return unreadable(question, destination, notJson(text));
  const reported = errorBody.safeParse(json.value).data?.error;
  return reported === undefined
    ? { ok: true, json: json.value }
    : errorInside(question, destination, typeof reported === "string" ? { message: reported } : reported);
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
  destination: Destination,
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
  return { ok: false, status: 502, error: redactError(error, destination.secrets) };
}

function notJson(text: string): string {
  return text.trim() === "" ? "an empty answer" : "something that is not JSON";
}

/** A response of an unexpected shape; `what` says what was received instead. */
export function unreadable(
  { url, requestId }: UpstreamQuestion,
  destination: Destination,
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
  return { ok: false, status: 502, error: redactError(error, destination.secrets) };
}

type Outcome<Reply> = { readonly ok: true; readonly reply: Reply } | (Asked & { readonly ok: false });

/**
 * Answers a guarded request with what `run` learns from the upstream it names, under the same rules for
 * addresses and keys as a chat request. Never rejects unless `run` does.
 */
export async function answerUpstream<Reply extends object>(
  request: Request,
  { provider, endpoint }: NamedServer,
  requestId: string,
  run: (destination: Destination) => Promise<Outcome<Reply>>,
): Promise<Response> {
  const plan = planDestination(
    { provider, endpoint },
    request.headers.get(KEY_HEADER),
    environment(),
    requestId,
  );
  if (!plan.ok) return errorReply(plan.error);
  const outcome = await run(plan.destination);
  return outcome.ok ? jsonReply(outcome.reply) : errorReply(outcome.error, outcome.status);
}
