/** Whether a run is good enough, by the bar that was set. Pure. */
import { canonicalJson } from "@/lib/stream/turn/canonical-json";
import type { VerifyCase } from "@/lib/verify/case";
import { remainingTrials } from "@/lib/verify/runner/plan";
import { groupRate } from "@/lib/verify/statistics/bootstrap";
import { type Comparison, compareCase, compareCases } from "@/lib/verify/statistics/compare";
import type { VerifyRun } from "@/lib/verify/verify-run";

import { caseCounts, casePairs, cellsOfLane, countOf } from "./counts-of";

/** What the lanes of a run are held to. */
export type Bar =
  | { readonly kind: "none" }
  /** As good as this lane of the same run. */
  | { readonly kind: "reference"; readonly lane: number }
  /** As good as the lane of the same label was, or the only lane of that run. */
  | { readonly kind: "baseline"; readonly run: VerifyRun }
  /** On average over the cases at least this share of trials passes. */
  | { readonly kind: "min-pass"; readonly rate: number };

export type RunOutcome = {
  /** "not-measured" wins over "worse". */
  readonly result: "good" | "worse" | "not-measured";
  /** Why, for a person; the lanes that were compared first. */
  readonly sentences: readonly string[];
};

/** The outcome of a run under a bar. */
export function outcomeOf(run: VerifyRun, bar: Bar): RunOutcome {
  const unmeasured = whyUnmeasured(run);
  const compared = run.lanes.flatMap((_lane, index) => ofLane(run, index, bar) ?? []);
  const sentences = [...compared.map(({ sentence }) => sentence), ...unmeasured];
  if (unmeasured.length > 0 || compared.some(({ result }) => result === "not-measured"))
    return { result: "not-measured", sentences };
  const isWorse = compared.some(({ result }) => result === "worse");
  return { result: isWorse ? "worse" : "good", sentences };
}

/** How a lane stands against the reference: all its cases together, and the cells that are worse by themselves. */
export type LaneComparison = {
  readonly whole: Comparison;
  readonly worse: readonly string[];
  /** Cells of the lane that have too few trials on a side. */
  readonly few: number;
  /** Cells that both have. */
  readonly shared: number;
};

/** Compares the cells of two lanes, also of two runs. */
export function compareLanes(
  reference: Parameters<typeof casePairs>[0],
  other: Parameters<typeof casePairs>[1],
): LaneComparison {
  const words = [...other].flatMap(([name, cell]) => {
    const before = reference.get(name);
    if (before === undefined || cell.state === "skipped" || before.state === "skipped") return [];
    return [{ name, of: compareCase({ reference: countOf(before), other: countOf(cell) }) }];
  });
  return {
    whole: compareCases(casePairs(reference, other)),
    worse: words.filter(({ of }) => of.word === "worse").map(({ name }) => name),
    few: words.filter(({ of }) => of.word === "not enough" && of.why === "few").length,
    shared: words.length,
  };
}

type LaneOutcome = { readonly result: RunOutcome["result"]; readonly sentence: string };

function ofLane(run: VerifyRun, lane: number, bar: Bar): LaneOutcome | null {
  const label = run.lanes[lane]?.label ?? "";
  const cells = cellsOfLane(run.trials, lane);
  switch (bar.kind) {
    case "none":
      return null;
    case "min-pass": {
      const rate = groupRate([...caseCounts(run.trials, lane).values()])?.rate ?? null;
      if (rate === null) return { result: "not-measured", sentence: `${label}: nothing was measured.` };
      const result = rate >= bar.rate - ROUNDING ? "good" : "worse";
      const [passed, wanted] = apart(rate, bar.rate);
      return { result, sentence: `${label}: ${passed} passed, ${wanted} asked for.` };
    }
    case "reference": {
      if (lane === bar.lane) return null;
      const reference = run.lanes[bar.lane]?.label ?? "";
      return inWords(label, reference, compareLanes(cellsOfLane(run.trials, bar.lane), cells));
    }
    case "baseline": {
      const before = baselineLane(bar.run, label);
      if (before === null)
        return { result: "not-measured", sentence: `${label}: the baseline has no lane of this name.` };
      const { trials, changed } = sameCases(bar.run, run);
      const compared = inWords(label, "the baseline", compareLanes(cellsOfLane(trials, before), cells));
      return changed.length === 0 ? compared : { ...compared, sentence: `${compared.sentence} ${changed}` };
    }
  }
}

