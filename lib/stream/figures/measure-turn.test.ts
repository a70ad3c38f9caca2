import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { cachedTokensOf } from "@/lib/providers/dialect-id";
import {
  buildCall,
  buildReasoning,
  buildStep,
  buildText,
  buildTimings,
  buildUsage,
} from "@/lib/stream/turn/__fixtures__/build-step";
import type { Step, Turn } from "@/lib/stream/turn/turn";

import { measure as measureBy } from "./measure";
import { measureStep, measureTurn as measureTurnBy } from "./measure-turn";
import { phases, workedMs } from "./phases";

const measure = (step: Step) => measureBy(step, cachedTokensOf);
const measureTurn = (turn: Turn) => measureTurnBy(turn, cachedTokensOf);

/** A step of so many tokens at a rate that its server reports. */
function timed(tokens: number, perSecond: number, step: Partial<Step> = {}): Step {
  return buildStep({
    usage: buildUsage({ output: tokens }),
    timings: buildTimings({ outputTokens: tokens, outputPerSecond: perSecond, outputMs: 1000 }),
    ...step,
  });
}

describe("measureTurn", () => {
  it("knows nothing of a turn that was not sent", () => {
    for (const figure of Object.values(measureTurn({ steps: [] })))
      expect(figure).toEqual({ value: null, source: "unknown", explain: "nothing was sent" });
  });

  it("gives a turn of one step the step's own numbers", () => {
    const step = timed(40, 80, { parts: [buildReasoning(), buildText()], firstTokenAt: 300 });
    expect(measureTurn({ steps: [step] })).toEqual(measure(step));
  });

  it("adds the steps up and leaves out what a person was waited for", () => {
    const turn = {
      steps: [
        buildStep({ parts: [buildCall()], usage: buildUsage({ input: 100, output: 20 }) }),
        buildStep({
          startedAt: 9000,
          sentAt: 9000,
          endedAt: 9500,
          usage: buildUsage({ input: 150, output: 30 }),
        }),
      ],
    };
    const { totalTime, inputTokens, outputTokens } = measureTurn(turn);
    expect([totalTime, inputTokens, outputTokens]).toEqual([
      { value: 1500, source: "measured", explain: "sum of 2 steps" },
      { value: 250, source: "server", explain: "sum of 2 steps" },
      { value: 50, source: "server", explain: "sum of 2 steps" },
    ]);
  });

  it("counts the time of a tool that ran, and not the time before somebody ran it", () => {
    const args = { valid: true, value: {} } as const;
    const result = { output: "5", isError: false, origin: { by: "page" } } as const;
    const call = buildCall({ status: { state: "answered", args, result, ranFrom: 4000, at: 4600 } });
    const turn = {
      steps: [
        buildStep({ parts: [call] }),
        buildStep({ id: "step-2", startedAt: 4600, sentAt: 4600, endedAt: 5000 }),
      ],
    };
    expect(measureTurn(turn).totalTime).toEqual({
      value: 1000 + 600 + 400,
      source: "measured",
      explain: "sum of 2 steps, with the tools that ran in between",
    });
  });

  it("takes the first token from the first step", () => {
    const turn = {
      steps: [
        buildStep({ firstTokenAt: 310, parts: [buildCall()] }),
        buildStep({ id: "step-2", startedAt: 5000, sentAt: 5000, firstTokenAt: 5020, endedAt: 6000 }),
      ],
    };
    expect(measureTurn(turn).firstToken).toEqual({
      value: 310,
      source: "measured",
      explain: "from Send to the first token, in the first step",
    });
  });

  it("divides all tokens by all of their time", () => {
    // A second at 100 tok/s and two at 25: not the 62.5 of the mean.
    const { outputRate } = measureTurn({ steps: [timed(100, 100), timed(50, 25, { id: "step-2" })] });
    expect(outputRate).toEqual({
      value: 50,
      source: "server",
      explain: "all tokens over their time, in 2 steps",
    });
  });

  it("says which steps a rate is of where some have none", () => {
    const bursts = buildStep({
      id: "step-2",
      usage: buildUsage({ output: 30 }),
      parts: [buildCall({ deltas: 1 })],
    });
    expect(measureTurn({ steps: [timed(40, 80), bursts] }).outputRate).toEqual({
      value: 80,
      source: "server",
      explain: "all tokens over their time, in 1 of 2 steps",
    });
  });

  it("says why there is no rate where no step has one", () => {
    const bursts = buildStep({
      firstTokenAt: 900,
      lastTokenAt: 900,
      usage: buildUsage({ output: 30 }),
      parts: [buildCall({ deltas: 1 })],
    });
    expect(measureTurn({ steps: [bursts, { ...bursts, id: "step-2" }] }).outputRate).toEqual({
      value: null,
      source: "unknown",
      explain: "the answer came in one piece",
    });
  });

  it("gives no sum that would leave a step out", () => {
    const turn = { steps: [buildStep({ usage: buildUsage({ output: 20 }) }), buildStep()] };
    expect(measureTurn(turn).outputTokens).toEqual({
      value: null,
      source: "unknown",
      explain: "unknown for at least one step",
    });
  });

  it("adds up what the steps cost, and knows no cost of a turn with a step of unknown cost", () => {
    const [first, second] = [buildStep({ costUsd: 0.25 }), buildStep({ id: "step-2", costUsd: 0.5 })];
    const free = buildStep({ id: "step-2", costUsd: 0 });
    const unknown = buildStep({ id: "step-2" });
    expect([second, free, unknown].map((last) => measureTurn({ steps: [first, last] }).cost)).toEqual([
      { value: 0.75, source: "server", explain: "sum of 2 steps" },
      { value: 0.25, source: "server", explain: "sum of 2 steps" },
      { value: null, source: "unknown", explain: "unknown for at least one step" },
    ]);
  });

  it("does not miss reasoning in the steps that had none", () => {
    const turn = { steps: [buildStep({ parts: [buildReasoning()] }), buildStep({ parts: [buildText()] })] };
    expect(measureTurn(turn).reasoningTime.value).toBe(200);
  });

  it("calls a figure by the weakest source it was made from", () => {
    const streamed = { firstTokenAt: 300, lastTokenAt: 900, usage: buildUsage({ output: 40 }) };
    const here = buildStep({ ...streamed, id: "step-2", parts: [buildText()] });
    expect(measureTurn({ steps: [timed(40, 80), here] }).outputRate.source).toBe("measured");
    const counted = buildStep({
      usage: buildUsage({ output: 40, reasoning: 10 }),
      parts: [buildReasoning()],
    });
    const pieces = buildStep({
      id: "step-2",
      usage: buildUsage({ output: 22 }),
      parts: [buildReasoning(), buildText()],
    });
    expect(measureTurn({ steps: [counted, pieces] }).reasoningTokens).toMatchObject({
      value: 20,
      source: "estimated",
    });
  });

  it("measures a step and a turn once", () => {
    const step = timed(40, 80);
    const turn = { steps: [step, { ...step, id: "step-2" }] };
    expect(measureStep(step, cachedTokensOf)).toBe(measureStep(step, cachedTokensOf));
    expect(measureTurn(turn)).toBe(measureTurn(turn));
  });

  it("has a rate between those of its steps, whatever they are", () => {
    const step = fc
      .tuple(fc.integer({ min: 2, max: 5000 }), fc.integer({ min: 1, max: 900 }))
      .map(([tokens, perSecond]) => timed(tokens, perSecond));
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
        const rates = steps.map((each) => measure(each).outputRate.value ?? 0);
        const { value } = measureTurn({ steps }).outputRate;
        expect(value).toBeGreaterThanOrEqual(Math.min(...rates) - 1e-6);
        expect(value).toBeLessThanOrEqual(Math.max(...rates) + 1e-6);
      }),
    );
  });

  it("has the total that its strip is long, for any waits and any number of steps", () => {
    const wait = fc.nat({ max: 90_000 });
    const length = fc.integer({ min: 1, max: 9000 });
    const spans = fc.array(fc.record({ queue: wait, work: length, person: wait }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(spans, (list) => {
        let at = 0;
        const steps = list.map(({ queue, work, person }, index) => {
          const startedAt = at;
          const sentAt = startedAt + queue;
          const endedAt = sentAt + work;
          at = endedAt + person;
          const parts = [buildCall({ startedAt: sentAt, endedAt })];
          return buildStep({ id: `step-${index}`, startedAt, sentAt, endedAt, parts });
        });
        const worked = list.reduce((sum, { work }) => sum + work, 0);
        expect(measureTurn({ steps }).totalTime.value).toBe(worked);
        expect(workedMs(phases({ steps }, at))).toBe(worked);
      }),
    );
  });
});
