/** The saved shape of a run: `docs/verify.md` describes the file. */
import * as z from "zod/mini";

import { idSchema, setupSchema } from "@/lib/run/saved/saved-setup";
import { parseJson } from "@/lib/stream/turn/json-read";
import type { Suite, VerifyCase } from "@/lib/verify/case";
import {
  type Evidence,
  FAULT_CLASSES,
  type LaterVerdict,
  type Trial,
  type TrialFigures,
  type Verdict,
} from "@/lib/verify/trial";
import {
  type ServerFacts,
  VERIFY_RUN_FORMAT,
  VERIFY_RUN_VERSION,
  type VerifyLane,
  type VerifyRun,
} from "@/lib/verify/verify-run";

import { readCase } from "./saved-case";

const MOST_TRIALS = 100_000;
const MOST_LANES = 64;

const text = z.string();
const textOrNull = z.prefault(z.nullable(text), null);
const index = z.int().check(z.nonnegative());
const figure = z.prefault(z.nullable(z.number()), null);
const at = z.number().check(z.nonnegative());

const frames = z.exactOptional(z.object({ first: index, last: index }));

const evidence: z.ZodMiniType<Evidence> = z.discriminatedUnion("at", [
  z.object({ at: z.literal("step"), turn: index, step: index }),
  z.object({ at: z.literal("part"), turn: index, step: index, part: text, frames }),
  z.object({ at: z.literal("frame"), turn: index, step: index, frame: index }),
  z.object({ at: z.literal("argument"), turn: index, step: index, part: text, path: text, frames }),
]);

const failure = z.object({
  verdict: z.literal("fail"),
  fault: z.enum(FAULT_CLASSES),
  blame: z.enum(["model", "server", "template", "schema", "undecided"]),
  why: text,
  evidence: z.prefault(z.array(evidence), []),
});

const verdict: z.ZodMiniType<Verdict> = z.discriminatedUnion("verdict", [
  z.object({ verdict: z.literal("pass"), notes: z.prefault(z.array(text), []) }),
  failure,
  z.object({
    verdict: z.literal("not-measured"),
    reason: z.enum([
      "not-exercised",
      "cap",
      "context",
      "rate-limit",
      "outage",
      "refused-here",
      "changed-server",
      "stopped",
    ]),
    why: text,
  }),
  z.object({ verdict: z.literal("skipped"), why: text }),
]);

const figures: z.ZodMiniType<TrialFigures> = z.object({
  totalMs: z.number(),
  firstCallMs: figure,
  promptTokens: figure,
  outputTokens: figure,
  reasoningTokens: figure,
  costUsd: figure,
  steps: index,
  calls: index,
  retries: z.prefault(index, 0),
  confirmations: z.prefault(index, 0),
});

const later: z.ZodMiniType<LaterVerdict> = z.object({
  ifHeld: verdict,
  beside: z.nullable(failure),
  shape: z.nullable(
    z.object({
      calls: text,
      kinds: text,
      isCalling: z.boolean(),
      written: z.nullable(text),
      seen: z.object({ tokens: z.nullable(z.number()), texts: z.array(text) }),
    }),
  ),
  isSamePrompt: z.nullable(z.boolean()),
});

const trial: z.ZodMiniType<Trial> = z.object({
  key: z.object({
    lane: index,
    caseId: idSchema,
    mode: z.enum(["stream", "whole"]),
    effort: textOrNull,
    repetition: index,
  }),
  startedAt: at,
  verdict,
  figures,
  later: z.exactOptional(later),
});

const facts: z.ZodMiniType<ServerFacts> = z.object({
  model: textOrNull,
  quantization: textOrNull,
  templateHash: textOrNull,
  build: textOrNull,
  contextTokens: figure,
  readsEffort: z.prefault(z.nullable(z.boolean()), null),
  efforts: z.prefault(z.nullable(z.array(text).check(z.maxLength(64))), null),
});
const factsOrNull = z.prefault(z.nullable(facts), null);

