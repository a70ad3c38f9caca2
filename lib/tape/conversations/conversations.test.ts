/** A run with tools that went through another format: its lanes, turns, steps and results are there again. */
import { describe, expect, it } from "vitest";

import type { StrictDialect } from "@/e2e/strict/strict-dialect";
import { plainSetup } from "@/lib/providers/plain-setup";
import { DIALECTS, type Reply, runReplies } from "@/lib/run/__fixtures__/run-replies";
import { replayTurn } from "@/lib/run/replay";
import type { Part } from "@/lib/stream/turn/turn";
import { buildTape, buildTapeTurn } from "@/lib/tape/__fixtures__/build-tape";
import { writeGoVcr } from "@/lib/tape/formats/go-vcr/write-go-vcr";
import { writeHar } from "@/lib/tape/formats/har/write-har";
import { writeTapeMessages } from "@/lib/tape/formats/messages/write-tape-messages";
import { openFile } from "@/lib/tape/open-file";
import { readTape } from "@/lib/tape/read-tape";
import type { Tape, TapeTurn } from "@/lib/tape/tape";
import { exchangesOf } from "@/lib/tape/to-exchanges";
import { writeTape } from "@/lib/tape/write-tape";

const SAYS: Reply = {
  says: "answer",
  cuts: [0.5],
  broken: null,
  arrives: 1,
  ends: "closed",
  isRelayed: false,
  storedAfter: 1,
};
const CALLS: Reply = { ...SAYS, says: "call" };

const WRITERS = {
  yaml: (tape: Tape) => writeGoVcr(exchangesOf(tape).exchanges).content,
  har: (tape: Tape) => writeHar(exchangesOf(tape).exchanges, "0.3.0").content,
  jsonl: (tape: Tape) => writeTapeMessages(tape).content,
};
type Ending = keyof typeof WRITERS;
const ENDINGS: readonly Ending[] = ["yaml", "har", "jsonl"];

/** A lane for each model, in which two prompts are answered in two steps each. */
async function runOf(provider: string, server: StrictDialect, models: readonly string[]): Promise<Tape> {
  const turns = await Promise.all(
    models.map(async (model, lane): Promise<readonly TapeTurn[]> => {
      const setup = plainSetup({ provider, model });
      const first = { model, prompt: "What is the weather?" };
      const one = await runReplies(provider, server, [CALLS, SAYS], first);
      const past = [{ prompt: first.prompt, turn: one.turn }];
      const second = { model, prompt: "And tomorrow?", past };
      const two = await runReplies(provider, server, [CALLS, SAYS], second);
      const turnOf = (row: number, parentId: string | null, { own, records }: typeof one) =>
        buildTapeTurn({
          id: `${lane} ${row}`,
          lane,
          parentId,
          promptId: `row ${row}`,
          prompt: row === 0 ? first.prompt : second.prompt,
          setup,
          startUs: row * 1_000_000 + lane * 500,
          events: own,
          records,
        });
      return [turnOf(0, null, one), turnOf(1, `${lane} 0`, two)];
    }),
  );
  const lanes = models.map((model) => ({ label: model, setup: plainSetup({ provider, model }), leaf: null }));
  const all = turns.flat().toSorted((one, other) => one.startUs - other.startUs);
  return buildTape({ lanes, turns: all });
}

/** Lanes, turns, steps and what they say: all but times, ids and settings. */
function shapeOf({ lanes, turns }: Tape) {
  const rows = [...new Set(turns.map(({ promptId }) => promptId))];
  return lanes.map((_each, lane) => {
    const own = turns.filter((turn) => turn.lane === lane);
    return own.map(({ prompt, promptId, parentId, events, records }) => ({
      prompt,
      row: rows.indexOf(promptId),
      after: own.findIndex(({ id }) => id === parentId),
      steps: replayTurn(events, records).turn.steps.map(({ status, parts }) => ({
        state: status.state,
        parts: parts.map(saidBy),
      })),
    }));
  });
}

function saidBy(part: Part): unknown {
  if (part.type !== "tool-call") return [part.type, "text" in part ? part.text : null];
  const { name, input, status } = part;
  const result = status.state === "answered" ? [status.result.output, status.result.isError] : status.state;
  return [name, JSON.parse(input), result];
}

function opened(tape: Tape, ending: Ending) {
  const read = openFile(`run.${ending}`, new TextEncoder().encode(WRITERS[ending](tape)));
  return read.ok ? read : expect.unreachable(read.reason);
}

describe.each(DIALECTS)("a run of %s in two lanes with tools", (provider, server) => {
  it.each(ENDINGS.flatMap((ending) => [[ending, ["m", "n"]] as const, [ending, ["m", "m"]] as const]))(
    "keeps its lanes, turns, steps and results in .%s (models %j)",
    async (ending, models) => {
      const tape = await runOf(provider, server, models);
      const shape = shapeOf(tape);
      expect(shape.map((turns) => turns.map(({ steps }) => steps.length))).toEqual([
        [2, 2],
        [2, 2],
      ]);
      const read = opened(tape, ending);
      expect(shapeOf(read.tape)).toEqual(shape);
      const isTold = ending !== "jsonl" && models[0] !== models[1];
      expect(read.notes.some((note) => note.includes("doesn't tell lanes from repeats"))).toBe(!isTold);
      // What was opened is written as it was read.
      if (ending !== "jsonl") expect(exchangesOf(read.tape).exchanges).toHaveLength(8);
      expect(shapeOf(opened(read.tape, "jsonl").tape)).toEqual(shape);
    },
  );
});

it("the result of a call says that it is from the recorded request, also by way of a tape", async () => {
  const [[provider, server] = expect.unreachable("there is a dialect")] = DIALECTS;
  const { tape } = opened(await runOf(provider, server, ["m", "n"]), "har");
  const again = readTape(writeTape(tape));
  expect(again).toEqual({ ok: true, tape, notes: [] });
  const [turn] = tape.turns;
  const [step] = turn === undefined ? [] : replayTurn(turn.events, turn.records).turn.steps;
  expect(step?.parts.at(-1)).toMatchObject({
    status: { state: "answered", result: { output: "22", isError: false, origin: { by: "recorded" } } },
  });
});
