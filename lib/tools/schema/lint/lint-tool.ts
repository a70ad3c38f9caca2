import type { ToolDefinition } from "@/lib/tools/tool";

import type { Linted, LintTarget, ToolLint } from "./lint";
import { counter, type LintCounter } from "./lint";
import { ANTHROPIC_LIMITS, anthropicCounters, lintAnthropic } from "./lint-anthropic";
import { lintGemini } from "./lint-gemini";
import { lintGrammar } from "./lint-grammar";
import { lintOpenAi } from "./lint-openai";

const LINTS: Readonly<Record<LintTarget, (tool: Linted) => ToolLint>> = {
  "openai-strict": lintOpenAi,
  "anthropic-strict": lintAnthropic,
  gemini: lintGemini,
  "llama-grammar": lintGrammar,
};

/** What a person calls each target, as in "not for llama.cpp grammars". */
export const TARGET_LABELS: Readonly<Record<LintTarget, string>> = {
  "openai-strict": "OpenAI strict",
  "anthropic-strict": "Anthropic strict",
  gemini: "Gemini",
  "llama-grammar": "llama.cpp grammar",
};

/** All targets, in the order they are shown. */
export const LINT_TARGETS: readonly LintTarget[] = [
  "openai-strict",
  "anthropic-strict",
  "gemini",
  "llama-grammar",
];

/** Lints a tool for one target. Pure, never throws. */
export function lintTool(tool: Linted, target: LintTarget): ToolLint {
  return LINTS[target](tool);
}

/** What Anthropic counts over all strict tools that a request sends. Pure. */
export function countRequest(tools: readonly ToolDefinition[]): readonly LintCounter[] {
  const strict = tools.filter((tool) => tool.strict === true);
  return [
    counter("strict tools", strict.length, ANTHROPIC_LIMITS.tools),
    ...anthropicCounters(strict.map(({ parameters }) => parameters)),
  ];
}
