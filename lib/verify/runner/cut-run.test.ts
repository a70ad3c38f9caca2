import { describe, expect, test } from "vitest";

import { buildCase, buildRun, buildSuite } from "@/lib/verify/__fixtures__/build-run";
import { gradeTrial } from "@/lib/verify/graders/grade-trial";
import { readVerifyRunText, writeVerifyRun } from "@/lib/verify/saved/saved-run";
import type { Verdict } from "@/lib/verify/trial";
import type { VerifyRun } from "@/lib/verify/verify-run";

import { laneOf, openSink, scriptedHost } from "./__fixtures__/scripted-host";
import { openControl } from "./control";
import { keyText } from "./plan";
import { runSuite } from "./run-suite";

const TOOL = {
  name: "weather",
  description: "",
  parameters: {},
  strict: null,
  answers: { by: "never" },
} as const;

/** A case alone, one that compares both modes and one that compares levels of effort, in two lanes. */
const NEW = buildRun({
  suite: buildSuite([
    buildCase({ id: "W1" }),
    buildCase({ id: "W6", modes: ["stream", "whole"], tools: [TOOL], expects: [{ grader: "parity" }] }),
    buildCase({ id: "E2", isPerEffort: true, expects: [{ grader: "effort-trend" }] }),
  ]),
  lanes: [laneOf("a", { efforts: ["low", "high"] }), laneOf("b")],
  repetitions: 3,
  endedAt: null,
});

/** Streams lose calls in lane a, and more effort makes shorter thoughts. The same request is always answered the same. */
function host() {
  return scriptedHost(
    ({ model, body }) => {
      const isLow = JSON.stringify(body).includes('"low"');
      if (body["tools"] !== undefined && (model === "b" || body["stream"] !== true))
        return { call: "weather", args: { city: "Oslo" } };
      return { text: "Oi!", thoughtTokens: isLow ? 90 : 40 };
    },
    { grade: gradeTrial, renderPrompt: (_setup, body) => Promise.resolve(JSON.stringify(body)) },
  );
}

/** Runs until so many trials have ended; null = to its end. */
async function runFrom(run: VerifyRun, most: number | null): Promise<VerifyRun> {
  const control = openControl();
  const { sink } = openSink();
  let ended = 0;
  return runSuite({ run, budgetTokens: null, control }, host().ports, {
    ...sink,
    onTrial: (_trial, tape) => {
      if (tape !== null) ended += 1;
      if (ended === most) control.stop();
    },
  });
}

function verdicts({ trials }: VerifyRun): Readonly<Record<string, Verdict>> {
  return Object.fromEntries(
    trials
      .map(({ key, verdict }) => [keyText(key), verdict] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function saved(run: VerifyRun): VerifyRun {
  const read = readVerifyRunText(writeVerifyRun(run));
  if (!read.ok) throw new Error(read.why);
  return read.run;
}

describe("a run that was cut, saved and gone on with has the verdicts of one that was not", async () => {
  const whole = await runFrom(NEW, null);
  const count = whole.trials.length;

  test("of every kind", () => {
    expect(count).toBe(3 * (2 + 4 + 3));
    expect(new Set(whole.trials.map(({ verdict }) => JSON.stringify(verdict))).size).toBeGreaterThan(4);
  });

  for (let most = 1; most < count; most += 1)
    test(`cut behind trial ${most}`, async () => {
      const cut = await runFrom(NEW, most);
      expect(cut.trials).toHaveLength(most);
      const ended = await runFrom(saved(cut), null);
      expect(ended.endedAt).not.toBeNull();
      expect(verdicts(ended)).toEqual(verdicts(whole));
    });
});
