import type { Part, Step } from "@/lib/stream/turn/turn";

/** A step's numbers, each with its provenance. Pure: no clock but the times in the step. */
import { type Figure, NO_TIMES, reported, unknown } from "./figure";
import { outputRate, promptRate } from "./output-rate";
import { isUnsent } from "./phases";
import { type StopReason, stopReason } from "./stop-reason";
import {
  type CachedTokens,
  cachedTokens,
  countDeltas,
  inputTokens,
  newTokens,
  outputTokens,
  reasoningTokens,
} from "./token-counts";

export type StepNumbers = {
  /** tokens per second */
  readonly outputRate: Figure;
  /** ms from the request leaving the page to its first token */
  readonly firstToken: Figure;
  /** ms, summed over the blocks of reasoning */
  readonly reasoningTime: Figure;
  /** ms, summed over the texts of the answer */
  readonly answerTime: Figure;
  readonly outputTokens: Figure;
  readonly reasoningTokens: Figure;
  readonly inputTokens: Figure;
  readonly cachedTokens: Figure;
  /** Tokens of the prompt that were not cached. */
  readonly newTokens: Figure;
  /** tokens per second */
  readonly promptRate: Figure;
  /** ms from the request leaving the page to its end */
  readonly totalTime: Figure;
  /** US dollars that the provider charged */
  readonly cost: Figure;
  readonly stop: StopReason;
};

/** How the wire format with this id counts cached tokens. Given from above, because nothing here knows a format. */
export type CachedTokensOf = (dialect: string) => CachedTokens;

/** Every number of a step. Unknown is null with a reason, never 0 and never a guess. */
export function measure(step: Step, cachedTokensOf: CachedTokensOf): StepNumbers {
  return {
    outputRate: outputRate(step),
    firstToken: firstToken(step),
    reasoningTime: partsTime(step, "reasoning"),
    answerTime: partsTime(step, "text"),
    outputTokens: outputTokens(step),
    reasoningTokens: reasoningTokens(step),
    inputTokens: inputTokens(step, cachedTokensOf(step.request.dialect)),
    cachedTokens: cachedTokens(step),
    newTokens: newTokens(step, cachedTokensOf(step.request.dialect)),
    promptRate: promptRate(step),
    totalTime: totalTime(step),
    cost: reported(
      step.costUsd,
      "what the provider charged, in US dollars",
      "the provider does not report what it cost",
    ),
    stop: stopReason(step),
  };
}

/** ms that a part took; an open part counts up to the last token. null when it came in one piece or in one read, or nobody timed it. */
export function partTime(step: Step, part: Part): number | null {
  if (part.deltas < 2 || step.request.hasMadeTimes === true) return null;
  const end = part.endedAt ?? step.endedAt ?? step.lastTokenAt ?? part.startedAt;
  return end > part.startedAt ? end - part.startedAt : null;
}

function firstToken(step: Step): Figure {
  if (step.firstTokenAt === null) return unknown("no token has arrived");
  const server = step.timings?.firstTokenMs ?? null;
  const output = outputTokens(step).value;
  // All of it in one piece: that moment is the end of the answer, not its first token.
  if (countDeltas(step) < 2 && output !== null && output > 1) {
    if (server === null) return unknown("the answer came in one piece");
    return { value: server, source: "server", explain: "by the server's own clock" };
  }
  return measured(step, step.firstTokenAt - (step.sentAt ?? step.startedAt), "from Send to the first token");
}

function partsTime(step: Step, type: "reasoning" | "text"): Figure {
  const name = type === "reasoning" ? "reasoning" : "text";
  const parts = step.parts.filter((part) => part.type === type);
  if (parts.length === 0) return unknown(`no ${name} arrived`);
  const times = parts.map((part) => partTime(step, part)).filter((time) => time !== null);
  if (times.length === 0 && step.request.hasMadeTimes !== true)
    return unknown(`the ${name} came in one piece`);
  return measured(
    step,
    times.reduce((sum, time) => sum + time, 0),
    `from the first piece of ${name} to its end`,
  );
}

function totalTime(step: Step): Figure {
  if (step.endedAt === null) return unknown("still running");
  if (isUnsent(step)) return unknown("it was not sent");
  return measured(step, step.endedAt - (step.sentAt ?? step.startedAt), "from Send to the end of the answer");
}

function measured({ request }: Step, ms: number, explain: string): Figure {
  if (request.hasMadeTimes === true) return unknown(NO_TIMES);
  return { value: Math.max(0, ms), source: "measured", explain };
}
