/** The suite that comes with Vitrine, and its three sizes. */
import type { Suite, VerifyCase } from "@/lib/verify/case";

import { ARGUMENT_CASES } from "./argument-cases";
import { CHOICE_CASES } from "./choice-cases";
import { EFFORT_CASES } from "./effort-cases";
import { PARALLEL_CASES } from "./parallel-cases";
import { RECOVERY_CASES } from "./recovery-cases";
import { RESTRAINT_CASES } from "./restraint-cases";
import { SAFETY_CASES } from "./safety-cases";
import { SINGLE_CASES } from "./single-cases";
import { STRUCTURED_CASES } from "./structured-cases";
import { TURN_CASES } from "./turn-cases";
import { WIRE_CASES } from "./wire-cases";

/** All cases in the order of the matrix. */
export const VITRINE_1: Suite = {
  name: "vitrine-1",
  cases: [
    ...WIRE_CASES,
    ...SINGLE_CASES,
    ...ARGUMENT_CASES,
    ...RESTRAINT_CASES,
    ...PARALLEL_CASES,
    ...CHOICE_CASES,
    ...TURN_CASES,
    ...RECOVERY_CASES,
    ...STRUCTURED_CASES,
    ...EFFORT_CASES,
    ...SAFETY_CASES,
  ],
};

const SEED: ReadonlySet<string> = new Set(["W1", "W4", "S1", "P1"]);
const CORE: ReadonlySet<string> = new Set(
  "W1 W2 W3 W4 S1 S2 S5 A1 A4 A6 N1 N4 N5 N6 P1 P2 C1 C2 C3 T1 R1 R2 J1 E1".split(" "),
);

export const PRESET_NAMES = ["seed", "core", "full"] as const;

export type PresetName = (typeof PRESET_NAMES)[number];

/** The ids of each size, in the order of the suite. "full" leaves out what only runs when asked for by name. */
export const PRESETS: Readonly<Record<PresetName, readonly string[]>> = {
  seed: idsOf(({ id }) => SEED.has(id)),
  core: idsOf(({ id }) => CORE.has(id)),
  full: idsOf(({ isOff }) => !isOff),
};

function idsOf(isIn: (of: VerifyCase) => boolean): readonly string[] {
  return VITRINE_1.cases.filter(isIn).map(({ id }) => id);
}

/** The cases of a size, in the order of the suite. */
export function casesOf(preset: PresetName): readonly VerifyCase[] {
  return VITRINE_1.cases.filter(({ id }) => PRESETS[preset].includes(id));
}
