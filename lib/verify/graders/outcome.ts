/** What one grader says of a trial. */
import {
  type Blame,
  type Evidence,
  FAULT_CLASSES,
  type FaultClass,
  type NotMeasured,
} from "@/lib/verify/trial";

export type Fault = {
  readonly fault: FaultClass;
  readonly blame: Blame;
  /** What was expected and what was seen. */
  readonly why: string;
  readonly evidence: readonly Evidence[];
};

export type Outcome =
  | { readonly kind: "held"; readonly notes: readonly string[] }
  | { readonly kind: "broken"; readonly faults: readonly Fault[] }
  | { readonly kind: "not-measured"; readonly reason: NotMeasured; readonly why: string };

/** The expectation holds; `notes` say what a person may want to know of it. */
export function held(...notes: readonly string[]): Outcome {
  return { kind: "held", notes };
}

/** Broken where there are faults, held where there are none. */
export function outcomeOf(faults: readonly Fault[], notes: readonly string[] = []): Outcome {
  return faults.length === 0 ? held(...notes) : { kind: "broken", faults };
}

/** The feature was never reached. */
export function notExercised(why: string): Outcome {
  return { kind: "not-measured", reason: "not-exercised", why };
}

/** The fault that names a verdict: the first in the order of classes; null for none. */
export function firstFault<Found extends { readonly fault: FaultClass }>(
  faults: readonly Found[],
): Found | null {
  const sorted = faults.toSorted(
    (one, other) => FAULT_CLASSES.indexOf(one.fault) - FAULT_CLASSES.indexOf(other.fault),
  );
  return sorted[0] ?? null;
}
