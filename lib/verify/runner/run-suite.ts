/** Runs what is left of a verification: trial after trial, server beside server, with every verdict kept at once. */
import type { LaneSetup } from "@/lib/providers/provider";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { Tape } from "@/lib/tape/tape";
import type { VerifyCase } from "@/lib/verify/case";
import { laterVerdict, needsOthers, settledVerdict } from "@/lib/verify/graders/grade-trial";
import type { GradedTrial } from "@/lib/verify/graders/graded-trial";
import type { LaterVerdict, Trial, TrialFigures, TrialKey, Verdict } from "@/lib/verify/trial";
import type { ServerFacts, VerifyLane, VerifyRun } from "@/lib/verify/verify-run";

import { askAgain } from "./ask-again";
import type { RunControl } from "./control";
import { effortLevels, effortRenders, needsRenders } from "./later-facts";
import { keyText, remainingTrials, serverOf } from "./plan";
import { type RanTrial, runTrial, type TrialPorts } from "./run-trial";
import { factsChange } from "./server-facts";
import { trialRequest } from "./trial-request";

export type SuitePorts = TrialPorts & {
  readonly grade: (test: VerifyCase, graded: GradedTrial) => Verdict;
  /** What the lane's server says of itself now; null where it says nothing. */
  readonly factsOf: (setup: LaneSetup, signal: AbortSignal) => Promise<ServerFacts | null>;
  /** The prompt that the server's template makes of a body, without running it; null where it cannot. */
  readonly renderPrompt: (setup: LaneSetup, body: JsonObject, signal: AbortSignal) => Promise<string | null>;
  /** Trials that may run on this server at once. */
  readonly streamsOf: (setup: LaneSetup) => number;
};

/** Where a run goes while it runs. A trial whose verdict needed others comes a second time, with the later verdict. */
export type SuiteSink = {
  readonly onBegin: (key: TrialKey) => void;
  readonly onTrial: (trial: Trial, tape: Tape | null) => void;
  /** The run with all that is known of it. */
  readonly onRun: (run: VerifyRun) => void;
};

export type SuiteOrder = {
  /** New, or one that was cut: its trials are not repeated. */
  readonly run: VerifyRun;
  /** Output tokens after which no trial begins; null = no limit. */
  readonly budgetTokens: number | null;
  readonly control: RunControl;
};

/**
 * Runs all trials that have no verdict yet, and resolves to the run as it then is: ended where all have one, and open
 * where it was stopped or its budget was spent. A server that changed under it voids it. Never throws for what the world does.
 */
export async function runSuite(order: SuiteOrder, ports: SuitePorts, sink: SuiteSink): Promise<VerifyRun> {
  const state = openState(order.run, ports, sink);
  const { signal, mayBegin } = order.control;
  await state.readFacts("before", signal);
  if (signal.aborted || state.run().voided !== null) return state.run();
  const isSpent = () => order.budgetTokens !== null && state.spentTokens() >= order.budgetTokens;
  const work = async (trials: TrialKey[]): Promise<void> => {
    for (;;) {
      await mayBegin();
      const key = signal.aborted || isSpent() ? undefined : trials.shift();
      if (key === undefined) return;
      await state.runOne(key, signal);
    }
  };
  const servers = byServer(state.run(), ports);
  await Promise.all(
    servers.flatMap(({ streams, trials }) => Array.from({ length: streams }, () => work(trials))),
  );
  await state.readFacts("after", signal);
  if (remainingTrials(state.run()).length === 0) state.set({ endedAt: ports.platform.clock.wall() });
  return state.run();
}

type ServerTrials = { readonly streams: number; readonly trials: TrialKey[] };

function byServer(run: VerifyRun, { streamsOf }: Pick<SuitePorts, "streamsOf">): readonly ServerTrials[] {
  const servers = new Map<string, ServerTrials>();
  for (const key of remainingTrials(run)) {
    const lane = run.lanes[key.lane];
    if (lane === undefined) continue;
    const server = serverOf(lane);
    const queue = servers.get(server) ?? { streams: Math.max(1, streamsOf(lane.setup)), trials: [] };
    servers.set(server, queue);
    queue.trials.push(key);
  }
  return [...servers.values()];
}

type Measured = readonly Pick<Trial, "key" | "figures">[];

