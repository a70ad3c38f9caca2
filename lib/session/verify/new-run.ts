/** From what a person chose to a run that has not begun. */
import { DIALECT_LABELS } from "@/lib/providers/dialect-id";
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import { effortOptions } from "@/lib/providers/rules/effort";
import { speechOf } from "@/lib/providers/speech-of";
import type { VerifyCase } from "@/lib/verify/case";
import type { NotMeasured, Trial } from "@/lib/verify/trial";
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
  const labels = laneLabels(setups, efforts);
  return {
    id: "",
    startedAt: 0,
    endedAt: null,
    suite: { name: preset === "own" ? "own cases" : "vitrine-1", cases },
    suiteHash: "",
    preset,
    repetitions,
    lanes: setups.map((setup, index): VerifyLane => ({
      label: labels[index] ?? "",
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

/**
 * A name for each lane, no two alike: "llamacpp/smollm2-135m". Lanes on one model add what tells them apart, the wire
 * format and, where no levels are tried in every lane, their effort: "llamacpp/smollm2-135m, effort low". Otherwise they are counted.
 */
export function laneLabels(setups: readonly LaneSetup[], efforts: readonly string[]): readonly string[] {
  const names = setups.map(({ provider, model }) => `${provider}/${model}`);
  const withFormats = toldApart(names, setups, ({ dialect }) =>
    dialect === null ? "its usual format" : DIALECT_LABELS[dialect],
  );
  const withEfforts =
    efforts.length > 0
      ? withFormats
      : toldApart(withFormats, setups, ({ effort }) =>
          effort === null ? "no effort set" : `effort ${effort}`,
        );
  return withEfforts.map((name, index) => {
    const nth = withEfforts.slice(0, index).filter((other) => other === name).length;
    return nth === 0 ? name : `${name} (${nth + 1})`;
  });
}

/** Adds to equal names what `word` says of their lanes, where it differs among them. */
function toldApart(
  names: readonly string[],
  setups: readonly LaneSetup[],
  word: (setup: LaneSetup) => string,
): readonly string[] {
  return setups.map((setup, index) => {
    const name = names[index] ?? "";
    const words = new Set(setups.filter((_, other) => names[other] === name).map(word));
    return words.size < 2 ? name : `${name}, ${word(setup)}`;
  });
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

const PASSING: ReadonlySet<NotMeasured> = new Set(["outage", "rate-limit", "refused-here", "stopped"]);

/** Trials that say nothing because a server was down or busy: another try may measure them. None of recordings. */
export function lostTrials({ lanes, trials }: VerifyRun): readonly Trial[] {
  return trials.filter(
    ({ key, verdict }) =>
      verdict.verdict === "not-measured" && PASSING.has(verdict.reason) && lanes[key.lane]?.from === "server",
  );
}
