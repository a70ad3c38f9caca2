/** `vitrine run --record FILE`: what the lanes of one run did, as a tape. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import path from "node:path";

import type { LaneSetup } from "@/lib/providers/provider";
import { type AttemptRecorder, incompleteFrom, joinRecord, type RecordPart } from "@/lib/run/record";
import { environment } from "@/lib/server/environment";
import { redactText } from "@/lib/server/relay/redact";
import { liveSecrets } from "@/lib/server/upstream/destination";
import { VERSION } from "@/lib/server/version";
import type { TimedEvent } from "@/lib/stream/turn/event";
import type { Tape, TapeMarker, TapeTurn } from "@/lib/tape/tape";
import { tapeLines } from "@/lib/tape/write-tape";
import type { ToolDefinition } from "@/lib/tools/tool";

/** What a recording is called, and where its bytes come from if not from a real model. */
export type RecordingLabels = { readonly name: string; readonly source: string };

export type LaneRecording = {
  /** The lane's turn begins now. */
  readonly begin: () => void;
  readonly emit: (events: readonly TimedEvent[], from: "run" | "wire") => void;
  readonly onAttempt: (recorder: AttemptRecorder) => void;
  readonly end: (notes: ReadonlySet<string>) => void;
};

export type RunRecording = {
  readonly lane: (label: string, setup: LaneSetup) => LaneRecording;
  /** Names this moment of a lane. */
  readonly mark: (lane: number, text: string) => void;
  readonly tape: () => Tape;
};

type Attempt = { readonly recorder: AttemptRecorder; readonly parts: RecordPart[] };

/** Opens the recording of one prompt. Lanes are in the order in which they are asked for. */
export function recordRun(
  prompt: string,
  tools: readonly ToolDefinition[],
  labels: RecordingLabels = { name: "", source: "" },
): RunRecording {
  const startedAt = Date.now();
  const zero = performance.now();
  const lanes: Tape["lanes"][number][] = [];
  const turns: (() => TapeTurn)[] = [];
  const markers: TapeMarker[] = [];
  const sinceZero = () => Math.round((performance.now() - zero) * 1000);
  return {
    mark: (lane, text) => void markers.push({ us: sinceZero(), lane, text }),
    lane: (label, setup) => {
      const lane = lanes.length;
      lanes.push({ label, setup, leaf: null });
      let startUs = 0;
      let notes: readonly string[] = [];
      const events: TimedEvent[] = [];
      const attempts: Attempt[] = [];
      /** What was read so far moves out of the recorder, which holds little at once. */
      const take = () => {
        const last = attempts.at(-1);
        const part = last?.recorder.take() ?? null;
        if (part !== null) last?.parts.push(part);
      };
      turns.push(() => ({
        id: `turn-${lane + 1}`,
        lane,
        parentId: null,
        promptId: "prompt",
        prompt,
        images: [],
        setup,
        notes,
        sharedServer: false,
        startUs,
        events,
        records: attempts.map(({ recorder, parts }) => {
          const rest = recorder.read();
          return joinRecord({ facts: rest.facts, parts: [...parts, ...rest.parts] });
        }),
      }));
      return {
        begin: () => {
          startUs = sinceZero();
        },
        emit: (more, from) => {
          if (from === "run") events.push(...more);
          take();
        },
        onAttempt: (recorder) => void attempts.push({ recorder, parts: [] }),
        end: (all) => {
          notes = [...all];
        },
      };
    },
    tape: () => ({
      startedAt,
      ...labels,
      writtenBy: VERSION,
      lanes,
      tools: tools.map(({ id, name, description, parameters, strict, exampleResult }) => ({
        id,
        name,
        description,
        parameters,
        strict,
        exampleResult,
      })),
      turns: turns.map((turn) => turn()).toSorted((one, other) => one.startUs - other.startUs),
      images: [],
      markers,
    }),
  };
}

/** Writes a tape without the keys of this process: all of it or nothing. Returns why it could not be written, or null. */
export function saveTape(tape: Tape, file: string): string | null {
  const clean = withoutKeys();
  return writeWhole(file, () => tapeLines(tape, clean));
}

/** Writes these texts to a file: all of them, or nothing. Returns why they could not be written, or null. */
export function writeWhole(file: string, texts: () => Iterable<string | Uint8Array>): string | null {
  const unfinished = `${file}.${process.pid}.part`;
  try {
    const descriptor = openSync(unfinished, "w");
    try {
      for (const text of texts()) writeSync(descriptor, typeof text === "string" ? Buffer.from(text) : text);
    } finally {
      closeSync(descriptor);
    }
    renameSync(unfinished, file);
    return null;
  } catch (error) {
    rmSync(unfinished, { force: true });
    return error instanceof Error ? error.message : String(error);
  }
}

/** Why nothing can be written to this place; null where it can. What is there stays. */
export function whyUnwritable(file: string): string | null {
  try {
    accessSync(path.dirname(path.resolve(file)), constants.W_OK);
    return existsSync(file) && !statSync(file).isFile() ? "it is not a file" : null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Attempts of a tape that are not all there, as a sentence; null where all are. */
export function incompleteNote({ turns }: Pick<Tape, "turns">): string | null {
  const cut = turns.flatMap(({ records }) => records).filter((record) => incompleteFrom(record) !== null);
  if (cut.length === 0) return null;
  const which = cut.length === 1 ? "one answer is" : `${cut.length} answers are`;
  return `${which} not all there: its bytes end where the recording ended, or where 64 MB of it were kept.`;
}

function withoutKeys(): (text: string) => string {
  const secrets = liveSecrets(environment());
  return secrets.length === 0 ? (text) => text : (text) => redactText(text, secrets);
}
