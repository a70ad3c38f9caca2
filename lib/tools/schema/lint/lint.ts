/** What a lint says of a tool for one way of enforcing its schema. */
import type { JsonObject } from "@/lib/stream/turn/json";
import type { SchemaFixId } from "@/lib/tools/schema/fix/schema-fixes";

/** Who enforces the schema, and how. */
export type LintTarget = "openai-strict" | "anthropic-strict" | "gemini" | "llama-grammar";

/**
 * "ready": all of the schema is enforced. "works": it is accepted, but a part of it is not enforced, or may not be.
 * "refused": the request fails.
 */
export type LintVerdict = "ready" | "works" | "refused";

export type LintProblem = {
  /** JSON pointer into the tool: "/name", "/parameters/properties/city". */
  readonly pointer: string;
  readonly message: string;
  /** "error": the request fails. "warning": accepted, but not enforced, or in doubt. */
  readonly level: "error" | "warning";
  /** What would remove this problem, in every place of the schema that has it. */
  readonly fixes: readonly SchemaFixId[];
};

/** How much of a limit is used. `limit`: null = no known limit. */
export type LintCounter = {
  readonly label: string;
  readonly value: number;
  readonly limit: number | null;
  readonly isOver: boolean;
};

export type ToolLint = {
  readonly target: LintTarget;
  readonly verdict: LintVerdict;
  readonly problems: readonly LintProblem[];
  readonly counters: readonly LintCounter[];
};

/** What a lint reads of a tool. */
export type Linted = { readonly name: string; readonly parameters: JsonObject };

/** A counter, over its limit or not. */
export function counter(label: string, value: number, limit: number | null): LintCounter {
  return { label, value, limit, isOver: limit !== null && value > limit };
}

/** The lint of a target from what it found. */
export function judged(
  target: LintTarget,
  problems: readonly LintProblem[],
  counters: readonly LintCounter[],
): ToolLint {
  const isRefused = problems.some(({ level }) => level === "error") || counters.some(({ isOver }) => isOver);
  const verdict = isRefused ? "refused" : problems.length > 0 ? "works" : "ready";
  return { target, verdict, problems, counters };
}
