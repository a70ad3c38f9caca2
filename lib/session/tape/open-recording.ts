/** From a file's text to a recording that can be shown. */
import type { NewIds } from "@/lib/session/store/ids";
import type { OpenedRecording } from "@/lib/session/tape/opened-recording";
import { cutText } from "@/lib/tape/cut-text";
import { openFile } from "@/lib/tape/open-file";
import { knownDate, type Tape } from "@/lib/tape/tape";

import { timelineOf } from "./recording-timeline";
import { sessionOfTape } from "./session-of-tape";

export type OpenRecording =
  | { readonly ok: true; readonly recording: OpenedRecording }
  /** Why it cannot be opened, as sentences for a person. */
  | { readonly ok: false; readonly reason: string };

/** The recording in a file. Never throws: what cannot be opened is refused in words. */
export function openRecording(
  fileName: string,
  bytes: Uint8Array<ArrayBuffer>,
  made: { readonly ids: NewIds; readonly now: number },
): OpenRecording {
  const read = openFile(fileName, bytes);
  if (!read.ok) return read;
  const { tape, notes } = read;
  if (tape.turns.length === 0)
    return { ok: false, reason: "This file holds no run: there is nothing to show." };
  const models = [...new Set(tape.turns.map(({ setup }) => setup.model))].filter((model) => model !== "");
  const others = models.length - NAMED_MODELS;
  const bundle = sessionOfTape(tape, made.ids, made.now);
  return {
    ok: true,
    recording: {
      bundle,
      timeline: timelineOf(bundle),
      label: [
        ...models.slice(0, NAMED_MODELS).map((model) => cutText(model, MOST_OF_NAME)),
        ...(others > 0 ? [`${others} more`] : []),
        ...(tape.source === "" ? [] : [cutText(tape.source, MOST_OF_NAME)]),
      ].join(", "),
      startedAt: knownDate(tape.startedAt),
      ...(tape.writtenBy === undefined ? {} : { writtenBy: tape.writtenBy }),
      markers: markersOf(tape),
      keptAs: null,
      notes,
    },
  };
}

function markersOf({ markers, turns }: Tape): OpenedRecording["markers"] {
  const from = turns.reduce((least, { startUs }) => Math.min(least, startUs), Infinity);
  return markers.map(({ us, text }) => ({ at: Math.max(0, us - from) / 1000, text }));
}

/** Models that the name of a recording has; the others are counted. */
const NAMED_MODELS = 3;
/** Characters of each. */
const MOST_OF_NAME = 100;
