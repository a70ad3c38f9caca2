import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { buildCall, buildReasoning, buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";
import type { Part, Step } from "@/lib/stream/turn/turn";

import { type Phase, phases } from "./phases";

/** Phases as `kind start-end`, which is what a person reads off the strip. */
function read(list: readonly Phase[]): readonly string[] {
  return list.map((phase) => `${phase.kind} ${phase.startMs}-${phase.endMs}`);
}

describe("phases", () => {
  it("finds the phases of a thought and an answer", () => {
    const turn = { steps: [buildStep({ parts: [buildReasoning(), buildText()], endedAt: 950 })] };
    expect(read(phases(turn, 0))).toEqual(["waiting 0-300", "thinking 300-500", "answer 500-950"]);
  });

  it("waits for the tool between two steps", () => {
    const turn = {
      steps: [
        buildStep({ parts: [buildReasoning(), buildCall()] }),
        buildStep({
          id: "step-2",
          startedAt: 4000,
          endedAt: 5000,
          parts: [buildText({ startedAt: 4200, endedAt: 5000 })],
        }),
      ],
    };
    expect(read(phases(turn, 0))).toEqual([
      "waiting 0-300",
      "thinking 300-500",
      "call 500-1000",
      "tool-wait 1000-4000",
      "waiting 4000-4200",
      "answer 4200-5000",
    ]);
  });

  it("grows the open phase to now", () => {
    const running = { endedAt: null, status: { state: "thinking" } } as const;
    const turn = { steps: [buildStep({ ...running, parts: [buildReasoning({ endedAt: null })] })] };
    expect(read(phases(turn, 700))).toEqual(["waiting 0-300", "thinking 300-700"]);
    expect(read(phases({ steps: [buildStep({ ...running })] }, 120))).toEqual(["waiting 0-120"]);
  });

  it("grows the wait for a result to now, and ends it with the answered call", () => {
    const step = buildStep({ parts: [buildCall()] });
    expect(read(phases({ steps: [step] }, 1700))).toEqual([
      "waiting 0-500",
      "call 500-1000",
      "tool-wait 1000-1700",
    ]);
  });

  it("draws the prompt phase if llama.cpp reported its progress", () => {
    const promptProgress = { total: 2048, cached: 0, processed: 512, elapsedMs: 150, at: 200 };
    const turn = { steps: [buildStep({ promptProgress, parts: [buildText()] })] };
    expect(read(phases(turn, 0))).toEqual(["waiting 0-50", "prompt 50-500", "answer 500-1000"]);
  });

  it("draws the prompt phase from the server's timings if it reported no progress", () => {
    const timings = {
      reported: {},
      promptTokens: 10,
      promptMs: 120,
      promptPerSecond: null,
      cachedTokens: null,
      outputTokens: null,
      outputMs: null,
      outputPerSecond: null,
      queueMs: null,
      firstTokenMs: null,
    };
    const turn = { steps: [buildStep({ timings, parts: [buildText()] })] };
    expect(read(phases(turn, 0))).toEqual(["waiting 0-380", "prompt 380-500", "answer 500-1000"]);
  });

  it("joins parallel calls into one phase", () => {
    const parts = [buildCall(), buildCall({ id: "call-2", startedAt: 700 })];
    expect(read(phases({ steps: [buildStep({ parts })] }, 0))).toEqual(["waiting 0-500", "call 500-1000"]);
  });

  it("is empty before the first step", () => {
    expect(phases({ steps: [] }, 500)).toEqual([]);
  });

  it("is sorted, covering and free of overlaps for any times", () => {
    const time = fc.nat({ max: 5000 });
    const maybe = fc.option(time, { nil: null });
    const build = fc.constantFrom<(times: { startedAt: number; endedAt: number | null }) => Part>(
      buildReasoning,
      buildText,
      buildCall,
    );
    const part = fc
      .tuple(build, fc.record({ startedAt: time, endedAt: maybe }))
      .map(([of, times]) => of(times));
    const progress = fc.record({
      total: fc.constant(9),
      cached: fc.constant(0),
      processed: fc.constant(1),
      at: time,
      elapsedMs: time,
    });
    const step: fc.Arbitrary<Step> = fc
      .record({
        startedAt: time,
        sentAt: maybe,
        endedAt: maybe,
        promptProgress: fc.option(progress, { nil: null }),
        parts: fc.array(part, { maxLength: 5 }),
      })
      .map(buildStep);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 4 }), time, (steps, now) => {
        const list = phases({ steps }, now);
        let end = steps[0]?.startedAt ?? 0;
        for (const phase of list) {
          expect(phase.startMs).toBe(end);
          expect(phase.endMs).toBeGreaterThan(phase.startMs);
          end = phase.endMs;
        }
      }),
    );
  });
});
