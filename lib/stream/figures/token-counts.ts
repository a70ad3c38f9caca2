import type { Usage } from "@/lib/stream/turn/event";
import type { ReasoningPart, Step } from "@/lib/stream/turn/turn";

/** Token counts of a step with their provenance. Pure. */
import { type Figure, reported, unknown } from "./figure";

/** Where a wire format counts the prompt tokens that came from a cache: in its input count, or apart from it. */
export type CachedTokens = "in-input" | "apart";

/** Tokens that went in: the provider's count, otherwise what llama.cpp read plus what it had cached. */
export function inputTokens(step: Step, cached: CachedTokens): Figure {
  const timings = step.timings;
  const read = timings?.promptTokens ?? null;
  const summed = read === null ? null : read + (timings?.cachedTokens ?? 0);
  return reported(
    reportedInput(step, cached) ?? summed,
    "tokens in the prompt, including tools and history",
    "the server reported no usage",
  );
}

function reportedInput({ usage }: Step, cached: CachedTokens): number | null {
  const input = usage?.input ?? null;
  return input === null || cached === "in-input" ? input : input + (usage?.cached ?? 0);
}

/** Tokens of the prompt that the server did not have to read again. */
export function cachedTokens(step: Step): Figure {
  return reported(
    step.usage?.cached ?? step.timings?.cachedTokens,
    "prompt tokens taken from the server's cache",
    "the server does not say",
  );
}

/** Tokens of the prompt that the server had to read: what it counted, otherwise all of them without those it had cached. */
export function newTokens(step: Step, cached: CachedTokens): Figure {
  const read = step.timings?.promptTokens ?? null;
  const [all, kept] = [inputTokens(step, cached).value, cachedTokens(step).value];
  const rest = all === null || kept === null ? null : Math.max(0, all - kept);
  return reported(read ?? rest, "prompt tokens that were read anew", "the server does not say");
}

/** Tokens that came out, as the provider counts them; `explain` says whether reasoning is part of it. */
export function outputTokens(step: Step): Figure {
  return reported(
    step.usage?.output ?? step.timings?.outputTokens,
    `tokens written${REASONING_SHARE[reasoningShare(step.usage)]}`,
    "the server reported no usage",
  );
}

const REASONING_SHARE = {
  included: ", including reasoning",
  excluded: ", excluding reasoning tokens",
  unknown: "; the server does not say whether this includes reasoning",
} as const;

/**
 * Whether `usage.output` holds the reasoning tokens too. Providers differ: xAI adds them only to the total,
 * most others count them as output, and where the numbers do not decide it stays unknown.
 */
export function reasoningShare(usage: Usage | null): "included" | "excluded" | "unknown" {
  const { input = null, output = null, total = null, reasoning = null } = usage ?? {};
  if (reasoning === null || reasoning === 0) return "included";
  if (output === null) return "unknown";
  if (reasoning > output) return "excluded";
  if (input === null || total === null) return "unknown";
  if (total === input + output) return "included";
  return total === input + output + reasoning ? "excluded" : "unknown";
}

/** Reasoning tokens: the provider's count, else a count of pieces where the server sends about one token a piece. */
export function reasoningTokens(step: Step): Figure {
  const counted = step.usage?.reasoning ?? null;
  if (counted !== null) return reported(counted, "tokens of the reasoning, shown or hidden", "");
  return estimateTokens(step, step.parts.filter(isReasoning));
}

/** Tokens of one block of reasoning. With several blocks the provider's count belongs to none of them alone. */
export function blockTokens(step: Step, block: ReasoningPart): Figure {
  const blocks = step.parts.filter(isReasoning);
  const counted = step.usage?.reasoning ?? null;
  if (counted !== null && counted > 0 && blocks.length === 1) return reasoningTokens(step);
  return estimateTokens(step, [block]);
}

function estimateTokens(step: Step, blocks: readonly ReasoningPart[]): Figure {
  const pieces = blocks.reduce((sum, block) => sum + block.deltas, 0);
  if (pieces === 0) return unknown("the server reported no reasoning tokens");
  if (!sendsTokenByToken(step)) return unknown("the server does not count reasoning tokens");
  return {
    value: pieces,
    source: "estimated",
    explain: "pieces received; this server sends about one token per piece",
  };
}

/** Tokens of a chat template around a thought or an answer, and around a call with its name: never sent as text. */
const TEMPLATE_TOKENS = 8;
const CALL_TOKENS = 24;

/** Whether the output count is about the number of pieces plus what a template takes. */
function sendsTokenByToken(step: Step): boolean {
  const output = step.usage?.output ?? step.timings?.outputTokens ?? null;
  const pieces = countDeltas(step);
  if (output === null || pieces < 4) return false;
  const calls = step.parts.filter((part) => part.type === "tool-call").length;
  return output >= pieces * 0.9 && output <= pieces * 1.2 + TEMPLATE_TOKENS + CALL_TOKENS * calls;
}

/** All deltas of a step that carried text. */
export function countDeltas(step: Step): number {
  return step.parts.reduce((sum, part) => sum + part.deltas, 0);
}

/** Picks out the reasoning parts. */
export function isReasoning(part: { readonly type: string }): part is ReasoningPart {
  return part.type === "reasoning";
}

/**
 * Reasoning tokens that were paid for and never arrived as text, null when there are none. Providers that
 * show a summary only are seen by their having fewer characters than tokens.
 */
export function hiddenReasoningTokens(step: Step): number | null {
  const counted = step.usage?.reasoning ?? 0;
  const shown = step.parts.filter(isReasoning).reduce((sum, part) => sum + part.text.length, 0);
  return counted > 0 && shown < counted ? counted : null;
}