const lane: z.ZodMiniType<VerifyLane> = z.object({
  label: text,
  from: z.prefault(z.enum(["server", "recordings"]), "server"),
  // What answers calls is the case's: a binding in a file would only be somebody's code.
  setup: z.pipe(
    setupSchema,
    z.transform((setup) => ({ ...setup, bindings: {} })),
  ),
  efforts: z.prefault(z.array(z.nullable(text)).check(z.minLength(1), z.maxLength(64)), [null]),
  before: factsOrNull,
  after: factsOrNull,
});

const head = z.object({
  id: idSchema,
  startedAt: at,
  endedAt: z.prefault(z.nullable(at), null),
  suite: z.object({ name: text, cases: z.array(z.unknown()) }),
  suiteHash: text,
  preset: z.prefault(text, "own"),
  repetitions: z.int().check(z.positive(), z.maximum(1_000)),
  lanes: z.array(lane).check(z.minLength(1), z.maxLength(MOST_LANES)),
  trials: z.prefault(z.array(z.unknown()).check(z.maxLength(MOST_TRIALS)), []),
  voided: textOrNull,
});

/** A run that was read, with what of it could not be; or why it is none. */
export type ReadRun =
  | { readonly ok: true; readonly run: VerifyRun; readonly notes: readonly string[] }
  | { readonly ok: false; readonly why: string };

/** Reads a run from its JSON value. A case or trial that cannot be read is left out, and said. Never throws. */
export function readVerifyRun(value: unknown): ReadRun {
  const mark = z.safeParse(z.object({ format: z.literal(VERIFY_RUN_FORMAT), version: z.number() }), value);
  if (!mark.success) return { ok: false, why: 'This is not a run of Vitrine: its "format" is another one.' };
  if (mark.data.version > VERIFY_RUN_VERSION)
    return { ok: false, why: "The run was saved by a newer Vitrine. Open it there." };
  const read = z.safeParse(head, value);
  if (!read.success) {
    const [issue] = read.error.issues;
    return {
      ok: false,
      why: `The run cannot be read: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`.trim() + ".",
    };
  }
  const { suite, trials: listed, ...rest } = read.data;
  const cases = readCases(suite.cases);
  const known = new Set(cases.read.map(({ id }) => id));
  const trials = readTrials(listed, known, rest.lanes.length);
  const notes = [...left(cases.left, "case"), ...left(trials.left, "trial")];
  const named: Suite = { name: suite.name, cases: cases.read };
  return { ok: true, run: { ...rest, suite: named, trials: trials.read }, notes };
}

/** Reads a run from the text of its file. */
export function readVerifyRunText(content: string): ReadRun {
  const json = parseJson(content);
  return json === undefined ? { ok: false, why: "This is not JSON." } : readVerifyRun(json);
}

/** The text of a run's file. Keys are nowhere in a run. */
export function writeVerifyRun(run: VerifyRun): string {
  const lanes = run.lanes.map((each) => ({ ...each, setup: { ...each.setup, bindings: {} } }));
  return `${JSON.stringify({ format: VERIFY_RUN_FORMAT, version: VERIFY_RUN_VERSION, ...run, lanes })}\n`;
}

type Read<T> = { readonly read: readonly T[]; readonly left: number };

function readCases(listed: readonly unknown[]): Read<VerifyCase> {
  const read = listed.flatMap((each) => {
    const one = readCase(each);
    return one.ok ? [one.test] : [];
  });
  return { read, left: listed.length - read.length };
}

/** Of two trials with one key the later one counts. */
function readTrials(listed: readonly unknown[], cases: ReadonlySet<string>, lanes: number): Read<Trial> {
  const byKey = new Map<string, Trial>();
  let unread = 0;
  for (const each of listed) {
    const one = z.safeParse(trial, each);
    if (!one.success || !cases.has(one.data.key.caseId) || one.data.key.lane >= lanes) {
      unread += 1;
      continue;
    }
    byKey.set(JSON.stringify(one.data.key), one.data);
  }
  return { read: [...byKey.values()], left: unread };
}

function left(count: number, what: string): readonly string[] {
  if (count === 0) return [];
  return [
    count === 1
      ? `One ${what} cannot be read and is left out.`
      : `${count} ${what}s cannot be read and are left out.`,
  ];
}
