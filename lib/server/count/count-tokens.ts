/** Asks a provider's own counter, for a person's press. */
import { z } from "zod";

import { countRequestSchema, MOST_COUNTS_A_MINUTE } from "@/lib/contract/count";
import { bindDialect } from "@/lib/providers/dialects/bind-dialect";
import { speechOf } from "@/lib/providers/speech-of";
import { countQuestion } from "@/lib/providers/token-counter";
import { guarded } from "@/lib/server/guard/guard";
import { appError } from "@/lib/server/guard/reply";
import { shared } from "@/lib/server/shared";
import { answerUpstream, askUpstream, unreadable } from "@/lib/server/upstream/ask-upstream";
import { LARGEST_AMOUNT } from "@/lib/stream/turn/bounds";

const MINUTE_MS = 60_000;

/** ms until another count may be asked for; null = now, and it is counted. */
type CountLimit = (nowMs: number) => number | null;

/** At most this many counts within a minute. The caller brings the clock. */
export function createCountLimit(most: number): CountLimit {
  let starts: readonly number[] = [];
  return (nowMs) => {
    starts = starts.filter((start) => start > nowMs - MINUTE_MS);
    const [oldest] = starts;
    if (oldest !== undefined && starts.length >= most) return oldest + MINUTE_MS - nowMs;
    starts = [...starts, nowMs];
    return null;
  };
}

const amount = z.number().int().nonnegative().max(LARGEST_AMOUNT);

/** The handler of `POST /api/count`. */
export const countTokens = guarded({ body: countRequestSchema }, ({ body: asked, request, requestId }) => {
  const { provider: id, dialect, model, body } = asked;
  const refuse = (status: number, code: Parameters<typeof appError>[1], message: string, waitMs?: number) =>
    appError(status, code, message, requestId, waitMs === undefined ? {} : { retryAfterMs: waitMs });
  const limit = shared("count-limit", () => createCountLimit(MOST_COUNTS_A_MINUTE));
  return answerUpstream(request, { provider: id }, requestId, async (destination) => {
    const { provider } = destination;
    const speech = speechOf(provider, dialect);
    const path = bindDialect(speech).path({ model, stream: false });
    const question = speech.dialect === dialect ? countQuestion(dialect, path, body) : null;
    if (question === null || provider.counts?.includes(dialect) !== true) {
      const message = `${provider.label} has no counter of tokens in this dialect.`;
      return { ok: false, status: 400, error: refuse(400, "NOT_SUPPORTED", message) };
    }
    if (destination.key === null)
      return {
        ok: false,
        status: 400,
        error: refuse(400, "KEY", `${provider.label} counts only with a key.`),
      };
    const waitMs = limit(Date.now());
    if (waitMs !== null) {
      const message = `${MOST_COUNTS_A_MINUTE} counts were asked for within a minute. Wait a little and count again.`;
      return { ok: false, status: 429, error: refuse(429, "RATE_LOCAL", message, waitMs) };
    }
    const upstream = {
      url: `${destination.baseUrl}${question.path}`,
      body: question.body,
      requestId,
      signal: request.signal,
    };
    const answer = await askUpstream(destination, upstream);
    if (!answer.ok) return answer;
    const counted = z.object({ [question.field]: amount }).safeParse(answer.json).data?.[question.field];
    return counted === undefined
      ? unreadable(upstream, destination, "no count of tokens")
      : { ok: true, reply: { tokens: counted } };
  });
});
