import { modelName } from "./model-name";

/** How a Claude model is asked to think. */
type ClaudeThinking =
  | "never"
  /** Only with a token limit. */
  | "limit"
  /** By itself, with an effort; an older request with a token limit still works. */
  | "limit-or-adaptive"
  /** By itself, with an effort, when asked to; samplers are refused. */
  | "adaptive"
  /** As "adaptive", and also when not asked. */
  | "adaptive-by-default";

const GENERATION = /claude-(?:[a-z]+-)?(\d)(?:[-.](\d))?(?!\d)/;

/** Judged by the generation in a model's name; null if it is not a Claude model or has no generation. */
export function claudeThinking(model: string): ClaudeThinking | null {
  const generation = claudeGeneration(model);
  if (generation === null) return null;
  if (generation < 3.7) return "never";
  if (generation < 4.6) return "limit";
  if (generation < 4.7) return "limit-or-adaptive";
  return generation < 5 ? "adaptive" : "adaptive-by-default";
}

/** 4.5 for `claude-sonnet-4-5-20250929`, 4 for `claude-opus-4-20250514`, 3.7 for `us.anthropic.claude-3-7-sonnet@…`. */
export function claudeGeneration(model: string): number | null {
  const [, major, minor = "0"] = GENERATION.exec(modelName(model)) ?? [];
  return major === undefined ? null : Number(`${major}.${minor}`);
}
