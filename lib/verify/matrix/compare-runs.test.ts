import { expect, it } from "vitest";

import {
  buildCase,
  buildLane,
  buildRun,
  buildSuite,
  buildTrial,
  failed,
} from "@/lib/verify/__fixtures__/build-run";

import { compareRuns } from "./compare-runs";

const suite = buildSuite(["W1", "W2", "W3", "W4"].map((id) => buildCase({ id })));

/** Five trials of a case in a lane, of which this many pass. */
const trials = (caseId: string, passes: number, lane = 0) =>
  [0, 1, 2, 3, 4].map((repetition) =>
    buildTrial({ caseId, lane, repetition }, repetition < passes ? undefined : failed()),
  );

it("a comparison of runs says what regressed, what was fixed, what is new and what is gone, each with its certainty", () => {
  const before = buildRun({
    id: "before",
    suite,
    lanes: [buildLane("a/a"), buildLane("b/b")],
    trials: [...trials("W1", 5), ...trials("W2", 0), ...trials("W3", 4), ...trials("W1", 5, 1)],
  });
  // The lanes have changed places: a lane is known by its name.
  const after = buildRun({
    id: "after",
    suite,
    lanes: [buildLane("c/c"), buildLane("a/a")],
    trials: [
      ...trials("W1", 0, 1),
      ...trials("W2", 5, 1),
      ...trials("W3", 4, 1),
      ...trials("W4", 3, 1),
      ...trials("W1", 5, 0),
    ],
  });
  const { changes, same } = compareRuns(before, after);
  expect(
    changes.map(({ kind, row, lane, comparison }) => [kind, row.caseId, lane, comparison?.word ?? null]),
  ).toEqual([
    ["regressed", "W1", "a/a", "worse"],
    ["fixed", "W2", "a/a", "better"],
    ["new", "W1", "c/c", null],
    ["new", "W4", "a/a", null],
    ["gone", "W1", "b/b", null],
  ]);
  expect(same).toBe(1);
});

const withPasses = (passes: number) => buildRun({ suite, trials: trials("W1", passes) });

it("a comparison of runs says where trials are too few to be sure of a difference", () => {
  expect(compareRuns(withPasses(5), withPasses(4)).changes).toMatchObject([
    { kind: "regressed", comparison: { word: "not enough", why: "unclear" } },
  ]);
});
