/** "How MODEL on SERVER calls tools": fourteen facts of one lane, from the run alone. Pure. */
import { DIALECT_LABELS } from "@/lib/providers/dialect-id";
import { findProvider } from "@/lib/providers/registry";
import { speechOf } from "@/lib/providers/speech-of";
import { formatCount, formatPlural } from "@/lib/stream/figures/format-number";
import type { CaseGroup } from "@/lib/verify/case";
import { FAULT_WORDS, REASON_WORDS } from "@/lib/verify/fault-words";
import { factsChange } from "@/lib/verify/runner/server-facts";
import { compareCases } from "@/lib/verify/statistics/compare";
import { type Blame, type Trial, type Verdict } from "@/lib/verify/trial";
import type { VerifyLane, VerifyRun } from "@/lib/verify/verify-run";

import { chains, choices, parallel, resultUse, schemas, stopping } from "./call-facts";
import {
  type CardFact,
  countOf,
  groupLine,
  isFailed,
  isMeasured,
  line,
  median,
  tally,
  type Tried,
} from "./card-lines";
import { efforts } from "./effort-facts";

export type Card = {
  /** "How smollm2-135m on llamacpp calls tools" */
  readonly title: string;
  /** What was verified: model, quantization, template, build, sampler, suite. */
  readonly identity: readonly (readonly [name: string, value: string])[];
  readonly facts: readonly CardFact[];
  /** Why the run counts for nothing; null = it counts. */
  readonly voided: string | null;
};

/** The card of the lane at this index; null where the run has no such lane. */
export function cardOf(run: VerifyRun, lane: number): Card | null {
  const own = run.lanes[lane];
  if (own === undefined) return null;
  const trials = run.trials.filter(({ key }) => key.lane === lane);
  const tried = run.suite.cases
    .map((each): Tried => ({ of: each, trials: trials.filter(({ key }) => key.caseId === each.id) }))
    .filter((each) => each.trials.length > 0);
  return {
    title: `How ${own.setup.model} on ${serverName(own)} calls tools`,
    identity: identityOf(run, own),
    facts: [
      restraint(tried),
      blames(trials),
      modes(tried),
      dialects(run, own),
      efforts(own, tried),
      parallel(tried),
      choices(tried),
      schemas(tried),
      resultUse(tried),
      stopping(tried),
      chains(tried, run.repetitions),
      toolTokens(tried),
      sameServer(own),
      certainty(run, trials),
    ],
    voided: run.voided,
  };
}

function serverName({ setup }: VerifyLane): string {
  return setup.endpoint === null ? setup.provider : hostOf(setup.endpoint);
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}

function identityOf(run: VerifyRun, own: VerifyLane): Card["identity"] {
  const { setup, before, from } = own;
  const samplers = Object.entries(setup.samplers).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return [
    ["Model", before?.model ?? setup.model],
    ["Quantization", before?.quantization ?? "–"],
    ["KV types", "not told by the server"],
    ["Template", before?.templateHash ?? "–"],
    ["Build", before === null ? "–" : (before.build ?? "not told by the server")],
    [
      "Context",
      before?.contextTokens === null || before === null ? "–" : `${formatCount(before.contextTokens)} tokens`,
    ],
    ["Dialect", dialectWords(own)],
    ["Sampler", samplers.length === 0 ? "the server's own" : samplers.join(", ")],
    ["Effort", effortWords(own)],
    ["Suite", `${run.suite.name} ${run.suiteHash.slice(0, 12)}, ${run.preset}, N = ${run.repetitions}`],
    [
      "Measured",
      `${new Date(run.startedAt).toISOString().slice(0, 10)}${from === "recordings" ? ", from recordings" : ""}`,
    ],
  ];
}

/** The levels that were tried, or the one that the lane is set to. */
function effortWords({ setup, efforts: tried }: VerifyLane): string {
  const levels = tried.flatMap((each) => each ?? setup.effort ?? []);
  return levels.length === 0 ? "the model's own" : levels.join(", ");
}

/** The dialect that the lane spoke: its own, or the first of its provider. */
function dialectWords({ setup: { provider: id, dialect } }: VerifyLane): string {
  const provider = findProvider(id);
  const spoken = provider === null ? dialect : speechOf(provider, dialect).dialect;
  return spoken === null ? "–" : DIALECT_LABELS[spoken];
}

const ACTION: ReadonlySet<CaseGroup> = new Set(["single", "arguments", "parallel", "turns"]);

function failuresOf(cases: readonly Tried[]): readonly Trial[] {
  return cases.flatMap(({ trials }) => trials).filter(isFailed);
}

function restraint(tried: readonly Tried[]): CardFact {
  const action = tried.filter(({ of }) => ACTION.has(of.group));
  const held = tried.filter(({ of }) => of.group === "restraint");
  const wrong = failuresOf(held).filter(({ figures }) => figures.calls > 0).length;
  const missed = failuresOf(action).filter(({ figures }) => figures.calls === 0).length;
  return {
    title: "Restraint beside action",
    lines: [
      groupLine("Calls when it should", action),
      groupLine("Holds back when it should", held),
      line("Calls that nobody wanted", formatPlural(wrong, "trial")),
      line("Calls that were missed", formatPlural(missed, "trial")),
    ],
    split: null,
    note: "A wrong call costs more than a missed one.",
  };
}

