/**
 * Tokens per second of a step. Server figures win; anything that cannot be determined is unknown, never invented. Pure.
 */
import type { ServerTimings } from "@/lib/stream/turn/event";
import type { Step } from "@/lib/stream/turn/turn";

import { type Figure, NO_TIMES, unknown } from "./figure";
import { countDeltas, hiddenReasoningTokens, outputTokens, reasoningShare } from "./token-counts";

/** Below this span (ms), a page's clock measures delivery rather than generation. */
const MIN_SPAN_MS = 50;
/** Fewer pieces than this with many tokens each is a buffer emptying, not a stream. */
const FEW_PIECES = 5;
const LARGE_PIECE_TOKENS = 16;

/** Output tokens per second. */
export function outputRate(step: Step): Figure {
  if (step.timings !== null) {
    const reported = serverRate(step.timings);
    if (reported !== null) return reported;
  }
  return measuredRate(step);
}

/** Prompt tokens per second: only the server can know. */
export function promptRate(step: Step): Figure {
  const timings = step.timings;
  if (timings !== null && contradicts(timings, "prompt_per_second", timings.promptPerSecond))
    return unknown(CONTRADICTS);
  if (timings !== null && (timings.promptTokens ?? 2) < 2) return unknown("a single token has no rate");
  const rate = positive(timings?.promptPerSecond) ?? perSecond(timings?.promptTokens, timings?.promptMs);
  if (rate === null) return unknown("only the server can know, and it did not say");
  return { value: rate, source: "server", explain: "prompt tokens read per second, cached ones left out" };
}

function serverRate(timings: ServerTimings): Figure | null {
  const { outputTokens: tokens, outputMs } = timings;
  if (tokens !== null && tokens <= 1) return unknown("a single token has no rate");
  if (outputMs !== null && outputMs < 1) return unknown("too short to time");
  if (contradicts(timings, "predicted_per_second", timings.outputPerSecond)) return unknown(CONTRADICTS);
  const isLlama = "predicted_per_second" in timings.reported;
  const rate =
    positive(timings.outputPerSecond) ??
    perSecond(tokens === null || !isLlama ? tokens : tokens - 1, outputMs);
  if (rate === null) return null;
  return {
    value: rate,
    source: "server",
    explain: isLlama
      ? "predicted_per_second: (n − 1) tokens over predicted_ms"
      : "output tokens over the server's own time",
  };
}

function measuredRate(step: Step): Figure {
  const { firstTokenAt, lastTokenAt, request } = step;
  if (firstTokenAt === null || lastTokenAt === null) return unknown("no token has arrived");
  if (request.hasMadeTimes === true) return unknown(NO_TIMES);
  const pieces = countDeltas(step);
  if (pieces < 2) return unknown("the answer came in one piece");
  const tokens = receivedTokens(step);
  if (tokens === null) return unknown("the server reported no usable token count");
  if (tokens <= 1) return unknown("a single token has no rate");
  const span = lastTokenAt - firstTokenAt;
  if (span < MIN_SPAN_MS) return unknown("everything arrived at once");
  if (pieces < FEW_PIECES && tokens / pieces > LARGE_PIECE_TOKENS) {
    return unknown("the answer came in a few large pieces");
  }
  // The first piece was already there when the span began; pieces are taken as equal.
  const value = (tokens * (pieces - 1)) / pieces / (span / 1000);
  return {
    value,
    source: "measured",
    explain: "tokens from the first piece to the last",
  };
}

/** Tokens that arrived as text between the first piece and the last; null when hidden reasoning blurs the count. */
function receivedTokens(step: Step): number | null {
  const output = outputTokens(step).value;
  if (output === null) return null;
  const reasoning = step.usage?.reasoning ?? 0;
  const share = reasoningShare(step.usage);
  const hidden = hiddenReasoningTokens(step) !== null;
  const summary = hidden && step.parts.some((part) => part.type === "reasoning" && part.text !== "");
  if (summary || share === "unknown") return null;
  if (share === "excluded") return hidden ? output : output + reasoning;
  return hidden ? output - reasoning : output;
}

const CONTRADICTS = "the server's own figures are too small to be reliable, or contradict each other";

/** The server reported an implausible rate. */
function contradicts(timings: ServerTimings, field: string, read: number | null): boolean {
  return read === null && (timings.reported[field] ?? 0) > 0;
}

function positive(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && Number.isFinite(value) && value > 0 ? value : null;
}

function perSecond(tokens: number | null | undefined, ms: number | null | undefined): number | null {
  const count = positive(tokens);
  const time = positive(ms);
  return count === null || time === null || time < 1 ? null : (count / time) * 1000;
}