/** Means of fractions are not exact: 3 of 5 in each of three cases are a little less than 0.6. */
const ROUNDING = 1e-9;

/** Two shares in so many digits that they are not taken for equal where they are not. */
function apart(one: number, other: number): readonly [string, string] {
  if (percent(one) !== percent(other) || Math.abs(one - other) <= ROUNDING)
    return [percent(one), percent(other)];
  return [`${(one * 100).toFixed(2)} %`, `${(other * 100).toFixed(2)} %`];
}

/** The trials of an earlier run that asked what this one asks, and which of its cases asked something else. */
function sameCases(before: VerifyRun, after: VerifyRun) {
  const asked = new Map(after.suite.cases.map((test) => [test.id, textOfCase(test)]));
  const changed = before.suite.cases
    .filter((test) => asked.has(test.id) && asked.get(test.id) !== textOfCase(test))
    .map(({ id }) => id);
  return {
    trials: before.trials.filter(({ key }) => !changed.includes(key.caseId)),
    changed:
      changed.length === 0
        ? ""
        : `The baseline asked something else in ${changed.join(", ")}, which ${changed.length === 1 ? "is" : "are"} not compared.`,
  };
}

function textOfCase(test: VerifyCase): string {
  return canonicalJson(JSON.stringify(test));
}

function baselineLane({ lanes }: VerifyRun, label: string): number | null {
  const named = lanes.findIndex((lane) => lane.label === label);
  if (named >= 0) return named;
  return lanes.length === 1 ? 0 : null;
}

function inWords(label: string, reference: string, compared: LaneComparison): LaneOutcome {
  const { whole, worse, few, shared } = compared;
  if (shared === 0)
    return { result: "not-measured", sentence: `${label}: there is nothing to compare with ${reference}.` };
  if (whole.word === "worse" || worse.length > 0) {
    const where = worse.length === 0 ? "over all cases" : `in ${worse.join(", ")}`;
    return { result: "worse", sentence: `${label}: worse than ${reference} ${where}${inPoints(whole)}.` };
  }
  if (whole.word === "better")
    return { result: "good", sentence: `${label}: better than ${reference}${inPoints(whole)}.` };
  if (whole.word === "not enough" && whole.why === "few" && few > 0)
    return { result: "not-measured", sentence: `${label}: not enough to compare with ${reference}.` };
  return { result: "good", sentence: `${label}: no difference to ${reference} is shown${inPoints(whole)}.` };
}

function inPoints({ difference }: Comparison): string {
  if (difference === null) return "";
  return ` (${points(difference.difference)} points, 95 % from ${points(difference.low)} to ${points(difference.high)})`;
}

function points(share: number): string {
  const sign = share > 0 ? "+" : share < 0 ? "−" : "±";
  return `${sign}${Math.abs(Math.round(share * 100))}`;
}

function whyUnmeasured(run: VerifyRun): readonly string[] {
  const trials = run.trials.filter(({ verdict }) => verdict.verdict === "not-measured").length;
  const left = run.endedAt === null ? remainingTrials(run).length : 0;
  return [
    ...(run.voided === null ? [] : [`The run counts for nothing: ${run.voided}`]),
    ...(left === 0 ? [] : [`${left} of its trials did not run.`]),
    ...(trials === 0 ? [] : [`${trials} of its trials could not be measured.`]),
  ];
}

/** "83 %": whole points. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
