/** Facts of the card about calls: their schemas, their results, their end. Pure. */
import { formatPlural } from "@/lib/stream/figures/format-number";
import type { CaseGroup } from "@/lib/verify/case";
import { passEvery } from "@/lib/verify/statistics/counts";
import type { FaultClass, Trial } from "@/lib/verify/trial";

import { type CardFact, countLine, countOf, groupLine, isMeasured, line, type Tried } from "./card-lines";

/** Each case of a group with its count. */
export function perCase(title: string, tried: readonly Tried[], group: CaseGroup): CardFact {
  const cases = tried.filter(({ of }) => of.group === group);
  return {
    title,
    lines: cases.map(({ of, trials }) => countLine(of.title, countOf(trials))),
    note: cases.length === 0 ? "Not in this run." : null,
  };
}

const SCHEMA_FAULTS: readonly (readonly [FaultClass, string])[] = [
  ["invalid-json", "Arguments that are not JSON"],
  ["unknown-name", "Calls of tools that were not offered"],
  ["schema-mismatch", "Arguments that do not fit the schema"],
];

/** Whether calls fit what was offered. */
export function schemas(trials: readonly Trial[]): CardFact {
  const calling = trials.filter((trial) => isMeasured(trial) && trial.figures.calls > 0);
  const faulty = (fault: FaultClass) =>
    trials.filter(({ verdict }) => verdict.verdict === "fail" && verdict.fault === fault).length;
  const wrong = SCHEMA_FAULTS.reduce((many, [fault]) => many + faulty(fault), 0);
  const refused = trials.filter(
    ({ verdict }) => verdict.verdict === "fail" && verdict.fault === "http" && verdict.blame === "schema",
  ).length;
  return {
    title: "Schemas",
    lines: [
      countLine("Trials with valid calls only", {
        passes: Math.max(0, calling.length - wrong),
        of: calling.length,
      }),
      ...SCHEMA_FAULTS.map(([fault, label]) => line(label, formatPlural(faulty(fault), "trial"))),
      line("Schemas that the server refused", formatPlural(refused, "trial")),
    ],
    note: null,
  };
}

/** Whether the model goes on from what its tools said. */
export function resultUse(tried: readonly Tried[]): CardFact {
  const cases = tried.filter(({ of }) => of.exercised.some(({ what }) => what === "result-given"));
  const ignored = cases
    .flatMap(({ trials }) => trials)
    .filter(({ verdict }) => verdict.verdict === "fail" && verdict.fault === "result-use").length;
  return {
    title: "Use of results",
    lines: [
      groupLine("Goes on from what the tool said", cases),
      line("Results that were ignored or contradicted", formatPlural(ignored, "trial")),
    ],
    note: cases.length === 0 ? "No case of this run gives a result." : null,
  };
}

/** Whether turns end by themselves. */
export function stopping(tried: readonly Tried[]): CardFact {
  const cases = tried.filter(({ of }) => of.expects.some(({ grader }) => grader === "ends"));
  const endless = tried
    .flatMap(({ trials }) => trials)
    .filter(({ verdict }) => verdict.verdict === "fail" && verdict.fault === "end").length;
  return {
    title: "Stopping",
    lines: [
      groupLine("Stops by itself", cases),
      line("Trials that did not end", formatPlural(endless, "trial")),
    ],
    note: null,
  };
}

/** The longest chain of calls that was done every time. */
export function chains(tried: readonly Tried[], repetitions: number): CardFact {
  const cases = tried.flatMap((each) => {
    const lengths = each.of.expects.flatMap((expectation) =>
      expectation.grader === "sequence" ? [expectation.calls.length] : [],
    );
    return lengths.length === 0 ? [] : [{ ...each, length: Math.max(...lengths) }];
  });
  const always = cases.filter(
    ({ trials }) => passEvery(countOf(trials), Math.min(repetitions, countOf(trials).of)) === 1,
  );
  return {
    title: "Longest chain done every time",
    lines: [
      line(
        "Calls in a row",
        always.length === 0
          ? cases.length === 0
            ? "–"
            : "none"
          : String(Math.max(...always.map(({ length }) => length))),
      ),
      ...cases.map(({ of, trials, length }) => countLine(`${length} calls: ${of.title}`, countOf(trials))),
    ],
    note: cases.length === 0 ? "No case of this run is a chain." : null,
  };
}
