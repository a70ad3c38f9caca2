import { expect, it } from "vitest";

import { runStages } from "./run-stages.mjs";

type Stages = Parameters<typeof runStages>[1];

async function runAll(stages: Stages): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  const lines: string[] = [];
  const code = await runStages("/root", stages, (text) => lines.push(...text.split("\n").filter(Boolean)));
  return { code, lines };
}

it("the runner counts stages and their tests together, alone on the last line", async () => {
  expect(
    await runAll([
      { name: "lint", run: () => ({ ok: true }) },
      { name: "unit", run: () => ({ ok: true, tests: { passed: 40, failed: 0 } }) },
    ]),
  ).toEqual({
    code: 0,
    lines: ["── lint", "── unit", "42 passed, 0 failed"],
  });
});

it("the runner goes on after a failure, but nothing that needs what failed", async () => {
  const stages: Stages = [
    { name: "unit", run: () => ({ ok: false, tests: { passed: 3, failed: 2 } }) },
    { name: "build", run: () => ({ ok: false }) },
    { name: "browser", needs: ["build"], run: () => ({ ok: true, tests: { passed: 9, failed: 0 } }) },
    { name: "size", run: () => ({ ok: true }) },
  ];
  expect(await runAll(stages)).toEqual({
    code: 1,
    lines: [
      "── unit",
      "── build",
      '── browser: not run, because "build" failed',
      "── size",
      "Failed: unit, build, browser",
      "4 passed, 5 failed",
    ],
  });
});

it("the runner counts a stage that breaks as a failed one and reports how it broke", async () => {
  const { code, lines } = await runAll([
    { name: "unit", run: () => Promise.reject(new Error("no report")) },
    { name: "size", run: () => ({ ok: true }) },
  ]);
  expect([code, lines[1], lines.slice(-3)]).toEqual([
    1,
    "Error: no report",
    ["── size", "Failed: unit", "1 passed, 1 failed"],
  ]);
});
