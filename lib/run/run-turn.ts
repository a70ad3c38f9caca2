/** Runs a turn: step after step, until it waits for a person or has ended. The same in the page and on the command line. */
import type { ProvidersReply } from "@/lib/contract/servers";
import type { LaneSetup, PastTurn } from "@/lib/providers/provider";
import { MOST_STEPS } from "@/lib/stream/turn/bounds";
import type { LoopPause } from "@/lib/stream/turn/event";
import type { ToolCallPart } from "@/lib/stream/turn/turn";
import type { ToolDesk } from "@/lib/tools/desk";
import type { ToolDefinition } from "@/lib/tools/tool";

import { answerCalls } from "./answer-calls";
import { isAnswered, isWaiting } from "./calls";
import { loopPause } from "./loop-guard";
import type { TurnSink } from "./ports";
import { type PreparedStep, prepareStep, type RequestShape, thinkTagMode } from "./prepare-step";
import { type StepPorts, runStep } from "./run-step";
import { failStep, requestOf } from "./step-request";
import type { TurnClock } from "./turn-clock";

export type TurnRun = {
  readonly setup: LaneSetup;
  /** The name that a person gave the lane's own server; null where it has none. */
  readonly endpointName: string | null;
  readonly tools: readonly ToolDefinition[];
  /** Earlier turns of the branch, oldest first. */
  readonly past: readonly PastTurn[];
  /** The prompt of this turn. Its steps so far are the sink's. */
  readonly asked: Omit<PastTurn, "turn">;
  readonly at: TurnClock;
  readonly shape?: RequestShape;
  /** Aborted by Stop. */
  readonly signal: AbortSignal;
  readonly sink: TurnSink;
};

export type RunPorts = StepPorts & {
  readonly desk: ToolDesk;
  readonly newStepId: () => string;
  /** What the server last reported about its providers; null = nothing yet. */
  readonly servers: () => ProvidersReply | null;
  /** A key that a person pasted for the lane's server; null = none is held. */
  readonly keyFor: (setup: LaneSetup) => string | null;
  /** The server whose address lacks its secret part, as a person reads it; null = none does. */
  readonly lacksAddressOf?: (setup: LaneSetup) => string | null;
  /** A request as its record keeps it. */
  readonly asRecorded?: (request: string) => string;
  /** What was changed or left out of a request, in a person's words. */
  readonly onNotes?: (notes: readonly string[]) => void;
};

/**
 * Runs the next step of the turn, and goes on while tools answer every call by themselves, up to the limits. Where the
 * last step's calls still wait, a person said to go on: they run first, as many as the limit of calls. Never throws for
 * what the world does: every failure is the last event of a step.
 */
export async function runTurn(run: TurnRun, ports: RunPorts): Promise<void> {
  const { setup, sink, signal, at } = run;
  const { limits } = setup;
  const answer = (again: boolean, guard: (calls: readonly ToolCallPart[]) => LoopPause | null) =>
    answerCalls(
      { step: sink.turn().steps.at(-1), at, signal, emit: sink.emit, again, most: limits.calls, guard },
      ports.desk,
    );
  if (isWaiting(sink.turn().steps.at(-1))) {
    await answer(true, () => null);
    if (signal.aborted || !isAnswered(sink.turn().steps.at(-1))) return;
  }
  const first = sink.turn().steps.length;
  let answered = 0;
  for (let steps = 1; ; steps += 1) {
    const last = sink.turn().steps.at(-1);
    // One more could not be saved.
    if (last !== undefined && sink.turn().steps.length >= MOST_STEPS) {
      const pause: LoopPause = { why: "steps", limit: MOST_STEPS };
      sink.emit([{ at: at(), event: { type: "loop-pause", stepId: last.id, pause } }], "run");
      return;
    }
    const prepared = prepareStep({
      setup,
      tools: run.tools,
      history: [...run.past, { ...run.asked, turn: sink.turn() }],
      reply: ports.servers(),
      keyHeld: ports.keyFor(setup) !== null,
      lacksAddressOf: ports.lacksAddressOf?.(setup) ?? null,
      ...(run.shape === undefined ? {} : { shape: run.shape }),
    });
    if (!prepared.ok) {
      failStep({ ...run, request: requestOf(run, ""), error: prepared.error }, ports.newStepId());
      return;
    }
    ports.onNotes?.(prepared.step.notes);
    await runPrepared(run, prepared.step, ports, steps);
    answered += await answer(false, (calls) =>
      loopPause({ limits, steps: sink.turn().steps.slice(first), answered }, calls),
    );
    if (signal.aborted || !isAnswered(sink.turn().steps.at(-1))) return;
  }
}

async function runPrepared(
  run: TurnRun,
  prepared: PreparedStep,
  ports: RunPorts,
  nth: number,
): Promise<void> {
  const { setup, at, signal } = run;
  const loop = nth === 1 ? {} : { loop: { step: nth, of: setup.limits.steps } };
  const notes = prepared.notes.length === 0 ? {} : { notes: prepared.notes };
  const body = JSON.stringify(prepared.chat.body);
  await runStep(
    {
      stepId: ports.newStepId(),
      request: { ...requestOf(run, prepared.dialect), ...loop, ...notes },
      prepared,
      thinkTags: thinkTagMode(setup),
      recorded: ports.asRecorded?.(body) ?? body,
      key: ports.keyFor(setup),
      at,
      signal,
      emit: run.sink.emit,
    },
    ports,
  );
}
