/** Recordings as lanes: what was recorded of each system is graded, and nothing is sent. Pure. */
import { readBinding } from "@/lib/contract/tool-binding";
import { plainSetup } from "@/lib/providers/plain-setup";
import type { LaneSetup } from "@/lib/providers/provider";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { Tape } from "@/lib/tape/tape";
import { readToolValue } from "@/lib/tools/formats/read-value";
import type { CaseTool, Suite, VerifyCase } from "@/lib/verify/case";
import { gradeTrial, laterVerdict } from "@/lib/verify/graders/grade-trial";
import type { GradedTrial } from "@/lib/verify/graders/graded-trial";
import { stepFacts } from "@/lib/verify/runner/step-facts";
import { framesOf } from "@/lib/verify/runner/step-frames";
import { trialFigures } from "@/lib/verify/runner/trial-figures";
import type { Trial, TrialFigures, TrialKey, Verdict } from "@/lib/verify/trial";
import type { VerifyLane } from "@/lib/verify/verify-run";

import { matchCase, readFileName } from "./match-case";
import { recordedTurns } from "./recorded-turns";

/** A file of a folder of recordings. */
export type RecordedFile = {
  /** Below the folder, with "/". */
  readonly path: string;
  /** null where it could not be read. */
  readonly tape: Tape | null;
  /** Why Vitrine cannot grade what it holds, as a sentence; null where it can. */
  readonly limit: string | null;
};

export type RecordedLanes = {
  readonly lanes: readonly VerifyLane[];
  readonly trials: readonly Trial[];
  /** What belongs to no case, and what could not be read, as sentences. */
  readonly notes: readonly string[];
};

/** Systems that never make calls side by side: their parallel cases were not recorded for this reason. */
const NO_PARALLEL = /o4-mini|gpt-oss/u;

/**
 * A lane for each system: each folder with files, and each of `systems`, which may have none. Every case of the suite gets
 * a trial in each of its modes: graded, or skipped where it was not recorded. `firstLane` is the index of the first lane.
 */
export function recordedLanes(
  files: readonly RecordedFile[],
  systems: readonly string[],
  { cases }: Suite,
  firstLane: number,
): RecordedLanes {
  const bySystem = new Map<string, RecordedFile[]>(systems.map((system) => [system, []]));
  for (const file of files) {
    const system = systemOf(file.path);
    const own = bySystem.get(system);
    if (own === undefined) bySystem.set(system, [file]);
    else own.push(file);
  }
  const lanes: VerifyLane[] = [];
  const trials: Trial[] = [];
  const unmatched: string[] = [];
  const unread: string[] = [];
  for (const [system, own] of [...bySystem].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const lane = firstLane + lanes.length;
    const graded = gradeFiles(own, cases, lane);
    unmatched.push(...graded.unmatched);
    unread.push(...own.flatMap(({ path, tape }) => (tape === null ? [path] : [])));
    const setup = own.flatMap(({ tape }) => tape?.lanes[0]?.setup ?? [])[0] ?? null;
    lanes.push(laneOf(system, setup));
    trials.push(
      ...graded.trials,
      ...missing(graded.trials, cases, { lane, system, model: setup?.model ?? "" }),
    );
  }
  return {
    lanes,
    trials,
    notes: [...noteOf("match no case", unmatched), ...noteOf("cannot be read", unread)],
  };
}

function systemOf(path: string): string {
  const folder = path.split("/").slice(0, -1).join("/");
  return folder === "" ? "recordings" : folder;
}

function laneOf(label: string, setup: LaneSetup | null): VerifyLane {
  return {
    label,
    from: "recordings",
    setup: setup ?? plainSetup({ provider: "openai-compatible", model: "" }),
    efforts: [null],
    before: null,
    after: null,
  };
}

type Recorded = {
  readonly test: VerifyCase;
  readonly graded: GradedTrial;
  readonly trial: Omit<Trial, "verdict">;
  readonly limit: string | null;
};

