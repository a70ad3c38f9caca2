/** What `vitrine verify` was asked to do. */
import { parseArgs } from "node:util";

import { type CliLane, readLane, readPairs, valueOf } from "@/cli/arguments";
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import { effortOptions } from "@/lib/providers/rules/effort";
import { speechOf } from "@/lib/providers/speech-of";
import { PRESET_NAMES, type PresetName } from "@/lib/verify/suite/vitrine-1";

export type VerifyArguments = {
  readonly lanes: readonly CliLane[];
  /** A folder of recordings whose systems are lanes; null = none. */
  readonly replay: string | null;
  readonly suite: { readonly preset: PresetName } | { readonly file: string };
  readonly repetitions: number;
  /** [null] = the lane's own alone. */
  readonly efforts: readonly (string | null)[];
  readonly bar:
    | { readonly kind: "none" }
    | { readonly kind: "reference"; readonly label: string }
    | { readonly kind: "baseline"; readonly file: string }
    | { readonly kind: "min-pass"; readonly rate: number };
  /** Files that are written; null = not. */
  readonly files: { readonly junit: string | null; readonly json: string | null; readonly md: string | null };
  /** A folder for a tape of each trial that did not pass; null = none are kept. */
  readonly tapes: string | null;
  /** Output tokens; null = no limit. */
  readonly budgetTokens: number | null;
  /** Begins without being asked, also on a terminal. */
  readonly isSure: boolean;
  /** A run that was cut: its trials are not repeated; null = a new run. */
  readonly resume: string | null;
};

export type ReadVerifyArguments =
  | { readonly ok: true; readonly asked: VerifyArguments }
  | { readonly ok: false; readonly message: string };

const MOST_REPETITIONS = 20;

/** Reads the words behind `vitrine verify`. */
export function readVerifyArguments(words: readonly string[]): ReadVerifyArguments {
  const parsed = parseWords(words);
  if (typeof parsed === "string") return wrong(parsed);
  const { values } = parsed;
  const suite = suiteOf(values.suite ?? "core");
  const repetitions = numberOf(values.n ?? "5");
  if (!Number.isInteger(repetitions) || repetitions < 1 || repetitions > MOST_REPETITIONS)
    return wrong(`--n ${values.n ?? ""}: write a whole number from 1 to ${MOST_REPETITIONS}.`);
  const budgetTokens = values.budget === undefined ? null : numberOf(values.budget);
  if (budgetTokens !== null && (!Number.isInteger(budgetTokens) || budgetTokens < 1))
    return wrong(`--budget ${values.budget ?? ""}: write how many output tokens the run may take.`);
  const bar = barOf(values);
  if (typeof bar === "string") return wrong(bar);
  const lanes = lanesOf(values);
  if (typeof lanes === "string") return wrong(lanes);
  const replay = values.replay ?? null;
  const resume = values.resume ?? null;
  if (resume === null && lanes.length === 0 && replay === null)
    return wrong(
      "Name at least one model with --lane PROVIDER/MODEL, or a folder of recordings with --replay DIR.",
    );
  if (resume !== null && (lanes.length > 0 || replay !== null || values.suite !== undefined))
    return wrong(
      "--resume goes on with the lanes and the suite of its run: leave out --lane, --replay and --suite.",
    );
  if (new Set(lanes.map(({ label }) => label)).size < lanes.length)
    return wrong("Two lanes have the same name. Give one of them another name with --endpoint NAME=URL.");
  const efforts = effortsOf(values.effort, lanes);
  if (typeof efforts === "string") return wrong(efforts);
  // A lane of recordings may be the reference too: its name is known once they are read.
  if (
    bar.kind === "reference" &&
    replay === null &&
    lanes.length > 0 &&
    !lanes.some(({ label }) => label === bar.label)
  )
    return wrong(`--reference ${bar.label}: no --lane has this name.`);
  return {
    ok: true,
    asked: {
      lanes,
      replay,
      suite,
      repetitions,
      efforts,
      bar,
      files: { junit: values.junit ?? null, json: values.json ?? resume, md: values.md ?? null },
      tapes: values.tapes ?? null,
      budgetTokens,
      isSure: values.yes ?? false,
      resume,
    },
  };
}

const OPTIONS = {
  lane: { type: "string", multiple: true },
  endpoint: { type: "string", multiple: true },
  set: { type: "string", multiple: true },
  replay: { type: "string" },
  suite: { type: "string" },
  n: { type: "string" },
  effort: { type: "string" },
  reference: { type: "string" },
  baseline: { type: "string" },
  "min-pass": { type: "string" },
  junit: { type: "string" },
  json: { type: "string" },
  md: { type: "string" },
  tapes: { type: "string" },
  budget: { type: "string" },
  yes: { type: "boolean" },
  resume: { type: "string" },
} as const;

function parseWords(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

type Values = Exclude<ReturnType<typeof parseWords>, string>["values"];

function suiteOf(name: string): VerifyArguments["suite"] {
  const preset = PRESET_NAMES.find((each) => each === name);
  return preset === undefined ? { file: name } : { preset };
}

function lanesOf(values: Values): readonly CliLane[] | string {
  const endpoints = readPairs(values.endpoint ?? [], "--endpoint NAME=URL");
  if (!endpoints.ok) return endpoints.message;
  const fields = readPairs(values.set ?? [], "--set NAME=VALUE");
  if (!fields.ok) return fields.message;
  const shared: Partial<LaneSetup> = {
    samplers: Object.fromEntries([...fields.pairs].map(([name, value]) => [name, valueOf(value)])),
  };
  const lanes: CliLane[] = [];
  for (const label of values.lane ?? []) {
    const lane = readLane(label, endpoints.pairs, shared);
    if (typeof lane === "string") return lane;
    lanes.push(lane);
  }
  return lanes;
}

/** The levels that are asked for, each once; or which lane has no such level. */
function effortsOf(list: string | undefined, lanes: readonly CliLane[]): VerifyArguments["efforts"] | string {
  if (list === undefined) return [null];
  const efforts = [...new Set(list.split(",").map((each) => each.trim()))];
  if (efforts.includes("")) return `--effort ${list}: write levels such as low,high.`;
  for (const { label, setup } of lanes) {
    const provider = findProvider(setup.provider);
    if (provider === null) continue;
    const { quirks } = speechOf(provider, setup.dialect);
    const { values, verified, off, note } = effortOptions(provider, quirks, setup.model);
    const unknown = efforts.find((effort) => off?.values.includes(effort) === true);
    if (unknown !== undefined) return `--effort ${unknown}: ${label} has no such level. ${off?.why ?? ""}`;
    if (verified && values.length === 0)
      return `--effort ${list}: ${label} has no levels of effort. ${note ?? ""}`.trim();
  }
  return efforts;
}

function barOf(values: Values): VerifyArguments["bar"] | string {
  const { reference, baseline, "min-pass": least } = values;
  const given = [reference, baseline, least].filter((each) => each !== undefined);
  if (given.length > 1) return "Hold a run to one bar: --reference, --baseline or --min-pass.";
  if (reference !== undefined) return { kind: "reference", label: reference };
  if (baseline !== undefined) return { kind: "baseline", file: baseline };
  if (least === undefined) return { kind: "none" };
  const rate = numberOf(least);
  return rate >= 0 && rate <= 1
    ? { kind: "min-pass", rate }
    : `--min-pass ${least}: write a share from 0 to 1, such as 0.9.`;
}

/** NaN for a text that is no number. */
function numberOf(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}

function wrong(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}
