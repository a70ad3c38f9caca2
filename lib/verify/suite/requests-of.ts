/** How many requests a case makes: for the plan, before any is sent. */
import type { VerifyCase } from "@/lib/verify/case";

/** Requests of one trial: as many as a good answer takes, and as many as the case allows. */
export type RequestCount = { readonly usual: number; readonly most: number };

/** The requests of one trial of a case. */
export function requestsOf(of: VerifyCase): RequestCount {
  const prompts = of.prompts.length;
  const isAnswered = of.tools.some(({ answers }) => answers.by !== "never");
  return {
    usual: prompts + (isAnswered ? roundsOf(of) : 0),
    most: isAnswered ? prompts * of.ask.maxSteps : prompts,
  };
}

/** The requests of all these cases once, at so many levels of effort. */
export function requestsOfAll(cases: readonly VerifyCase[], efforts: number): RequestCount {
  const counts = cases.map((of) => {
    const trials = of.modes.length * (of.isPerEffort ? Math.max(1, efforts) : 1);
    const { usual, most } = requestsOf(of);
    return { usual: usual * trials, most: most * trials };
  });
  return {
    usual: counts.reduce((sum, { usual }) => sum + usual, 0),
    most: counts.reduce((sum, { most }) => sum + most, 0),
  };
}

/** Times that results go back to the model: once per step of a chain, else once where a call is expected at all. */
function roundsOf({ expects, exercised }: VerifyCase): number {
  const rounds = expects.map((each) => {
    if (each.grader === "sequence") return each.calls.length;
    return each.grader === "calls" && each.calls.length > 0 ? 1 : 0;
  });
  const isGiven = exercised.some(({ what }) => what === "result-given" || what === "call");
  return Math.max(isGiven ? 1 : 0, ...rounds);
}
