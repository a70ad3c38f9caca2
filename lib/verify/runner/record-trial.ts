/** Keeps a trial as a tape: every byte of its requests and their times. */
import type { LaneSetup } from "@/lib/providers/provider";
import type { Clock, Emit } from "@/lib/run/ports";
import { type AttemptRecorder, joinRecord, type RecordPart } from "@/lib/run/record";
import type { TimedEvent } from "@/lib/stream/turn/event";
import type { Tape, TapeTurn } from "@/lib/tape/tape";
import type { ToolDefinition } from "@/lib/tools/tool";
import { type TrialKey, trialName } from "@/lib/verify/trial";
import type { VerifyLane } from "@/lib/verify/verify-run";

export type TrialRecording = {
  /** The turn of this prompt begins now. */
  readonly turn: (
    prompt: string,
    setup: LaneSetup,
  ) => {
    readonly emit: Emit;
    readonly onAttempt: (recorder: AttemptRecorder) => void;
    readonly onNotes: (notes: readonly string[]) => void;
  };
  readonly tape: () => Tape;
  /** Whole µs since it began, now. */
  readonly us: () => number;
};

type Attempt = { readonly recorder: AttemptRecorder; readonly parts: RecordPart[] };

/** Opens the tape of one trial. */
export function recordTrial({
  key,
  lane,
  tools,
  clock,
  writtenBy,
}: {
  readonly key: TrialKey;
  readonly lane: VerifyLane;
  readonly tools: readonly ToolDefinition[];
  readonly clock: Clock;
  readonly writtenBy: string;
}): TrialRecording {
  const startedAt = clock.wall();
  const zero = clock.now();
  const turns: (() => TapeTurn)[] = [];
  const us = () => Math.max(0, Math.round((clock.now() - zero) * 1000));
  return {
    us,
    turn: (prompt, setup) => {
      const nth = turns.length + 1;
      const startUs = us();
      const notes = new Set<string>();
      const events: TimedEvent[] = [];
      const attempts: Attempt[] = [];
      turns.push(() => ({
        id: `turn-${nth}`,
        lane: 0,
        parentId: nth === 1 ? null : `turn-${nth - 1}`,
        promptId: `prompt-${nth}`,
        prompt,
        images: [],
        setup,
        notes: [...notes],
        sharedServer: false,
        startUs,
        events,
        records: attempts.map(({ recorder, parts }) => {
          const { facts, parts: rest } = recorder.read();
          return joinRecord({ facts, parts: [...parts, ...rest] });
        }),
      }));
      return {
        emit: (more, from) => {
          if (from === "run") events.push(...more);
          // What was read so far moves out of the recorder, which holds little at once.
          const last = attempts.at(-1);
          const part = last?.recorder.take() ?? null;
          if (part !== null) last?.parts.push(part);
        },
        onAttempt: (recorder) => void attempts.push({ recorder, parts: [] }),
        onNotes: (more) => {
          for (const note of more) notes.add(note);
        },
      };
    },
    tape: () => ({
      startedAt,
      name: trialName(key),
      source: "",
      ...(writtenBy === "" ? {} : { writtenBy }),
      lanes: [{ label: lane.label, setup: lane.setup, leaf: null }],
      tools: tools.map(({ id, name, description, parameters, strict, exampleResult }) => ({
        id,
        name,
        description,
        parameters,
        strict,
        exampleResult,
      })),
      turns: turns.map((turn) => turn()),
      images: [],
      markers: [],
    }),
  };
}