/** The run so far, and how it grows. */
function openState(first: VerifyRun, ports: SuitePorts, sink: SuiteSink) {
  let run = first;
  let spentTokens = 0;
  const cases = new Map(run.suite.cases.map((test) => [test.id, test]));
  const done = new Set(run.trials.map(({ key }) => keyText(key)));

  const set = (change: Partial<VerifyRun>): void => {
    run = { ...run, ...change };
    sink.onRun(run);
  };

  const add = (trial: Trial, tape: Tape | null): void => {
    const wanted = keyText(trial.key);
    // Most are new: only one that is there already is looked for among all others.
    const others = done.has(wanted) ? run.trials.filter(({ key }) => keyText(key) !== wanted) : run.trials;
    done.add(wanted);
    run = { ...run, trials: [...others, trial] };
    sink.onTrial(trial, tape);
    sink.onRun(run);
  };

  /** What the trial says by itself. */
  const gradeOwn = (
    test: VerifyCase,
    graded: GradedTrial,
  ): { readonly verdict: Verdict; readonly later?: LaterVerdict } => {
    if (!needsOthers(test)) return { verdict: ports.grade(test, graded) };
    const later = laterVerdict(test, graded);
    return { verdict: later.ifHeld, later };
  };

  /** The verdict with what the case's other trials came to so far, those from before a cut too. */
  const settle = (test: VerifyCase, key: TrialKey, later: LaterVerdict, measured: Measured): Verdict =>
    settledVerdict(test, key.mode, later, {
      paired:
        run.trials.find((trial) => keyText(trial.key) === keyText(otherMode(key)))?.later?.shape ?? null,
      levels: effortLevels(test, run.lanes[key.lane], measured, key.lane),
    });

  /** What is known now may change what was said of the case's other trials. */
  const settleAgain = (test: VerifyCase, { lane, caseId }: TrialKey): void => {
    for (const trial of run.trials.filter(({ key }) => key.lane === lane && key.caseId === caseId)) {
      if (trial.later === undefined) continue;
      const verdict = settle(test, trial.key, trial.later, run.trials);
      if (JSON.stringify(verdict) !== JSON.stringify(trial.verdict)) add({ ...trial, verdict }, null);
    }
  };

  return {
    run: () => run,
    set,
    spentTokens: () => spentTokens,

    /** A run that goes on must find the servers as it left them. Where it is stopped meanwhile, nothing is learned. */
    readFacts: async (when: "before" | "after", signal: AbortSignal): Promise<void> => {
      const asked = Promise.all(
        run.lanes.map(async (lane): Promise<VerifyLane> => {
          if (lane.from === "recordings") return lane;
          const facts = await ports.factsOf(lane.setup, signal);
          return when === "after"
            ? { ...lane, after: facts }
            : { ...lane, before: lane.before ?? facts, after: facts };
        }),
      );
      const lanes = await unlessStopped(asked, signal);
      if (lanes !== null) set({ lanes, voided: run.voided ?? whyVoid(lanes) });
    },

    runOne: async (key: TrialKey, signal: AbortSignal): Promise<void> => {
      const [test, lane] = [cases.get(key.caseId), run.lanes[key.lane]];
      if (test === undefined || lane === undefined) return;
      sink.onBegin(key);
      const request = trialRequest(test, lane, key);
      if (typeof request === "string") {
        const startedAt = ports.platform.clock.wall();
        add({ key, startedAt, verdict: { verdict: "skipped", why: request }, figures: NOTHING }, null);
        return;
      }
      const ran = await runTrial({ key, lane, request }, ports, signal);
      if (ran === null) return;
      spentTokens += ran.figures.outputTokens ?? estimatedTokens(ran);
      const asked = needsRenders(test) ? effortRenders(test, lane, key, { ...ports, signal }) : null;
      const renders = asked === null ? null : await unlessStopped(asked, signal);
      if (signal.aborted) return;
      const efforts = renders === null ? null : { renders, levels: [] };
      const { mode, turns, framesOf, startedAt } = ran;
      const graded = { mode, turns, facts: ran.facts, framesOf, paired: null, efforts };
      const own = gradeOwn(test, graded);
      const again = await askAgain(own.verdict, lane.setup, ran, ports, signal);
      // Stopped while it asked again: the trial is not finished.
      if (signal.aborted) return;
      spentTokens += again?.outputTokens ?? 0;
      const { verdict, later } = again === null ? own : gradeOwn(test, { ...graded, facts: again.facts });
      const figures = { ...ran.figures, confirmations: again === null ? 0 : 1 };
      const tape = again?.tape ?? ran.tape;
      if (later === undefined) {
        add({ key, startedAt, verdict, figures }, tape);
        return;
      }
      const settled = settle(test, key, later, [...run.trials, { key, figures }]);
      add({ key, startedAt, verdict: settled, figures, later }, tape);
      settleAgain(test, key);
    },
  };
}

/** What the work comes to; null once the signal aborts: a server that hangs is not waited for. */
function unlessStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const leave = () => resolve(null);
    signal.addEventListener("abort", leave, { once: true });
    if (signal.aborted) leave();
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}

function otherMode(key: TrialKey): TrialKey {
  return { ...key, mode: key.mode === "stream" ? "whole" : "stream" };
}

function whyVoid(lanes: readonly VerifyLane[]): string | null {
  for (const { label, before, after } of lanes) {
    const change = factsChange(before, after);
    if (change !== null) return `${label} is not the server it was: ${change}.`;
  }
  return null;
}

const NOTHING: TrialFigures = {
  totalMs: 0,
  firstCallMs: null,
  promptTokens: null,
  outputTokens: null,
  reasoningTokens: null,
  costUsd: null,
  steps: 0,
  calls: 0,
  retries: 0,
  confirmations: 0,
};

/** Where the server counts nothing, a budget still ends: a token has about four characters. */
function estimatedTokens({ turns }: RanTrial): number {
  let characters = 0;
  for (const part of turns.flatMap(({ steps }) => steps.flatMap(({ parts }) => parts))) {
    if (part.type === "text" || part.type === "reasoning") characters += part.text.length;
    if (part.type === "tool-call") characters += part.input.length;
  }
  return Math.ceil(characters / 4);
}
