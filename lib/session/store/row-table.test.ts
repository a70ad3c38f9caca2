import { describe, expect, it } from "vitest";

import { buildRecord, buildRow } from "@/lib/session/__fixtures__/build-record";
import { emptySetup } from "@/lib/session/store/first-session";
import { laneId, turnId } from "@/lib/session/store/ids";
import type { Lane, LaneId, Row, TurnId, TurnRecord } from "@/lib/session/store/session";
import { buildCall, buildStep, buildText, buildUsage } from "@/lib/stream/turn/__fixtures__/build-step";
import type { Step } from "@/lib/stream/turn/turn";

import { rowTable, tableAsCsv, tableAsMarkdown } from "./row-table";

function streamed(tokens: number | null, firstTokenAt: number, step: Partial<Step> = {}): Step {
  return buildStep({
    firstTokenAt,
    lastTokenAt: firstTokenAt + 500,
    endedAt: firstTokenAt + 500,
    parts: [buildText()],
    usage: buildUsage({ output: tokens }),
    ...step,
  });
}

function answer(lane: string, model: string, ...steps: readonly Step[]): TurnRecord {
  return buildRecord({
    id: turnId(lane),
    laneId: laneId(lane),
    setup: { ...emptySetup(null), model },
    turn: { steps },
  });
}

const lanes = ["a", "b", "c"].map((id): Lane => ({ id: laneId(id), own: {}, leaf: null, width: 1 }));
const table = (of: Row, live: ReadonlyMap<TurnId, LaneId> = new Map()) => rowTable(of, lanes, live);

describe("the table of a row", () => {
  it("has a line for each lane that answered, in the order of the lanes, with the best of a column marked", () => {
    const { rows } = table(
      buildRow(answer("c", "slow", streamed(30, 400)), answer("a", "org/fast", streamed(60, 200))),
    );
    expect(rows.map(({ laneNumber, model, state }) => [laneNumber, model, state])).toEqual([
      [1, "org/fast", null],
      [3, "slow", null],
    ]);
    expect(rows.map(({ cells }) => cells.map(({ text, isBest }) => (isBest ? `${text}!` : text)))).toEqual([
      ["108!", "0.20 s!", "–", "60", "1", "0", "0.70 s!"],
      ["54", "0.40 s", "–", "30", "1", "0", "0.90 s"],
    ]);
  });

  it("counts the steps and calls of a turn, and never takes unknown tokens for none", () => {
    const { rows } = table(
      buildRow(
        answer("a", "m", streamed(10, 100, { parts: [buildCall(), buildCall()] }), streamed(null, 100)),
      ),
    );
    expect(rows[0]?.cells.map(({ text }) => text).slice(3, 6)).toEqual(["–", "2", "2"]);
  });

  it("compares no answer that streams or that broke off, and says why", () => {
    const fast = answer("a", "fast", streamed(60, 200));
    const slow = answer("b", "slow", streamed(30, 400));
    const { rows } = table(buildRow(fast, slow), new Map([[fast.id, fast.laneId]]));
    expect(rows.map(({ state }) => state)).toEqual(["still running", null]);
    expect(rows.flatMap(({ cells }) => cells).some(({ isBest }) => isBest)).toBe(false);
  });
});

it("the table has a column of costs only where a provider reports one, and unknown is not free", () => {
  const paid = answer("a", "paid", streamed(60, 200, { costUsd: 0.0012 }));
  const { columns, rows } = table(buildRow(paid, answer("b", "silent", streamed(30, 400))));
  const at = columns.findIndex(({ name }) => name === "Cost");
  expect(rows.map(({ cells }) => [cells[at]?.text, cells[at]?.value, cells[at]?.isBest])).toEqual([
    ["$0.0012", 0.0012, false],
    ["–", null, false],
  ]);
  expect(
    table(buildRow(answer("b", "silent", streamed(30, 400)))).columns.map(({ name }) => name),
  ).not.toContain("Cost");
});

describe("the table that is copied", () => {
  it("is Markdown whose cells no model's name can break", () => {
    const text = tableAsMarkdown(
      table(buildRow(answer("a", "a|b", streamed(60, 200)), answer("b", "plain", streamed(30, 400)))),
    );
    expect(text.split("\n").slice(0, 3)).toEqual([
      "| Lane | tok/s | First token | Thinking | Tokens | Steps | Calls | Total |",
      "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
      String.raw`| 1 a\|b | **108** | **0.20 s** | – | 60 | 1 | 0 | **0.70 s** |`,
    ]);
  });

  it("is CSV with bare numbers and their sources, which runs nothing in a spreadsheet", () => {
    const text = tableAsCsv(table(buildRow(answer("a", '=cmd|"x",1', streamed(60, 200)))));
    expect(text).toBe(
      "Lane,Model,State,tok/s,tok/s source,First token (s),First token source,Thinking (s),Thinking source," +
        "Tokens,Tokens source,Steps,Steps source,Calls,Calls source,Total (s),Total source\r\n" +
        `1,"'=cmd|""x"",1",finished,108,measured,0.2,measured,,unknown,60,server,1,measured,0,measured,0.7,measured\r\n`,
    );
  });
});