function gradeFiles(files: readonly RecordedFile[], cases: readonly VerifyCase[], lane: number) {
  const unmatched: string[] = [];
  const recorded: Recorded[] = [];
  for (const file of files) {
    if (file.tape === null) continue;
    const found = file.tape.lanes.flatMap((_lane, index) => readLane(file, file.tape, index, cases) ?? []);
    if (found.length === 0) unmatched.push(file.path);
    for (const { test, graded, figures } of found) {
      const { mode } = graded;
      const repetition = recorded.filter(
        ({ trial: { key } }) => key.caseId === test.id && key.mode === mode,
      ).length;
      const key: TrialKey = { lane, caseId: test.id, mode, effort: null, repetition };
      recorded.push({
        test,
        graded,
        limit: file.limit,
        trial: { key, startedAt: file.tape.startedAt, figures },
      });
    }
  }
  const trials = recorded.map((each): Trial => {
    const { key, startedAt, figures } = each.trial;
    return { key, startedAt, figures, verdict: verdictOf(each, recorded) };
  });
  return { trials, unmatched };
}

function verdictOf({ test, graded, trial, limit }: Recorded, all: readonly Recorded[]): Verdict {
  if (limit !== null) return { verdict: "skipped", why: limit };
  const { repetition } = trial.key;
  const other = all.find(
    ({ trial: { key } }) =>
      key.caseId === test.id && key.mode !== graded.mode && key.repetition === repetition,
  );
  return gradeTrial(test, {
    ...graded,
    paired: other === undefined ? null : laterVerdict(test, other.graded).shape,
  });
}

function readLane(
  { path, limit }: RecordedFile,
  tape: Tape | null,
  lane: number,
  cases: readonly VerifyCase[],
): { readonly test: VerifyCase; readonly graded: GradedTrial; readonly figures: TrialFigures } | null {
  if (tape === null) return null;
  const { turns, prompts, records, request, isStreamed } = recordedTurns(tape, lane);
  if (turns.length === 0) return null;
  const name = readFileName(path);
  const test = matchCase(cases, name.caseId, { prompts, tools: offeredTools(request) });
  if (test === null) return null;
  const hasTimes = tape.turns.every(({ notes }) => !notes.some((note) => note.includes("has no times")));
  const figures = trialFigures(turns);
  return {
    test,
    graded: {
      // What cannot be read does not show how it was sent.
      mode: limit !== null ? name.mode : isStreamed ? "stream" : "whole",
      turns,
      facts: stepFacts(records),
      framesOf: framesOf(records),
      paired: null,
      efforts: null,
    },
    // Times that a format does not have are made up for playing, and measure nothing.
    figures: hasTimes ? figures : { ...figures, totalMs: 0, firstCallMs: null },
  };
}

/** The tools of a request, as a case has them. */
function offeredTools(request: JsonObject | null): readonly CaseTool[] {
  if (request === null || request["tools"] === undefined) return [];
  const { found } = readToolValue(request, { others: [], readBinding });
  return found.map(({ tool: { name, description, parameters, strict } }) => ({
    name,
    description,
    parameters,
    strict,
    answers: { by: "fixed", result: { output: "", isError: false } },
  }));
}

/** Trials of what was not recorded. */
function missing(
  trials: readonly Trial[],
  cases: readonly VerifyCase[],
  { lane, system, model }: { readonly lane: number; readonly system: string; readonly model: string },
): readonly Trial[] {
  const there = new Set(trials.map(({ key }) => `${key.caseId} ${key.mode}`));
  return cases.flatMap(({ id, group, modes }) =>
    modes.flatMap((mode): readonly Trial[] => {
      if (there.has(`${id} ${mode}`)) return [];
      const isLimit = group === "parallel" && NO_PARALLEL.test(`${system} ${model}`);
      const why = isLimit ? "not recorded (known limit: this model makes no parallel calls)" : "not recorded";
      const key: TrialKey = { lane, caseId: id, mode, effort: null, repetition: 0 };
      return [{ key, startedAt: 0, verdict: { verdict: "skipped", why }, figures: trialFigures([]) }];
    }),
  );
}

function noteOf(what: string, paths: readonly string[]): readonly string[] {
  return paths.length === 0 ? [] : [`${paths.length} of the files ${what}: ${paths.join(", ")}.`];
}
