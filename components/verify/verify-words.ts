/** What verdicts, faults, groups and reasons are called on the screen. */
import type { CaseGroup } from "@/lib/verify/case";
import { FAULT_WORDS, REASON_WORDS } from "@/lib/verify/fault-words";
import type { Blame, Verdict } from "@/lib/verify/trial";

export const GROUP_WORDS: Readonly<Record<CaseGroup, string>> = {
  wire: "Wire",
  single: "Single call",
  arguments: "Arguments",
  restraint: "Restraint",
  parallel: "Parallel calls",
  choice: "Tool choice",
  turns: "Turns",
  recovery: "Recovery",
  structured: "Structured answers",
  effort: "Effort",
  safety: "Safety and length",
  own: "Own cases",
};

export const BLAME_WORDS: Readonly<Record<Blame, string>> = {
  model: "the model",
  server: "the server",
  template: "the template",
  schema: "the schema",
  undecided: "undecided",
};

/** "passed", "failed: argument", "not measured: rate limit". */
export function verdictWords(verdict: Verdict): string {
  switch (verdict.verdict) {
    case "pass":
      return verdict.notes.length === 0 ? "passed" : `passed (${verdict.notes.join(", ")})`;
    case "fail":
      return `failed: ${FAULT_WORDS[verdict.fault]}`;
    case "not-measured":
      return `not measured: ${REASON_WORDS[verdict.reason]}`;
    case "skipped":
      return "skipped";
  }
}

/** "38–96 %": both ends in whole percent. */
export function intervalWords({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${percent(low)}–${percent(high)} %`;
}

/** A rate in whole percent, without the sign. */
export function percent(rate: number): string {
  return String(Math.round(rate * 100));
}

/** "−23 to −4 points". */
export function pointsWords({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${signed(low)} to ${signed(high)} points`;
}

function signed(rate: number): string {
  const points = Math.round(rate * 100);
  return points < 0 ? `−${Math.abs(points)}` : points > 0 ? `+${points}` : "0";
}
