/** Facts of the card about calls: their schemas, their results, their end. Pure. */
import { formatPlural } from "@/lib/stream/figures/format-number";
import { passEvery } from "@/lib/verify/statistics/counts";
import { type FaultClass, REFUSED_CHOICE, type Trial, type Verdict } from "@/lib/verify/trial";

import {
  type CardFact,
  type CardLine,
  countLine,
  countOf,
  groupLine,
  isMeasured,
  line,
  tally,
  type Tried,
} from "./card-lines";

/** Calls beside each other: each case with its count, and the calls that were lost on the way. */
export function parallel(tried: readonly Tried[]): CardFact {
  const cases = tried.filter(({ of }) => of.group === "parallel");
  return {
    title: "Parallel calls",
    lines:
      cases.length === 0
        ? []
        : [
            ...cases.map(({ of, trials }) => countLine(of.title, countOf(trials))),
            line("Calls that were written and not parsed", formatPlural(faulty(cases, "parse"), "trial")),
          ],
    split: null,
    note: cases.length === 0 ? NOT_IN_RUN : null,
  };
}

/** Whether each choice of tools was obeyed, ignored or refused. */
export function choices(tried: readonly Tried[]): CardFact {
  const cases = tried.filter(({ of }) => of.expects.some(({ grader }) => grader === "choice"));
  return {
    title: "Tool choice",
    lines: cases.map(({ of, trials }): CardLine => {
      const outcomes = trials.filter(isMeasured).map(({ verdict }) => choiceOutcome(verdict));
      const obeyed = outcomes.filter((each) => each === "obeyed").length;
      const counted = countLine(of.title, { passes: obeyed, of: outcomes.length });
      return outcomes.length === 0 ? counted : { ...counted, value: tally(outcomes) };
    }),
    split: null,
    note: cases.length === 0 ? NOT_IN_RUN : "Bars are the share that was obeyed.",
  };
}

function choiceOutcome(verdict: Verdict): "obeyed" | "ignored" | "refused" | "failed otherwise" {
  if (verdict.verdict === "pass")
    return verdict.notes.some((note) => note.startsWith(REFUSED_CHOICE)) ? "refused" : "obeyed";
  if (verdict.verdict !== "fail") return "failed otherwise";
  if (verdict.fault === "choice") return "ignored";
  // A status that the server is to blame for is a fault of its own, such as a 500.
  return verdict.fault === "http" && verdict.blame !== "server" ? "refused" : "failed otherwise";
}

const NOT_IN_RUN = "Not in this run.";

function faulty(cases: readonly Tried[], fault: FaultClass): number {
  return cases
    .flatMap(({ trials }) => trials)
    .filter(({ verdict }) => verdict.verdict === "fail" && verdict.fault === fault).length;
}

const SCHEMA_FAULTS: readonly (readonly [FaultClass, string])[] = [
  ["invalid-json", "Arguments that are not JSON"],
  ["unknown-name", "Calls of tools that were not offered"],
  ["schema-mismatch", "Arguments that do not fit the schema"],
];

/** Whether calls fit what was offered, and for each feature of a schema whether it was accepted and held. */
export function schemas(tried: readonly Tried[]): CardFact {
  const measured = tried.flatMap(({ trials }) => trials.filter(isMeasured));
  const outcomes = measured.map(schemaOutcome);
  const many = (outcome: SchemaOutcome) => outcomes.filter((each) => each === outcome).length;
  return {
    title: "Schemas",
    lines: [
      countLine("Trials with valid calls only", {
        passes: many("valid"),
        of: many("valid") + many("not valid"),
      }),
      ...SCHEMA_FAULTS.map(([fault, label]) =>
        line(label, formatPlural(measured.filter((trial) => isNotValid(trial, fault)).length, "trial")),
      ),
      line("Schemas that the server refused", formatPlural(many("refused"), "trial")),
      ...tried
        .filter(({ of }) => of.group === "arguments")
        .map(({ of, trials }) => line(of.title, tally(trials.filter(isMeasured).map(schemaOutcome)) || "–")),
    ],
    split: null,
    note: null,
  };
}

type SchemaOutcome = "valid" | "not valid" | "refused" | "without a call";

/** What became of the schemas in a trial that was measured: whether the values are right is no question here. */
function schemaOutcome(trial: Trial): SchemaOutcome {
  const { verdict, figures } = trial;
  if (verdict.verdict === "fail" && verdict.fault === "http" && verdict.blame === "schema") return "refused";
  if (SCHEMA_FAULTS.some(([fault]) => isNotValid(trial, fault))) return "not valid";
  return figures.calls > 0 ? "valid" : "without a call";
}

/** Whether a call failed in this way; an answer in JSON may do so too, without a call. */
function isNotValid({ verdict, figures }: Trial, fault: FaultClass): boolean {
  return verdict.verdict === "fail" && verdict.fault === fault && figures.calls > 0;
}

/** Whether the model goes on from what its tools said. */
export function resultUse(tried: readonly Tried[]): CardFact {
  const cases = tried.filter(({ of }) => of.exercised.some(({ what }) => what === "result-given"));
  const ignored = faulty(cases, "result-use");
  return {
    title: "Use of results",
    lines: [
      groupLine("Goes on from what the tool said", cases),
      line("Results that were ignored or contradicted", formatPlural(ignored, "trial")),
    ],
    split: null,
    note: cases.length === 0 ? "No case of this run gives a result." : null,
  };
}

/** Whether turns end by themselves. */
export function stopping(tried: readonly Tried[]): CardFact {
  const cases = tried.filter(({ of }) => of.expects.some(({ grader }) => grader === "ends"));
  const endless = faulty(tried, "end");
  return {
    title: "Stopping",
    lines: [
      groupLine("Stops by itself", cases),
      line("Trials that did not end", formatPlural(endless, "trial")),
    ],
    split: null,
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
    split: null,
    note: cases.length === 0 ? "No case of this run is a chain." : null,
  };
}
