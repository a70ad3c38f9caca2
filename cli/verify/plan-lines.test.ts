import { expect, it } from "vitest";

import { buildRun } from "@/lib/verify/__fixtures__/build-run";
import { planOf } from "@/lib/verify/runner/plan";

import { planLines } from "./plan-lines";

it("a cost of less than a cent is not told as nothing", () => {
  const run = buildRun();
  const costs = (estimatedUsd: number | null) =>
    planLines(run, { ...planOf(run), estimatedUsd }, null).find((line) => line.includes("Cost:"));
  expect([0.0042, 0.00002, 12.3, 0, null].map(costs).map((line) => line?.replace(/^.*Cost: /u, ""))).toEqual([
    "about $0.0042.",
    "less than $0.0001.",
    "about $12.30.",
    "about $0.",
    "–.",
  ]);
});
