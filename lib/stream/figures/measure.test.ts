import { describe, expect, it } from "vitest";

import { cachedTokensOf, DIALECT_IDS } from "@/lib/providers/dialect-id";
import {
  buildCall,
  buildReasoning,
  buildStep,
  buildText,
  buildTimings,
  buildUsage,
} from "@/lib/stream/turn/__fixtures__/build-step";
import type { Step } from "@/lib/stream/turn/turn";

import { measure as measureBy } from "./measure";
import { measureTurn } from "./measure-turn";
import { blockTokens, hiddenReasoningTokens } from "./token-counts";

const measure = (step: Step) => measureBy(step, cachedTokensOf);

const streamed = { firstTokenAt: 300, lastTokenAt: 900, parts: [buildReasoning(), buildText()] };

describe("measure", () => {
  it("reports every number of a plain streamed step with its source", () => {
    const step = buildStep({
      ...streamed,
      usage: buildUsage({ input: 512, output: 40, reasoning: 10, total: 552 }),
    });
    expect(measure(step)).toEqual({
      outputRate: {
        value: (40 * 19) / 20 / 0.6,
        source: "measured",
        explain: "tokens from the first piece to the last",
      },
      firstToken: { value: 300, source: "measured", explain: "from Send to the first token" },
      reasoningTime: {
        value: 200,
        source: "measured",
        explain: "from the first piece of reasoning to its end",
      },
      answerTime: { value: 400, source: "measured", explain: "from the first piece of text to its end" },
      outputTokens: { value: 40, source: "server", explain: "tokens written, including reasoning" },
      reasoningTokens: { value: 10, source: "server", explain: "tokens of the reasoning, shown or hidden" },
      inputTokens: {
        value: 512,
        source: "server",
        explain: "tokens in the prompt, including tools and history",
      },
      cachedTokens: { value: null, source: "unknown", explain: "the server does not say" },
      newTokens: { value: null, source: "unknown", explain: "the server does not say" },
      promptRate: {
        value: null,
        source: "unknown",
        explain: "only the server can know, and it did not say",
      },
      totalTime: { value: 1000, source: "measured", explain: "from Send to the end of the answer" },
      cost: { value: null, source: "unknown", explain: "the provider does not report what it cost" },
      stop: { label: "stop", raw: "stop", explain: "the model ended its answer", notable: false },
    });
  });

  it.each([0, 0.0012])("reports a cost of %s US dollars as the provider's own number", (costUsd) => {
    expect(measure(buildStep({ costUsd })).cost).toEqual({
      value: costUsd,
      source: "server",
      explain: "what the provider charged, in US dollars",
    });
  });

  it("prefers the server's rate and says what llama.cpp means by it", () => {
    const step = buildStep({
      ...streamed,
      usage: buildUsage({ output: 40 }),
      timings: buildTimings({
        reported: { predicted_per_second: 92.4 },
        outputTokens: 40,
        outputMs: 422,
        outputPerSecond: 92.4,
        promptPerSecond: 812,
      }),
    });
    const { outputRate, promptRate } = measure(step);
    expect(outputRate).toEqual({
      value: 92.4,
      source: "server",
      explain: "predicted_per_second: (n − 1) tokens over predicted_ms",
    });
    expect(promptRate.value).toBe(812);
  });

  it("shows no rate for llama.cpp's single token in 0.001 ms", () => {
    const step = buildStep({
      ...streamed,
      timings: buildTimings({ outputTokens: 1, outputMs: 0.001, outputPerSecond: 0 }),
    });
    expect(measure(step).outputRate).toEqual({
      value: null,
      source: "unknown",
      explain: "a single token has no rate",
    });
  });

  it("never divides by nothing, whatever the server reports", () => {
    for (const outputMs of [0, 0.001, null]) {
      const step = buildStep({ timings: buildTimings({ outputTokens: 50, outputMs, outputPerSecond: 0 }) });
      expect(measure(step).outputRate.value).toBeNull();
    }
  });

  it("works the rate out from the server's own time where it gives no rate", () => {
    const step = buildStep({ timings: buildTimings({ outputTokens: 50, outputMs: 500 }) });
    expect(measure(step).outputRate.value).toBe(100);
  });

  it.each([
    ["one piece", { parts: [buildText({ deltas: 1 })], firstTokenAt: 900, lastTokenAt: 900 }],
    ["a burst", { parts: [buildText({ deltas: 40 })], firstTokenAt: 890, lastTokenAt: 900 }],
    ["a few large pieces", { parts: [buildText({ deltas: 2 })], firstTokenAt: 500, lastTokenAt: 900 }],
  ])("invents no rate for an answer that came in %s", (_, parts) => {
    expect(measure(buildStep({ ...parts, usage: buildUsage({ output: 200 }) })).outputRate.value).toBeNull();
  });

  it("does not count the arrival of a whole buffered answer as its first token", () => {
    const whole = { parts: [buildText({ deltas: 1 })], firstTokenAt: 900, lastTokenAt: 900 };
    expect(measure(buildStep({ ...whole, usage: buildUsage({ output: 200 }) })).firstToken).toEqual({
      value: null,
      source: "unknown",
      explain: "the answer came in one piece",
    });
    expect(measure(buildStep({ ...whole, usage: buildUsage({ output: 1 }) })).firstToken.value).toBe(900);
    expect(
      measure(
        buildStep({
          ...whole,
          timings: buildTimings({ firstTokenMs: 250 }),
          usage: buildUsage({ output: 200 }),
        }),
      ).firstToken,
    ).toEqual({ value: 250, source: "server", explain: "by the server's own clock" });
  });

  it("counts the first token from the last try", () => {
    expect(measure(buildStep({ ...streamed, startedAt: 0, sentAt: 250 })).firstToken.value).toBe(50);
  });

  it("leaves hidden reasoning out of the measured rate", () => {
    const hidden = { ...streamed, parts: [buildText()] };
    const included = buildUsage({ input: 10, output: 140, reasoning: 100, total: 150 });
    const excluded = buildUsage({ input: 10, output: 40, reasoning: 100, total: 150 });
    const unsaid = buildUsage({ output: 140, reasoning: 100 });
    const rates = [included, excluded, unsaid].map(
      (counts) => measure(buildStep({ ...hidden, usage: counts })).outputRate.value,
    );
    expect(rates).toEqual([(40 * 9) / 10 / 0.6, (40 * 9) / 10 / 0.6, null]);
  });

  it("reports no rate if only a summary of the reasoning was shown", () => {
    const counts = buildUsage({ input: 10, output: 2040, reasoning: 2000, total: 2050 });
    expect(measure(buildStep({ ...streamed, usage: counts })).outputRate.value).toBeNull();
  });

  it("says that xAI's output leaves the reasoning out", () => {
    const counts = buildUsage({ input: 10, output: 40, reasoning: 100, total: 150 });
    expect(measure(buildStep({ usage: counts })).outputTokens.explain).toBe(
      "tokens written, excluding reasoning tokens",
    );
  });

  it("keeps a reported 0 apart from nothing reported", () => {
    const step = buildStep({ usage: buildUsage({ cached: 0 }) });
    expect(measure(step).cachedTokens.value).toBe(0);
    expect(measure(step).inputTokens.value).toBeNull();
  });

  it("gives the prompt tokens that were read anew: as counted, otherwise all but those that were cached", () => {
    const counted = buildStep({
      usage: buildUsage({ input: 600, cached: 500 }),
      timings: buildTimings({ promptTokens: 12 }),
    });
    expect(measure(counted).newTokens).toMatchObject({ value: 12, source: "server" });
    const usage = buildUsage({ input: 100, cached: 80 });
    expect(measure(buildStep({ usage })).newTokens.value).toBe(20);
    const apart = { ...buildStep().request, dialect: "anthropic" };
    expect(measure(buildStep({ usage, request: apart })).newTokens.value).toBe(100);
    expect(measure(buildStep({ usage: buildUsage({ input: 100 }) })).newTokens.value).toBe(null);
  });

  it("adds llama.cpp's cached tokens to those it read where there is no usage", () => {
    const step = buildStep({ timings: buildTimings({ promptTokens: 12, cachedTokens: 500 }) });
    expect(measure(step).inputTokens.value).toBe(512);
  });

  it("sums a turn with the cached tokens as its wire format counts them", () => {
    const step = buildStep({ usage: buildUsage({ input: 12, cached: 500 }) });
    const request = { ...step.request, dialect: "anthropic" };
    expect(measureTurn({ steps: [{ ...step, request }, step] }, cachedTokensOf).inputTokens.value).toBe(524);
  });

  it("counts what the Messages API took from its cache as input too, which others do already", () => {
    const step = buildStep({ usage: buildUsage({ input: 12, cached: 500 }) });
    const input = (dialect: string) =>
      measure({ ...step, request: { ...step.request, dialect } }).inputTokens.value;
    expect([...DIALECT_IDS, "", "of-a-later-version"].map((dialect) => [dialect, input(dialect)])).toEqual([
      ["chat-completions", 12],
      ["responses", 12],
      ["anthropic", 512],
      ["gemini", 12],
      ["", 12],
      ["of-a-later-version", 12],
    ]);
  });

  it("gives no total to a request that never left the page", () => {
    const step = buildStep({ sentAt: null, status: { state: "stopped" }, finish: null });
    expect(measure(step).totalTime).toEqual({ value: null, source: "unknown", explain: "it was not sent" });
  });

  it("gives no time for reasoning that came in one piece", () => {
    const step = buildStep({ parts: [buildReasoning({ deltas: 1 })] });
    expect(measure(step).reasoningTime).toEqual({
      value: null,
      source: "unknown",
      explain: "the reasoning came in one piece",
    });
  });

  it("gives no time, and never 0, for reasoning of many pieces that came in one read", () => {
    const step = buildStep({ parts: [buildReasoning({ deltas: 8, startedAt: 300, endedAt: 300 })] });
    expect(measure(step).reasoningTime).toEqual({
      value: null,
      source: "unknown",
      explain: "the reasoning came in one piece",
    });
  });

  it.each([
    ["stopped", { state: "stopped" }, "stopped"],
    ["truncated", { state: "truncated", error: null }, "no finish"],
    ["running", { state: "answering" }, null],
  ] as const)("names the end of a step that is %s", (_, status, label) => {
    expect(measure(buildStep({ status, finish: null })).stop.label).toBe(label);
  });
});

