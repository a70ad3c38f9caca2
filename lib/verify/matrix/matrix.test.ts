import { describe, expect, it } from "vitest";

import {
  buildCase,
  buildLane,
  buildRun,
  buildSuite,
  buildTrial,
  failed,
  largeRun,
  notMeasured,
} from "@/lib/verify/__fixtures__/build-run";

import { arranged, cellOf, matrixOf } from "./matrix";

const words = (run: Parameters<typeof matrixOf>[0], reference = 0) => {
  const { columns, groups, cell } = matrixOf(run, reference);
  return groups.flatMap(({ rows }) =>
    rows.map((row) => [
      row.key,
      ...columns.map((column) => `${cell(row, column).passes}/${cell(row, column).measured}`),
    ]),
  );
};

describe("the matrix", () => {
  it("has a row per case and mode and a column per lane and level, the reference lane first", () => {
    const run = buildRun({
      suite: buildSuite([
        buildCase({ id: "S1", group: "single", modes: ["whole", "stream"], isPerEffort: true }),
        buildCase({ id: "W1" }),
      ]),
      lanes: [buildLane("a/a"), buildLane("b/b", { efforts: ["low", "high"] })],
      trials: [
        buildTrial({ caseId: "W1" }),
        buildTrial({ caseId: "W1", lane: 1 }, failed()),
        buildTrial({ caseId: "S1", mode: "whole" }),
        buildTrial({ caseId: "S1", lane: 1, effort: "low" }),
        buildTrial({ caseId: "S1", lane: 1, effort: "high" }, failed()),
      ],
    });
    expect(matrixOf(run, 1).columns.map(({ key, isReference }) => [key, isReference])).toEqual([
      ["1 low", true],
      ["1 high", true],
      ["0 ", false],
    ]);
    expect(words(run, 1)).toEqual([
      ["W1 stream", "0/1", "0/1", "1/1"],
      ["S1 whole", "0/0", "0/0", "1/1"],
      ["S1 stream", "1/1", "0/1", "0/0"],
    ]);
  });

  it("has rows that no trial belongs to only while the run may go on", () => {
    const suite = buildSuite([buildCase({ id: "W1" }), buildCase({ id: "W2" })]);
    const trials = [buildTrial({ caseId: "W1" })];
    expect(words(buildRun({ suite, trials }))).toEqual([["W1 stream", "1/1"]]);
    expect(words(buildRun({ suite, trials, endedAt: null }))).toEqual([
      ["W1 stream", "1/1"],
      ["W2 stream", "0/0"],
    ]);
  });
});

describe("a cell", () => {
  it("counts passes of what was measured, and never counts what was not", () => {
    expect(
      cellOf([
        buildTrial({ repetition: 2 }, notMeasured()),
        buildTrial({ repetition: 1 }, failed("choice")),
        buildTrial({ repetition: 0 }),
      ]),
    ).toMatchObject({
      passes: 1,
      measured: 2,
      state: "measured",
      isFlaky: true,
      faults: ["choice"],
      trials: [{ key: { repetition: 0 } }, { key: { repetition: 1 } }, { key: { repetition: 2 } }],
    });
    expect(cellOf([buildTrial({}, notMeasured())])).toMatchObject({ state: "not-measured", measured: 0 });
    expect(cellOf([buildTrial({}, { verdict: "skipped", why: "Not recorded." })]).state).toBe("skipped");
    expect(cellOf([]).state).toBe("empty");
  });
});

describe("arranged rows", () => {
  it("are those with a failure of a chosen class", () => {
    const run = largeRun();
    const matrix = matrixOf(run);
    const groups = arranged(matrix, { faults: new Set(["choice"]), order: "suite" });
    const rows = groups.flatMap((group) => group.rows);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows)
      expect(matrix.columns.flatMap((column) => matrix.cell(row, column).faults)).toContain("choice");
    const all = arranged(matrix, { faults: new Set(), order: "suite" });
    expect(all).toEqual(matrix.groups);
  });

  it("begin with those that pass least, or that differ most, in each group", () => {
    const suite = buildSuite(["W1", "W2", "W3"].map((id) => buildCase({ id })));
    const trials = [
      buildTrial({ caseId: "W1" }),
      buildTrial({ caseId: "W1", lane: 1 }),
      buildTrial({ caseId: "W2" }, failed()),
      buildTrial({ caseId: "W2", lane: 1 }),
      buildTrial({ caseId: "W3" }, failed()),
      buildTrial({ caseId: "W3", lane: 1 }, failed()),
    ];
    const matrix = matrixOf(buildRun({ suite, trials, lanes: [buildLane(), buildLane("b/b")] }));
    const ids = (order: "worst" | "differs") =>
      arranged(matrix, { faults: new Set(), order }).flatMap(({ rows }) => rows.map((row) => row.caseId));
    expect(ids("worst")).toEqual(["W3", "W2", "W1"]);
    expect(ids("differs")).toEqual(["W2", "W1", "W3"]);
  });
});
