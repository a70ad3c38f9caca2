/** What the card says of effort: what each level gains and costs, and three proofs that it means anything. Pure. */
import { formatCount, formatPlural, formatSeconds } from "@/lib/stream/figures/format-number";
import { REFUSED_EFFORT, type Verdict } from "@/lib/verify/trial";
import type { ServerFacts, VerifyLane } from "@/lib/verify/verify-run";

import {
  type CardFact,
  type CardLine,
  groupLine,
  isMeasured,
  line,
  median,
  sum,
  type Tried,
} from "./card-lines";

/** A line for each level, then what the API says, what the prompts show, and what the thoughts show. */
export function efforts(own: VerifyLane, tried: readonly Tried[]): CardFact {
  return {
    title: "Effort, success, time and tokens",
    lines: [
      ...own.efforts.map((effort) => levelLine(effort, tried)),
      line("The API says so", saidWords(own.before)),
      line("The prompt changes", promptWords(tried)),
      line("The behavior changes", behaviorWords(own, tried)),
    ],
    split: null,
    note: null,
  };
}

function levelLine(effort: string | null, tried: readonly Tried[]): CardLine {
  const cases = tried
    .filter(({ of }) => of.isPerEffort)
    .map(({ of, trials }) => ({ of, trials: trials.filter(({ key }) => key.effort === effort) }));
  const trials = cases.flatMap((each) => each.trials).filter(isMeasured);
  const tokens = trials.map(({ figures }) => figures.outputTokens);
  const passed = trials.filter(({ verdict }) => verdict.verdict === "pass").length;
  const perSuccess = passed === 0 || tokens.includes(null) ? null : sum(tokens) / passed;
  const rated = groupLine(effort ?? "the lane's own effort", cases);
  return {
    ...rated,
    value: [
      rated.value,
      formatSeconds(median(trials.map(({ figures }) => figures.totalMs))),
      `${formatCount(median(trials.map(({ figures }) => figures.reasoningTokens)))} thinking`,
      `${formatCount(perSuccess)} tokens per success`,
    ].join(" · "),
  };
}

function saidWords(facts: ServerFacts | null): string {
  if (facts?.efforts?.length === 0 || facts?.readsEffort === false) return "no";
  if (facts?.efforts !== null && facts?.efforts !== undefined) return `yes: ${facts.efforts.join(", ")}`;
  return facts?.readsEffort === true ? "yes" : "not told by the server";
}

function promptWords(tried: readonly Tried[]): string {
  const verdicts = verdictsOf("effort-proof", tried);
  if (verdicts.some(failsByEffort)) return "no: the template does not read it";
  const passed = verdicts.find((each) => each.verdict === "pass");
  if (passed === undefined) return NOT_MEASURED;
  const notes = passed.verdict === "pass" ? passed.notes : [];
  return notes.some((note) => note.startsWith(REFUSED_EFFORT))
    ? "the server refuses the effort"
    : ["yes", ...notes].join(". ");
}

/** By the verdicts, with the medians that they go by. */
function behaviorWords({ efforts: levels }: VerifyLane, tried: readonly Tried[]): string {
  const verdicts = verdictsOf("effort-trend", tried);
  const passed = verdicts.some((each) => each.verdict === "pass");
  if (!passed && !verdicts.some(failsByEffort)) return NOT_MEASURED;
  const trials = tried.filter(({ of }) => asksFor("effort-trend", of)).flatMap((each) => each.trials);
  const thoughts = levels.map((level) => ({
    level,
    tokens: trials
      .filter(({ key }) => key.effort === level)
      .flatMap(({ figures }) => figures.reasoningTokens ?? []),
  }));
  const counts = thoughts.map(({ tokens }) => tokens.length);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const medians = thoughts.map(({ level, tokens }) => `${level ?? "own"} ${formatCount(median(tokens))}`);
  const trialsEach = least === most ? formatPlural(least, "trial") : `${least} to ${most} trials`;
  return `${passed ? "yes" : "no"}: median tokens of thought ${medians.join(", ")} (${trialsEach} each)`;
}

type Proof = "effort-proof" | "effort-trend";

const NOT_MEASURED = "not measured";

function verdictsOf(proof: Proof, tried: readonly Tried[]): readonly Verdict[] {
  return tried
    .filter(({ of }) => asksFor(proof, of))
    .flatMap(({ trials }) => trials.map(({ verdict }) => verdict));
}

function asksFor(proof: Proof, of: Tried["of"]): boolean {
  return of.expects.some(({ grader }) => grader === proof);
}

function failsByEffort(verdict: Verdict): boolean {
  return verdict.verdict === "fail" && verdict.fault === "effort";
}
