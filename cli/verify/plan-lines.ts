import { aboutCost } from "@/lib/stream/figures/format-number";
import type { VerifyPlan } from "@/lib/verify/runner/plan";
import type { VerifyRun } from "@/lib/verify/verify-run";

/** What a run will do, for a person who is asked to begin it. */
export function planLines(run: VerifyRun, plan: VerifyPlan, budgetTokens: number | null): readonly string[] {
  const { trials, requests, confirmations, worstOutputTokens } = plan;
  const { estimatedMs, estimatedUsd, mostPassesThatAreWorse } = plan;
  const { cases } = run.suite;
  const lanes = run.lanes.filter(({ from }) => from === "server").map(({ label }) => label);
  return [
    `${run.suite.name} (${run.preset}): ${counted(cases.length, "case")}, ${counted(trials.length, "trial")} in ${lanes.join(", ")}.`,
    `Requests: about ${count(requests.usual)}, at most ${count(requests.most)}${
      confirmations === 0
        ? ""
        : `, and up to ${count(confirmations)} more that ask what the model wrote where a stream does not tell`
    }. Output tokens: at most ${count(worstOutputTokens)}${
      budgetTokens === null ? "" : `; stops at ${count(budgetTokens)}`
    }.`,
    `Time: ${estimatedMs === null ? "–" : `about ${inMinutes(estimatedMs)}`}. Cost: ${
      estimatedUsd === null ? "–" : aboutCost(estimatedUsd)
    }.`,
    mostPassesThatAreWorse === null
      ? `With ${counted(run.repetitions, "repetition")} per trial no single case can be called worse or better: that takes at least 5.`
      : `With ${counted(run.repetitions, "repetition")} per trial a case that always passed is called worse at ${mostPassesThatAreWorse} of ${run.repetitions} or fewer.`,
  ];
}

function count(amount: number): string {
  return amount.toLocaleString("en-US");
}

function inMinutes(ms: number): string {
  return ms < 90_000 ? `${Math.ceil(ms / 1000)} s` : `${Math.ceil(ms / 60_000)} min`;
}

function counted(amount: number, what: string): string {
  return `${count(amount)} ${what}${amount === 1 ? "" : "s"}`;
}
