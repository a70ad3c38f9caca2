import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { buildCall, buildReasoning, buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";
import type { Part, Step, ToolCallStatus } from "@/lib/stream/turn/turn";

import { isPause, type Phase, phases, workedMs } from "./phases";

/** Phases as `kind start-end`, which is what a person reads off the strip. */
function read(list: readonly Phase[]): readonly string[] {
  return list.map((phase) => `${phase.kind} ${phase.startMs}-${phase.endMs}`);
}

const args = { valid: true, value: {} } as const;

function answered(times: { at: number; ranFrom?: number }): ToolCallStatus {
  return {
    state: "answered",
    args,
    result: { output: "22", isError: false, origin: { by: "typed" } },
    ...times,
  };
}

const time = fc.nat({ max: 5000 });
const maybe = fc.option(time, { nil: null });
const anyStatus: fc.Arbitrary<ToolCallStatus> = fc.oneof(
  fc.record({ at: time, ranFrom: time }).map(answered),
  fc.record({ at: time }).map(answered),
  time.map((startedAt) => ({ state: "running" as const, args, startedAt, log: "" })),
  fc.constant({ state: "awaiting-result" as const, args }),
);
const anyPart: fc.Arbitrary<Part> = fc
  .tuple(
    fc.constantFrom("reasoning", "text", "call"),
    anyStatus,
    fc.record({ startedAt: time, endedAt: maybe }),
  )
  .map(([type, status, times]): Part => {
    if (type === "call") return buildCall({ status, ...times });
    return type === "text" ? buildText(times) : buildReasoning(times);
  });
const anyStep: fc.Arbitrary<Step> = fc
  .record({
    startedAt: time,
    sentAt: maybe,
    endedAt: maybe,
    promptProgress: fc.option(
      fc.record({
        total: fc.constant(9),
        cached: fc.constant(0),
        processed: fc.constant(1),
        at: time,
        elapsedMs: time,
      }),
      { nil: null },
    ),
    parts: fc.array(anyPart, { maxLength: 5 }),
  })
  .map(buildStep);

describe("the strip of phases", () => {
  it("finds the phases of a thought and an answer", () => {
    const turn = { steps: [buildStep({ parts: [buildReasoning(), buildText()], endedAt: 950 })] };
    expect(read(phases(turn, 0))).toEqual(["waiting 0-300", "thinking 300-500", "answer 500-950"]);
  });

  it("waits for whoever gives the result between two steps", () => {
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
      "person 1000-4000",
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
      "person 1000-1700",
    ]);
  });

  it("parts the time of a tool that ran from the time before somebody ran it", () => {
    const steps = [
      buildStep({ parts: [buildCall({ status: answered({ ranFrom: 3000, at: 3800 }) })] }),
      buildStep({ id: "step-2", startedAt: 3810, sentAt: 3820, endedAt: 5000, parts: [] }),
    ];
    expect(read(phases({ steps }, 0))).toEqual([
      "waiting 0-500",
      "call 500-1000",
      "person 1000-3000",
      "tool-wait 3000-3800",
      "waiting 3820-5000",
    ]);
  });

  it("counts tools that ran side by side once, and lets a running one grow to now", () => {
    const parts = [
      buildCall({ status: answered({ ranFrom: 1000, at: 2500 }) }),
      buildCall({ id: "call-2", status: { state: "running", args, startedAt: 1100, log: "" } }),
    ];
    expect(read(phases({ steps: [buildStep({ parts })] }, 3000))).toEqual([
      "waiting 0-500",
      "call 500-1000",
      "tool-wait 1000-3000",
    ]);
  });

  it("sets a request that was queued apart from one that was answered late", () => {
    const step = buildStep({ sentAt: 600, parts: [buildText({ startedAt: 700 })] });
    expect(read(phases({ steps: [step] }, 0))).toEqual([
      "unsent 0-600",
      "waiting 600-700",
      "answer 700-1000",
    ]);
    const queued = { sentAt: null, endedAt: null, status: { state: "queued", behind: "server" } } as const;
    expect(read(phases({ steps: [buildStep(queued)] }, 900))).toEqual(["unsent 0-900"]);
  });

  it("makes no phase of a pause under a quarter of a second", () => {
    const step = buildStep({ sentAt: 249, parts: [buildText()] });
    expect(read(phases({ steps: [step] }, 0))).toEqual(["waiting 249-500", "answer 500-1000"]);
  });

  it("leaves pauses out of the time that was worked", () => {
    const steps = [
      buildStep({ sentAt: 400, parts: [buildCall({ status: answered({ at: 9000 }) })] }),
      buildStep({ id: "step-2", startedAt: 9000, sentAt: 9000, endedAt: 9500 }),
    ];
    expect(workedMs(phases({ steps }, 0))).toBe(600 + 500);
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

  it("is sorted, free of overlaps, and parted by short pauses only, for any times", () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 4 }), time, (steps, now) => {
        // Before each request and each result.
        const pauses = steps.reduce((sum, { parts }) => sum + 2 + parts.length, 0);
        let end = steps[0]?.startedAt ?? 0;
        for (const phase of phases({ steps }, now)) {
          expect(phase.startMs).toBeGreaterThanOrEqual(end);
          expect(phase.startMs - end).toBeLessThan(250 * pauses);
          expect(phase.endMs).toBeGreaterThan(phase.startMs);
          if (isPause(phase)) expect(phase.endMs - phase.startMs).toBeGreaterThanOrEqual(250);
          end = phase.endMs;
        }
      }),
    );
  });
});
