/** `vitrine verify`: runs a suite against models, or grades what was recorded, and says how it stands against a bar. */
import { accessSync, constants, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline/promises";

import type { Output } from "@/cli/print-turn";
import { saveTape, whyUnwritable, writeWhole } from "@/cli/record-run";
import { EXIT, type ExitCode } from "@/cli/usage";
import type { Suite } from "@/lib/verify/case";
import { writeJunit } from "@/lib/verify/report/junit";
import { notPassedLines, tableText, writeMarkdown } from "@/lib/verify/report/markdown";
import { type Bar, outcomeOf } from "@/lib/verify/report/outcome";
import { placeWords } from "@/lib/verify/report/place-words";
import { openControl } from "@/lib/verify/runner/control";
import { planOf } from "@/lib/verify/runner/plan";
import { runSuite, type SuiteSink } from "@/lib/verify/runner/run-suite";
import { readSuiteLines } from "@/lib/verify/saved/saved-case";
import { readVerifyRunText, writeVerifyRun } from "@/lib/verify/saved/saved-run";
import { suiteHash } from "@/lib/verify/suite/suite-hash";
import { casesOf, VITRINE_1 } from "@/lib/verify/suite/vitrine-1";
import { type Evidence, type Trial, trialName } from "@/lib/verify/trial";
import type { VerifyLane, VerifyRun } from "@/lib/verify/verify-run";

import { gradeRecordings } from "./grade-recordings";
import { planLines } from "./plan-lines";
import { suitePorts } from "./suite-host";
import { readVerifyArguments, type VerifyArguments } from "./verify-arguments";

/** Runs the command and resolves to its exit code. */
export async function verifyCommand(words: readonly string[], output: Output): Promise<ExitCode> {
  const read = readVerifyArguments(words);
  if (!read.ok) return usageError(read.message, output);
  const { asked } = read;
  const unwritable = whyNotWritable(asked);
  if (unwritable !== null) return usageError(unwritable, output);
  const stopped = new AbortController();
  const stop = () => stopped.abort();
  process.once("SIGINT", stop);
  const opened = await openRun(asked, stopped.signal, output);
  process.removeListener("SIGINT", stop);
  if (stopped.signal.aborted) {
    output.err("Nothing was sent.\n");
    return EXIT.notMeasured;
  }
  if (typeof opened === "string") return usageError(opened, output);
  const bar = openBar(asked, opened);
  if (typeof bar === "string") return usageError(bar, output);
  const plan = planOf(
    opened,
    bar.kind === "baseline" ? [...opened.trials, ...bar.run.trials] : opened.trials,
  );
  if (plan.trials.length > 0) {
    for (const line of planLines(opened, plan, asked.budgetTokens)) output.err(`${line}\n`);
    if (!asked.isSure && process.stdin.isTTY && !(await isConfirmed())) {
      output.err("Nothing was sent.\n");
      return EXIT.notMeasured;
    }
  }
  const refused = whyNotWritten(opened, asked);
  if (refused !== null) return usageError(refused, output);
  const run = await runAll(opened, asked, output);
  return report(run, bar, asked, output);
}

/** The run before anything is sent: new, or one that was cut; or why there is none. */
async function openRun(
  asked: VerifyArguments,
  signal: AbortSignal,
  output: Output,
): Promise<VerifyRun | string> {
  if (asked.resume !== null) {
    const saved = readRunFile(asked.resume);
    if (typeof saved === "string") return `--resume ${asked.resume}: ${saved}`;
    for (const note of saved.notes) output.err(`note: ${note}\n`);
    return { ...saved.run, endedAt: null };
  }
  const suite = suiteOf(asked.suite);
  if (typeof suite === "string") return suite;
  const recorded = asked.replay === null ? null : gradeRecordings(asked.replay, suite, asked.lanes.length);
  if (recorded !== null && recorded.lanes.length === 0)
    return `--replay ${asked.replay ?? ""}: no recording was found there.`;
  for (const note of recorded?.notes ?? []) output.err(`note: ${note}\n`);
  const { factsOf } = suitePorts(serverNames(asked));
  const lanes = await Promise.all(
    asked.lanes.map(async ({ label, setup }): Promise<VerifyLane> => {
      // The plan knows the context by them.
      const before = await factsOf(setup, signal);
      return { label, from: "server", setup, efforts: asked.efforts, before, after: null };
    }),
  );
  return {
    id: crypto.randomUUID(),
    startedAt: Date.now(),
    endedAt: null,
    suite,
    suiteHash: await suiteHash(suite),
    preset: "preset" in asked.suite ? asked.suite.preset : "own",
    repetitions: asked.lanes.length === 0 ? 1 : asked.repetitions,
    lanes: [...lanes, ...(recorded?.lanes ?? [])],
    trials: recorded?.trials ?? [],
    voided: null,
  };
}

function suiteOf(suite: VerifyArguments["suite"]): Suite | string {
  if ("preset" in suite) return { name: VITRINE_1.name, cases: casesOf(suite.preset) };
  let content: string;
  try {
    content = readFileSync(suite.file, "utf8");
  } catch (error) {
    return `--suite ${suite.file}: ${error instanceof Error ? error.message : String(error)}`;
  }
  const { cases, problems } = readSuiteLines(content);
  const [first] = problems;
  if (first !== undefined) return `--suite ${suite.file}: ${first}`;
  if (cases.length === 0) return `--suite ${suite.file}: it holds no case.`;
  return { name: path.basename(suite.file), cases };
}

function openBar({ bar }: VerifyArguments, run: VerifyRun): Bar | string {
  switch (bar.kind) {
    case "none":
    case "min-pass":
      return bar;
    case "reference": {
      const lane = run.lanes.findIndex(({ label }) => label === bar.label);
      return lane < 0 ? `--reference ${bar.label}: no lane has this name.` : { kind: "reference", lane };
    }
    case "baseline": {
      const saved = readRunFile(bar.file);
      return typeof saved === "string"
        ? `--baseline ${bar.file}: ${saved}`
        : { kind: "baseline", run: saved.run };
    }
  }
}

function readRunFile(file: string) {
  try {
    const read = readVerifyRunText(readFileSync(file, "utf8"));
    return read.ok ? read : read.why;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether a person at the terminal says yes. Ctrl+C and the end of the input are a no. */
async function isConfirmed(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const left = new AbortController();
  terminal.once("SIGINT", () => left.abort());
  terminal.once("close", () => left.abort());
  try {
    const answer = await terminal.question("Run it? [y/N] ", { signal: left.signal });
    return /^y(?:es)?$/iu.test(answer.trim());
  } catch (error) {
    if (left.signal.aborted) return false;
    throw error;
  } finally {
    terminal.close();
  }
}

/** Runs what is left. Ctrl+C stops it and keeps what is finished. */
async function runAll(opened: VerifyRun, asked: VerifyArguments, output: Output): Promise<VerifyRun> {
  const control = openControl();
  const stop = () => control.stop();
  process.once("SIGINT", stop);
  const all = planOf(opened).trials.length;
  let done = 0;
  const sink: SuiteSink = {
    onBegin: () => undefined,
    onTrial: (trial, tape) => {
      if (tape !== null || trial.verdict.verdict === "skipped") done += 1;
      output.err(`${done}/${all} ${opened.lanes[trial.key.lane]?.label ?? ""} ${trialLine(trial)}\n`);
      if (tape === null || asked.tapes === null || trial.verdict.verdict === "pass") return;
      const name = `${trial.key.lane} ${trialName(trial.key)}`.replaceAll(/[^\w.-]+/gu, "-");
      noteFailure(saveTape(tape, path.join(asked.tapes, `${name}.tape`)), "a tape", output);
    },
    onRun: (run) => {
      if (asked.files.json !== null)
        noteFailure(
          writeWhole(asked.files.json, () => [writeVerifyRun(run)]),
          "the run",
          output,
        );
    },
  };
  try {
    return await runSuite(
      { run: opened, budgetTokens: asked.budgetTokens, control },
      suitePorts(serverNames(asked)),
      sink,
    );
  } finally {
    process.removeListener("SIGINT", stop);
  }
}

/** What a person calls the servers of their own, by address. */
function serverNames({ lanes }: VerifyArguments): ReadonlyMap<string, string> {
  return new Map(
    lanes.flatMap(({ setup, endpointName }) =>
      setup.endpoint === null || endpointName === null ? [] : [[setup.endpoint, endpointName] as const],
    ),
  );
}

function noteFailure(problem: string | null, what: string, output: Output): void {
  if (problem !== null) output.err(`note: ${what} could not be written (${problem}).\n`);
}

function trialLine({ key, verdict, figures }: Trial): string {
  const took = `${(figures.totalMs / 1000).toFixed(1)} s`;
  switch (verdict.verdict) {
    case "pass":
      return `${trialName(key)}: pass, ${took}`;
    case "fail":
      return `${trialName(key)}: ${verdict.fault} (${verdict.blame}), ${took}. ${verdict.why}${seenIn(verdict.evidence)}`;
    case "not-measured":
      return `${trialName(key)}: not measured (${verdict.reason}). ${verdict.why}`;
    case "skipped":
      return `${trialName(key)}: skipped. ${verdict.why}`;
  }
}

function seenIn(evidence: readonly Evidence[]): string {
  return evidence.length === 0 ? "" : ` Seen in ${evidence.map(placeWords).join("; ")}.`;
}

function report(run: VerifyRun, bar: Bar, { files, resume }: VerifyArguments, output: Output): ExitCode {
  const { result, sentences } = outcomeOf(run, bar);
  output.out(`${tableText(run, bar.kind === "reference" ? bar.lane : 0)}\n`);
  const left = notPassedLines(run);
  if (left.length > 0) output.out(`\nNot passed:\n${left.map((line) => `- ${line}\n`).join("")}`);
  if (sentences.length > 0) output.out(`\n${sentences.map((sentence) => `${sentence}\n`).join("")}`);
  const texts = [
    [files.json, () => writeVerifyRun(run)],
    [files.junit, () => writeJunit(run)],
    [files.md, () => writeMarkdown(run, bar)],
  ] as const;
  for (const [file, text] of texts) {
    const problem = file === null ? null : writeWhole(file, () => [text()]);
    if (problem === null) continue;
    output.err(`${file ?? ""}: it could not be written (${problem}).\n`);
    return EXIT.notMeasured;
  }
  if (run.endedAt === null && run.voided === null) {
    const json = files.json ?? resume;
    output.err(
      json === null
        ? "The run was not kept: write it with --json FILE, and --resume FILE goes on with it.\n"
        : `Go on with: vitrine verify --resume ${json}\n`,
    );
  }
  return { good: EXIT.done, worse: EXIT.failed, "not-measured": EXIT.notMeasured }[result];
}

/** The run as it begins and the folder of tapes are written before anything is sent: a full disk shows only then. */
function whyNotWritten(run: VerifyRun, { files, tapes }: VerifyArguments): string | null {
  const problem = files.json === null ? null : writeWhole(files.json, () => [writeVerifyRun(run)]);
  if (problem !== null) return `--json ${files.json ?? ""}: cannot be written (${problem}).`;
  if (tapes === null) return null;
  try {
    mkdirSync(tapes, { recursive: true });
    accessSync(tapes, constants.W_OK);
    return null;
  } catch (error) {
    return `--tapes ${tapes}: cannot be written (${error instanceof Error ? error.message : String(error)}).`;
  }
}

function whyNotWritable({ files }: VerifyArguments): string | null {
  for (const [option, file] of Object.entries(files)) {
    const problem = file === null ? null : whyUnwritable(file);
    if (problem !== null) return `--${option} ${file ?? ""}: cannot be written (${problem}).`;
  }
  return null;
}

function usageError(message: string, output: Output): ExitCode {
  output.err(`${message}\nFor all options: npm run --silent vitrine -- help\n`);
  return EXIT.usage;
}