describe("blockTokens", () => {
  it("gives the provider's count to the only block", () => {
    const step = buildStep({ ...streamed, usage: buildUsage({ output: 40, reasoning: 12 }) });
    expect(blockTokens(step, buildReasoning())).toMatchObject({ value: 12, source: "server" });
  });

  it("counts pieces, as an estimate, where the server sends a token a piece", () => {
    const step = buildStep({ ...streamed, timings: buildTimings({ outputTokens: 22 }) });
    expect(blockTokens(step, buildReasoning())).toMatchObject({ value: 10, source: "estimated" });
  });

  it("allows for what a template writes around a call", () => {
    // As llama.cpp counted it: 44 tokens for 8 pieces of thought and 10 of arguments.
    const parts = [buildReasoning({ deltas: 8 }), buildCall({ deltas: 10 })];
    const step = buildStep({ ...streamed, parts, timings: buildTimings({ outputTokens: 44 }) });
    expect(blockTokens(step, buildReasoning({ deltas: 8 }))).toMatchObject({ value: 8, source: "estimated" });
  });

  it("estimates nothing where pieces hold many tokens", () => {
    const step = buildStep({ ...streamed, usage: buildUsage({ output: 200 }) });
    expect(blockTokens(step, buildReasoning()).value).toBeNull();
  });
});

describe("hiddenReasoningTokens", () => {
  it("counts reasoning that was paid for and never shown", () => {
    const counts = buildUsage({ reasoning: 64 });
    expect([
      hiddenReasoningTokens(buildStep({ usage: counts, parts: [buildText()] })),
      hiddenReasoningTokens(
        buildStep({ usage: counts, parts: [buildReasoning({ text: "a long thought ".repeat(20) })] }),
      ),
      hiddenReasoningTokens(buildStep({ parts: [buildText()] })),
    ]).toEqual([64, null, null]);
  });
});
