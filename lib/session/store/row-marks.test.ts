import { describe, expect, it } from "vitest";

import { buildRecord, buildRow } from "@/lib/session/__fixtures__/build-record";
import { laneId, turnId } from "@/lib/session/store/ids";
import type { Lane, Row, TurnRecord } from "@/lib/session/store/session";
import { buildCall, buildStep, buildText, buildUsage } from "@/lib/stream/turn/__fixtures__/build-step";
import type { Step } from "@/lib/stream/turn/turn";

import { bestOfRows, sharedServers } from "./row-marks";

/** A step whose rate and first token were measured here. */
function streamed(tokens: number, firstTokenAt: number, step: Partial<Step> = {}): Step {
  return buildStep({
    firstTokenAt,
    lastTokenAt: firstTokenAt + 500,
    parts: [buildText()],
    usage: buildUsage({ output: tokens }),
    ...step,
  });
}

function answer(lane: string, step: Step, sharedServer = false): TurnRecord {
  return buildRecord({ id: turnId(lane), laneId: laneId(lane), sharedServer, turn: { steps: [step] } });
}

const NOTHING_LIVE = new Map();
const best = (of: Row, live = NOTHING_LIVE) => Object.fromEntries(bestOfRows([of], live));

describe("bestOfRows", () => {
  it("finds the highest rate and the first token that came first, in any lanes", () => {
    const fast = answer("a", streamed(60, 400));
    const prompt = answer("b", streamed(30, 200));
    expect(best(buildRow(fast, prompt))).toEqual({ a: "rate", b: "first-token" });
    expect(best(buildRow(answer("a", streamed(60, 100)), prompt))).toEqual({ a: "both" });
  });

  it("marks nothing where two look the same as written", () => {
    expect(best(buildRow(answer("a", streamed(60, 301)), answer("b", streamed(60, 304))))).toEqual({});
  });

  it("marks nothing before two answers are over", () => {
    const rows = buildRow(answer("a", streamed(60, 100)), answer("b", streamed(30, 200)));
    expect(best(rows, new Map([[turnId("b"), laneId("b")]]))).toEqual({});
    expect(best(buildRow(answer("a", streamed(60, 100))))).toEqual({});
  });

  it.each([
    ["failed", { status: { state: "stopped" } }],
    ["waits for a result", { parts: [buildText(), buildCall()] }],
  ] as const)("compares with no answer that %s", (_, step) => {
    expect(best(buildRow(answer("a", streamed(60, 100)), answer("b", streamed(30, 200, step))))).toEqual({});
  });

  it("compares nothing in a row of different prompts", () => {
    const rows = buildRow(answer("a", streamed(60, 100)), answer("b", streamed(30, 200)));
    expect(best({ ...rows, asked: null })).toEqual({});
  });
});

describe("sharedServers", () => {
  const lanes = ["a", "b", "c"].map((id): Lane => ({ id: laneId(id), own: {}, leaf: null, width: 1 }));
  const shared = (...flags: readonly boolean[]) =>
    Object.fromEntries(
      sharedServers(
        [buildRow(...flags.map((flag, at) => answer("abc".charAt(at), buildStep(), flag)))],
        lanes,
      ),
    );

  it("names all lanes of the row that shared one, and lets the first say so", () => {
    const words =
      "While lanes 1 and 3 streamed, another lane used the same server. Their timings are affected.";
    expect(shared(true, false, true)).toEqual({ a: { words, leads: true }, c: { words, leads: false } });
    expect(shared(true, true, true)["b"]?.words).toContain("lanes 1, 2 and 3");
  });

  it("says so of one lane, whose neighbor answered another prompt", () => {
    expect(shared(false, true)["b"]).toEqual({
      words: "While lane 2 streamed, another lane used the same server. Its timings are affected.",
      leads: true,
    });
  });

  it("marks no lane that had its server alone", () => {
    expect(shared(false, false)).toEqual({});
  });
});
