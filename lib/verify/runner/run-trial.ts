/** Runs one trial: the prompts of its case, one after the other, in a conversation of its own. */
import type { LaneSetup, PastTurn } from "@/lib/providers/provider";
import type { Emit } from "@/lib/run/ports";
import type { RunPorts } from "@/lib/run/run-turn";
import { runTurn } from "@/lib/run/run-turn";
import { openTurnClock } from "@/lib/run/turn-clock";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";
import type { Step, Turn } from "@/lib/stream/turn/turn";
import type { Tape } from "@/lib/tape/tape";
import { createDesk } from "@/lib/tools/desk";
import type { GradedTrial } from "@/lib/verify/graders/graded-trial";
import type { TrialFigures, TrialKey } from "@/lib/verify/trial";
import type { VerifyLane } from "@/lib/verify/verify-run";

import { recordTrial } from "./record-trial";
import { stepFacts } from "./step-facts";
import { framesOf } from "./step-frames";
import { trialFigures } from "./trial-figures";
import type { TrialRequest } from "./trial-request";

/** What a trial needs from its host: what any run needs. Its tools answer from the case. */
export type TrialPorts = Pick<
  RunPorts,
  "platform" | "transport" | "queue" | "servers" | "keyFor" | "lacksAddressOf" | "asRecorded"
> & {
  /** The name that a person gave the lane's own server; null where it has none. */
  readonly endpointName: (setup: LaneSetup) => string | null;
  /** The version of Vitrine that makes the tapes; "" = not known. */
  readonly writtenBy: string;
};

export type RanTrial = Pick<GradedTrial, "mode" | "turns" | "facts" | "framesOf"> & {
  readonly figures: TrialFigures;
  /** epoch ms */
  readonly startedAt: number;
  readonly tape: Tape;
  /** Whole µs since the tape began, now. */
  readonly tapeUs: () => number;
};

/** Our own "too many at once": it says nothing of the server, so the trial waits and starts again. */
const REFUSED_HERE = "RATE_LOCAL";
const REFUSED_WAIT_MS = 1_000;
const MOST_REFUSALS = 120;

/** Runs a trial to its end; null where the signal stopped it: then it has no verdict. Never throws for what the world does. */
export async function runTrial(
  trial: { readonly key: TrialKey; readonly lane: VerifyLane; readonly request: TrialRequest },
  ports: TrialPorts,
  signal: AbortSignal,
): Promise<RanTrial | null> {
  for (let refusals = 0; ; refusals += 1) {
    const ran = await runOnce(trial, ports, signal);
    if (signal.aborted) return null;
    if (!isRefusedHere(ran.turns) || refusals >= MOST_REFUSALS) return ran;
    if (!(await ports.platform.wait(REFUSED_WAIT_MS, signal))) return null;
  }
}

async function runOnce(
  { key, lane, request }: Parameters<typeof runTrial>[0],
  ports: TrialPorts,
  signal: AbortSignal,
): Promise<RanTrial> {
  const { clock } = ports.platform;
  const startedAt = clock.wall();
  const recording = recordTrial({ key, lane, tools: request.tools, clock, writtenBy: ports.writtenBy });
  const past: PastTurn[] = [];
  let steps = 0;
  for (const { text, setup } of request.prompts) {
    let turn = emptyTurn();
    const recorded = recording.turn(text, setup);
    const emit: Emit = (events, from) => {
      recorded.emit(events, from);
      for (const timed of events) turn = fold(turn, timed);
    };
    const sinceStart = openTurnClock(clock.wall(), turn, clock);
    await runTurn(
      {
        setup,
        endpointName: ports.endpointName(lane.setup),
        tools: request.tools,
        past,
        asked: { prompt: text },
        // Whole microseconds, as a tape has them.
        at: () => Math.round(sinceStart() * 1000) / 1000,
        shape: request.shape,
        signal,
        sink: { emit, turn: () => turn },
      },
      {
        ...ports,
        desk: createDesk({
          tools: request.tools,
          bindings: {},
          offered: { sent: setup, now: setup },
          answeredBy: "tools",
          turns: () => [...past.map((each) => each.turn), turn],
          hosts: { wait: ports.platform.wait, now: clock.wall, javascript: null, server: null },
          isAllowed: () => false,
          share: null,
        }),
        newStepId: () => `step-${(steps += 1)}`,
        onAttempt: recorded.onAttempt,
        onNotes: recorded.onNotes,
      },
    );
    past.push({ prompt: text, turn });
    if (signal.aborted || !mayGoOn(turn)) break;
  }
  const turns = past.map(({ turn }) => turn);
  const tape = recording.tape();
  const records = tape.turns.flatMap((turn) => turn.records);
  return {
    mode: key.mode,
    turns,
    facts: stepFacts(records),
    framesOf: framesOf(records),
    figures: trialFigures(turns),
    startedAt,
    tape,
    tapeUs: recording.us,
  };
}

/** Whether the next prompt may follow: the turn was answered to its end, and no call of it waits. */
function mayGoOn({ steps }: Turn): boolean {
  const last = steps.at(-1);
  return last?.status.state === "done" && !last.parts.some(waits);
}

function waits(part: Step["parts"][number]): boolean {
  return part.type === "tool-call" && part.status.state !== "answered";
}

function isRefusedHere(turns: readonly Turn[]): boolean {
  const status = turns.at(-1)?.steps.at(-1)?.status;
  return status?.state === "failed" && status.error.code === REFUSED_HERE;
}
