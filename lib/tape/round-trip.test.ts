/** Whatever servers send and however it is cut: a tape of it is read as it was written, and replays to the same turns. */
import * as fc from "fast-check";
import { expect, it } from "vitest";

import type { StrictDialect } from "@/e2e/strict/strict-dialect";
import { plainSetup } from "@/lib/providers/plain-setup";
import { DIALECTS, EXAMPLES, reply, runReplies } from "@/lib/run/__fixtures__/run-replies";
import { replayTurn } from "@/lib/run/replay";

import { readTape } from "./read-tape";
import type { Tape, TapeTurn } from "./tape";
import { writeTape } from "./write-tape";

type Lane = readonly (readonly [provider: string, server: StrictDialect])[];

/** A tape of one turn in each of these lanes, with what was shown in each. */
async function tapeOf(lanes: Lane, replies: Parameters<typeof runReplies>[2]) {
  const runs = await Promise.all(lanes.map(([provider, server]) => runReplies(provider, server, replies)));
  const setups = lanes.map(([provider]) => plainSetup({ provider, model: "m" }));
  const turns = runs.map(({ own, records }, lane): TapeTurn => {
    const setup = setups[lane] ?? plainSetup({ provider: "none", model: "m" });
    return {
      id: `turn ${lane}`,
      lane,
      parentId: null,
      promptId: "prompt",
      prompt: "What is the weather? ☀",
      images: [],
      setup,
      notes: [],
      sharedServer: false,
      startUs: lane * 1_500,
      events: own,
      records,
    };
  });
  const tape: Tape = {
    startedAt: 1_764_400_000_000,
    name: "Weather",
    source: "",
    writtenBy: "1.2.3",
    lanes: setups.map((setup) => ({ label: `${setup.provider}/m`, setup, leaf: null })),
    tools: [],
    turns,
    images: [],
    markers: [],
  };
  return { tape, shown: runs.map(({ turn }) => turn) };
}

function linesIn(text: string): readonly unknown[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
}

it("a tape of all dialects is read as it was written, and replays to the turns that were shown", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(reply, { minLength: 1, maxLength: 4 }), async (replies) => {
      const { tape, shown } = await tapeOf(DIALECTS, replies);
      const text = writeTape(tape);
      const read = readTape(text);
      if (!read.ok) return expect.unreachable(read.reason);
      expect(read.notes).toEqual([]);
      expect(read.tape).toEqual(tape);
      expect(read.tape.turns.map(({ events, records }) => replayTurn(events, records))).toEqual(
        shown.map((turn) => ({ turn, incomplete: [] })),
      );
      expect(linesIn(writeTape(read.tape))).toEqual(linesIn(text));
    }),
    { numRuns: 60, examples: EXAMPLES.map((replies) => [[...replies]]) },
  );
});
