import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
/** From what a person chose to a run that has not begun. */
import { effortOptions } from "@/lib/providers/rules/effort";
import { speechOf } from "@/lib/providers/speech-of";
import type { VerifyCase } from "@/lib/verify/case";
import type { Trial } from "@/lib/verify/trial";
import type { VerifyLane, VerifyRun } from "@/lib/verify/verify-run";

export type RunChoice = {
  /** The reference first. */
  readonly setups: readonly LaneSetup[];
  readonly cases: readonly VerifyCase[];
  /** "seed", "core", "full" or "own". */
  readonly preset: string;
  readonly repetitions: number;
  /** Levels for every lane; empty = each lane's own. */
  readonly efforts: readonly string[];
};

/** A run that has not begun, without its id, its time and its suite's hash. */
export function chosenRun({ setups, cases, preset, repetitions, efforts }: RunChoice): VerifyRun {
  return {
    id: "",
    startedAt: 0,
    endedAt: null,
    suite: { name: preset === "own" ? "own cases" : "vitrine-1", cases },
    suiteHash: "",
    preset,
    repetitions,
    lanes: setups.map((setup): VerifyLane => ({
      label: laneLabel(setup),
      from: "server",
      setup,
      efforts: efforts.length === 0 ? [null] : efforts,
      before: null,
      after: null,
    })),
    trials: [],
    voided: null,
  };
}

/** "llamacpp/smollm2-135m" */
export function laneLabel({ provider, model }: Pick<LaneSetup, "provider" | "model">): string {
  return `${provider}/${model}`;
}

/** The levels that every one of these lanes accepts, from low to high as the first names them. */
export function sharedEfforts(setups: readonly LaneSetup[]): readonly string[] {
  const [first = [], ...others] = setups.map(effortsOf);
  return first.filter((effort) => others.every((values) => values.includes(effort)));
}

function effortsOf({ provider: id, dialect, model }: LaneSetup): readonly string[] {
  const provider = findProvider(id);
  if (provider === null) return [];
  const { quirks } = speechOf(provider, dialect);
  const { values } = effortOptions(provider, quirks, model);
  if (values.length > 0) return values;
  return quirks.effortShape === "none" ? [] : ["low", "medium", "high"];
}

/** Trials of an earlier run as if the lanes of the same names in this one had made them: what the plan's time is estimated from. */
export function trialsFor(run: VerifyRun, earlier: VerifyRun): readonly Trial[] {
  return earlier.trials.flatMap((trial) => {
    const label = earlier.lanes[trial.key.lane]?.label;
    const lane = run.lanes.findIndex((own) => own.label === label);
    return lane === -1 ? [] : [{ ...trial, key: { ...trial.key, lane } }];
  });
}