const BLAMES: readonly (readonly [Blame, string])[] = [
  ["model", "The model"],
  ["server", "The server"],
  ["template", "The template"],
  ["schema", "The schema"],
  ["undecided", "Undecided: nothing seen proves it"],
];

function blames(trials: readonly Trial[]): CardFact {
  const failures = trials.flatMap(({ verdict }) => (verdict.verdict === "fail" ? [verdict] : []));
  const split = BLAMES.map(([blame, label]) => ({
    label,
    own: failures.filter((each) => each.blame === blame),
  }));
  if (failures.length === 0) return { title: "Who failed", lines: [], split: null, note: "No trial failed." };
  return {
    title: "Who failed",
    lines: split.map(({ label, own }) =>
      line(
        label,
        own.length === 0 ? "0" : `${own.length}: ${tally(own.map(({ fault }) => FAULT_WORDS[fault]))}`,
      ),
    ),
    split: split.map(({ own }) => own.length / failures.length),
    note: null,
  };
}

function modes(tried: readonly Tried[]): CardFact {
  const both = tried.filter(({ of }) => of.modes.length > 1);
  const ofMode = (mode: "whole" | "stream") =>
    both.map(({ of, trials }) => ({ of, trials: trials.filter(({ key }) => key.mode === mode) }));
  const [whole, stream] = [ofMode("whole"), ofMode("stream")];
  const comparison = compareCases(
    whole.flatMap((each, index) => {
      const [reference, other] = [countOf(each.trials), countOf(stream[index]?.trials ?? [])];
      return reference.of === 0 || other.of === 0 ? [] : [{ reference, other }];
    }),
  );
  return {
    title: "In one response and streamed",
    lines: [groupLine("In one response", whole), groupLine("Streamed", stream)],
    split: null,
    note:
      both.length === 0
        ? "No case was asked in both ways."
        : comparison.word === "not enough"
          ? "Not enough to tell the two apart."
          : `Streamed is ${comparison.word}.`,
  };
}

function dialects(run: VerifyRun, own: VerifyLane): CardFact {
  const same = run.lanes.flatMap((lane, index) => {
    const { provider, endpoint, model } = lane.setup;
    const isSame =
      provider === own.setup.provider && endpoint === own.setup.endpoint && model === own.setup.model;
    return isSame ? [{ lane, index }] : [];
  });
  const spoken = new Set(same.map(({ lane }) => dialectWords(lane)));
  return {
    title: "Dialects of this server",
    lines:
      spoken.size < 2
        ? []
        : same.map(({ lane, index }) =>
            groupLine(
              dialectWords(lane),
              run.suite.cases.map((of) => ({
                of,
                trials: run.trials.filter(({ key }) => key.lane === index && key.caseId === of.id),
              })),
            ),
          ),
    split: null,
    note: spoken.size < 2 ? "The run has this model in one dialect only." : null,
  };
}

function toolTokens(tried: readonly Tried[]): CardFact {
  const prompts = (hasTools: boolean) =>
    median(
      tried
        .filter(({ of }) => of.tools.length > 0 === hasTools)
        .flatMap(({ trials }) => trials)
        .filter(({ verdict, figures }) => figures.steps === 1 && isAnswered(verdict))
        .map(({ figures }) => figures.promptTokens),
    );
  const [withTools, without] = [prompts(true), prompts(false)];
  return {
    title: "What tools cost in the prompt",
    lines: [
      line("Prompt with tools", tokenWords(withTools)),
      line("Prompt without", tokenWords(without)),
      line("Difference", tokenWords(withTools === null || without === null ? null : withTools - without)),
    ],
    split: null,
    note: "Medians of trials with one step, as the server counted; the prompts' own words differ too.",
  };
}

function tokenWords(count: number | null): string {
  return count === null ? "–" : `${formatCount(count)} tokens`;
}

/** Whether there was an answer: what is refused or broken off counts no prompt. */
function isAnswered(verdict: Verdict): boolean {
  if (verdict.verdict === "fail") return verdict.fault !== "http" && verdict.fault !== "transport";
  return verdict.verdict === "pass" && !verdict.notes.some((note) => note.startsWith("The server refuses"));
}

function sameServer({ before, after }: VerifyLane): CardFact {
  const change = factsChange(before, after);
  return {
    title: "The same server throughout",
    lines: [],
    split: null,
    note:
      change !== null
        ? `The server changed during the run: ${change}.`
        : before === null
          ? "The server does not say what it runs."
          : after === null
            ? "The server was not asked again after the run."
            : "What the server says of itself was the same before and after.",
  };
}

function certainty(run: VerifyRun, trials: readonly Trial[]): CardFact {
  const measured = trials.filter(isMeasured).length;
  const reasons = trials.flatMap(({ verdict }) =>
    verdict.verdict === "not-measured" ? [REASON_WORDS[verdict.reason]] : [],
  );
  const skipped = trials.filter(({ verdict }) => verdict.verdict === "skipped").length;
  return {
    title: "How certain this is",
    lines: [
      line("Trials per case", String(run.repetitions)),
      line("Measured", formatPlural(measured, "trial")),
      line(
        "Not measured",
        [formatPlural(reasons.length, "trial"), tally(reasons)].filter(Boolean).join(": "),
      ),
      line("Skipped", formatPlural(skipped, "trial")),
    ],
    split: null,
    note: "Bars are 95 % intervals: Wilson's for one case, a bootstrap over prompts for several. Prompts that all have one rate give no interval.",
  };
}
