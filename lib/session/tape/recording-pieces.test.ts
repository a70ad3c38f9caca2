import { expect, it } from "vitest";

import { chatQuirks } from "@/lib/providers/presets/chat-quirks";
import { createIds } from "@/lib/session/store/ids";
import { buildAttempt, buildTape, buildTapeTurn } from "@/lib/tape/__fixtures__/build-tape";
import { writeTape } from "@/lib/tape/write-tape";

import { openRecording } from "./open-recording";
import type { OpenedRecording } from "./opened-recording";
import { buffersOf, gatherRecording, piecesOf, type RecordingPiece } from "./recording-pieces";

const chat = { dialect: "chat-completions", quirks: chatQuirks({}) } as const;

/** A recording of turns that answer with this many words each. */
function recorded(words: readonly number[]) {
  const turns = words.map((many, index) =>
    buildTapeTurn({
      id: `turn-${index}`,
      // Not in the order in which they began.
      startUs: (words.length - index) * 1_000_000,
      parentId: null,
      records: [
        buildAttempt({
          speech: chat,
          chunks: Array.from({ length: many }, (_, at) => ({
            at: 3 + at,
            bytes: new TextEncoder().encode(
              `data: {"choices":[{"index":0,"delta":{"content":"w${at} "}}]}\n\n`,
            ),
          })),
          end: { how: "closed", at: 5 + many },
        }),
      ],
    }),
  );
  let unique = 0;
  const ids = createIds(() => `id-${(unique += 1)}`);
  const markers = [{ us: 5, lane: null, text: "here" }];
  const bytes = new TextEncoder().encode(writeTape(buildTape({ turns, markers, writtenBy: "0.3.0" })));
  const read = openRecording("run.tape", bytes, { ids, now: 1 });
  return read.ok ? read.recording : expect.unreachable(read.reason);
}

/** All of a recording, each thing once: a moment holds its whole turn. */
function told({ timeline, ...rest }: OpenedRecording) {
  const moments = timeline.moments.map(({ at, turn, event }) => [at, turn.record.id, event.at]);
  return { ...rest, turns: timeline.turns, endsAt: timeline.endsAt, moments };
}

/** As a worker sends it. */
function sent(piece: RecordingPiece): RecordingPiece {
  return structuredClone(piece, { transfer: buffersOf(piece) });
}

it("a recording that comes in pieces is the same recording", () => {
  const recording = recorded([3, 0, 4_500, 1]);
  const gathering = gatherRecording();
  const last = [...piecesOf(recording)].map((piece) => gathering.add(sent(piece))).at(-1);
  if (last === null || last === undefined) return expect.unreachable("the last piece ends it");
  expect(told(last)).toEqual(told(recording));
});

it("no piece has more events than a page takes in within a frame", () => {
  const pieces = [...piecesOf(recorded([3, 4_500, ...Array.from({ length: 900 }, () => 5)]))];
  const events = pieces.map((piece) =>
    piece.kind === "turns" ? piece.turns.reduce((sum, turn) => sum + turn.events.length, 0) : 0,
  );
  expect(Math.max(...events)).toBeLessThanOrEqual(2_000);
  expect(events.filter((many) => many > 0).length).toBeGreaterThan(4);
});
