import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { buildCall, buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";

import { axisTimes, clockOf, panned, timelineLane, zoomed } from "./timeline";

const word = { part: "text-1", from: 0, to: 1 };

describe("a lane of the timeline", () => {
  it("has its phases, frames, tools, retries and stalls on the clock of the row", () => {
    const error = { source: "network", code: "ECONNRESET", message: "Reset.", retryable: true } as const;
    const result = { output: "22", isError: false, origin: { by: "page" } } as const;
    const status = {
      state: "answered",
      args: { valid: true, value: {} },
      result,
      at: 1_400,
      ranFrom: 1_100,
    } as const;
    const turn = {
      steps: [
        buildStep({
          parts: [
            buildText({ startedAt: 100, endedAt: 900 }),
            buildCall({ startedAt: 900, endedAt: 1_000, status }),
          ],
          retries: [{ attempt: 1, of: 3, delayMs: 50, error, at: 10 }],
        }),
        buildStep({
          id: "step-2",
          startedAt: 1_400,
          sentAt: 1_400,
          endedAt: 2_000,
          parts: [buildText({ startedAt: 1_500, endedAt: 2_000 })],
        }),
      ],
    };
    const frames = [
      [
        { at: 5, kinds: ["own"], words: [] },
        { at: 100, kinds: ["text"], words: [word] },
        { at: 110, kinds: ["text"], words: [word] },
        { at: 120, kinds: ["text"], words: [word] },
        { at: 900, kinds: ["call"], words: [word] },
      ],
    ] as const;
    const lane = timelineLane(turn, frames, 10_000);
    expect(lane.ticks.map(({ at, tone }) => [at, tone])).toEqual([
      [10_100, "text"],
      [10_110, "text"],
      [10_120, "text"],
      [10_900, "call"],
    ]);
    expect(lane.tools).toEqual([{ name: "weather", from: 11_100, to: 11_400 }]);
    expect(lane.retries).toEqual([{ from: 10_010, to: 10_060, why: "Reset." }]);
    expect(lane.stalls).toEqual([{ from: 10_120, to: 10_900 }]);
    expect(lane.phases.map(({ kind }) => kind)).toEqual([
      "waiting",
      "answer",
      "call",
      "tool-wait",
      "waiting",
      "answer",
    ]);
    expect([lane.phases[0]?.startMs, lane.end]).toEqual([10_000, 12_000]);
  });

  it("that was not sent is empty", () => {
    expect(timelineLane({ steps: [] }, [], 0)).toEqual({
      phases: [],
      ticks: [],
      tools: [],
      retries: [],
      stalls: [],
      end: 0,
    });
  });
});

it("a turn that was asked much later stands by itself", () => {
  expect(clockOf([1_000, 1_400, 3_600_000])).toEqual([0, 400, null]);
});

it("zooming and panning stay inside, and keep the place that was pointed at", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, share, fc.double({ min: 0.1, max: 10, noNaN: true }), share, (a, b, factor, place) => {
      const whole = 10_000;
      const seen = { from: Math.min(a, b) * whole, to: Math.max(a, b) * whole };
      fc.pre(seen.to - seen.from > 5);
      const at = seen.from + (seen.to - seen.from) * place;
      const made = zoomed(seen, factor, at, whole);
      for (const view of [made, panned(made, factor * 1_000, whole), panned(made, -factor * 1_000, whole)]) {
        expect(view.from).toBeGreaterThanOrEqual(0);
        expect(view.to).toBeLessThanOrEqual(whole + 1e-6);
      }
      expect(made.from - 1e-6 <= at && at <= made.to + 1e-6).toBe(true);
    }),
  );
});

it.each([
  [{ from: 0, to: 1_000 }, 5, [0, 200, 400, 600, 800, 1_000]],
  [{ from: 130, to: 470 }, 4, [200, 300, 400]],
])("the axis of %j has round times", (seen, most, times) => {
  expect(axisTimes(seen, most)).toEqual(times);
});
