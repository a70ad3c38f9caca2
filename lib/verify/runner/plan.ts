/** What a run will do, before anything is sent. Pure. */
import type { LaneSetup } from "@/lib/providers/provider";
import type { VerifyCase } from "@/lib/verify/case";
import { mostPassesThatAreWorse } from "@/lib/verify/statistics/compare";
import { type RequestCount, requestsOf } from "@/lib/verify/suite/requests-of";
import { type Trial, type TrialKey, trialName } from "@/lib/verify/trial";
import type { VerifyLane, VerifyRun } from "@/lib/verify/verify-run";

import { isRepeatable, outputCap, reportsWriting } from "./trial-request";

export type VerifyPlan = {
  /** In the order in which they run. */
  readonly trials: readonly TrialKey[];
  /** As many as good answers take, and as many as the steps of the cases allow. */
  readonly requests: RequestCount;
  /** At most this many requests more ask a llama-server what the model wrote in a stream whose fault is undecided. */
  readonly confirmations: number;
  /** If every request ran into its cap, those too. */
  readonly worstOutputTokens: number;
  /** From trials of the same lanes that were measured before; null where there are none. Servers run side by side. */
  readonly estimatedMs: number | null;
  /** US dollars, from what the provider charged for such trials before; null where it reports no prices. */
  readonly estimatedUsd: number | null;
  /** With this many repetitions a case that always passed counts as worse once it passes at most this often; null = never. */
  readonly mostPassesThatAreWorse: number | null;
};

/**
 * All trials that a run makes, in paired order: every lane tries a case before the next case begins, so that what drifts with time
 * meets all of them; a repetition ends before the next one begins.
 */
export function trialsOf(run: Pick<VerifyRun, "suite" | "lanes" | "repetitions">): readonly TrialKey[] {
  return Array.from({ length: run.repetitions }, (_, repetition) =>
    run.suite.cases.flatMap((test) =>
      test.modes.flatMap((mode) =>
        run.lanes.flatMap((own, lane) =>
          (own.from === "recordings" ? [] : effortsOf(test, own)).map((effort): TrialKey => ({
            lane,
            caseId: test.id,
            mode,
            effort,
            repetition,
          })),
        ),
      ),
    ),
  ).flat();
}

/** The plan of what is left of a run. `known`: trials of these lanes that were measured before, also in other runs. */
export function planOf(run: VerifyRun, known: readonly Trial[] = run.trials): VerifyPlan {
  const trials = remainingTrials(run);
  const cases = new Map(run.suite.cases.map((test) => [test.id, test]));
  let usual = 0;
  let most = 0;
  let confirmations = 0;
  let worstOutputTokens = 0;
  for (const key of trials) {
    const [test, lane] = [cases.get(key.caseId), run.lanes[key.lane]];
    if (test === undefined || lane === undefined) continue;
    const requests = requestsOf(test);
    usual += requests.usual;
    most += requests.most;
    const mayConfirm = key.mode === "stream" && isAskedAgain(lane.setup);
    if (mayConfirm) confirmations += 1;
    worstOutputTokens += (requests.most + (mayConfirm ? 1 : 0)) * outputCap(test, lane, key.effort);
  }
  return {
    trials,
    requests: { usual, most },
    confirmations,
    worstOutputTokens,
    estimatedMs: estimatedMs(trials, run.lanes, known),
    estimatedUsd: estimatedUsd(trials, known),
    mostPassesThatAreWorse: mostPassesThatAreWorse(run.repetitions),
  };
}

/** Trials of the run that have no verdict yet, in their order. */
export function remainingTrials(run: VerifyRun): readonly TrialKey[] {
  const done = new Set(run.trials.map(({ key }) => keyText(key)));
  return trialsOf(run).filter((key) => !done.has(keyText(key)));
}

/** One text for each trial of a run. */
export function keyText(key: TrialKey): string {
  return `${key.lane} ${trialName(key)}`;
}

/** What the server of a lane is known by. */
export function serverOf({ setup }: Pick<VerifyLane, "setup">): string {
  return `${setup.provider} ${setup.endpoint ?? ""}`;
}

/** Whether a stream of this lane may be asked again: its server reports what a model wrote, and the model would write it again. */
function isAskedAgain(setup: LaneSetup): boolean {
  return reportsWriting(setup) && isRepeatable(setup.samplers);
}

function effortsOf(test: VerifyCase, { efforts }: VerifyLane): readonly (string | null)[] {
  if (test.isPerEffort) return efforts;
  // A lane with one level is asked at that level throughout.
  return efforts.length === 1 ? efforts : [null];
}

function estimatedMs(
  trials: readonly TrialKey[],
  lanes: readonly VerifyLane[],
  known: readonly Trial[],
): number | null {
  const perServer = new Map<string, number>();
  for (const key of trials) {
    const lane = lanes[key.lane];
    const each = meanOf(known, key, ({ totalMs }) => totalMs);
    if (lane === undefined || each === null) return null;
    const server = serverOf(lane);
    perServer.set(server, (perServer.get(server) ?? 0) + each);
  }
  return trials.length === 0 ? null : Math.max(0, ...perServer.values());
}

function estimatedUsd(trials: readonly TrialKey[], known: readonly Trial[]): number | null {
  let sum = 0;
  for (const key of trials) {
    const each = meanOf(known, key, ({ costUsd }) => costUsd);
    if (each === null) return null;
    sum += each;
  }
  return trials.length === 0 ? null : sum;
}

/** The mean of the same case in the lane, or else of all of the lane. */
function meanOf(
  known: readonly Trial[],
  { lane, caseId }: TrialKey,
  figure: (figures: Trial["figures"]) => number | null,
): number | null {
  const ofLane = known.filter(({ key, verdict }) => key.lane === lane && verdict.verdict !== "skipped");
  const ofCase = ofLane.filter(({ key }) => key.caseId === caseId);
  const figures = (ofCase.length > 0 ? ofCase : ofLane).flatMap((trial) => figure(trial.figures) ?? []);
  return figures.length === 0 ? null : figures.reduce((sum, each) => sum + each, 0) / figures.length;
}
