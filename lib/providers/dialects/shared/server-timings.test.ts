import { describe, expect, it } from "vitest";

import { delta, DONE, foldText } from "@/lib/providers/__fixtures__/fold-chat";
import { sse } from "@/lib/providers/__fixtures__/fold-wire";
import { readCase } from "@/lib/providers/__fixtures__/read-case";
import { outputRate, promptRate } from "@/lib/stream/figures/output-rate";

import { readServerTimings } from "./server-timings";

const UNKNOWN = {
  promptTokens: null,
  promptMs: null,
  promptPerSecond: null,
  cachedTokens: null,
  outputTokens: null,
  outputMs: null,
  outputPerSecond: null,
  queueMs: null,
  firstTokenMs: null,
};
const LLAMA = {
  cache_n: 83,
  prompt_n: 1,
  prompt_ms: 8.5,
  prompt_per_token_ms: 8.5,
  prompt_per_second: 117.6,
  predicted_n: 57,
  predicted_ms: 484,
  predicted_per_token_ms: 8.49,
  predicted_per_second: 117.7,
};

const timed = (predicted_n: number) => ({ ...delta({ content: "a" }), timings: { ...LLAMA, predicted_n } });

it("wire:B12 the reader of timings accepts llama.cpp's own rates", () => {
  const step = foldText(sse(delta({ content: "a" }), { ...delta({}, "stop"), timings: LLAMA }, DONE));
  expect(step.timings).toEqual({
    ...UNKNOWN,
    reported: LLAMA,
    promptTokens: 1,
    promptMs: 8.5,
    // A single token has no rate.
    promptPerSecond: null,
    cachedTokens: 83,
    outputTokens: 57,
    outputMs: 484,
    outputPerSecond: 117.7,
  });
});

it("wire:B12 the reader of timings derives Groq's rates from its seconds", () => {
  const usage = {
    prompt_tokens: 20,
    completion_tokens: 4,
    total_tokens: 24,
    queue_time: 0.5,
    prompt_time: 0.25,
    completion_time: 0.125,
    total_time: 0.375,
  };
  expect(readServerTimings({ usage }, usage, "groq")).toEqual({
    ...UNKNOWN,
    reported: { queue_time: 0.5, prompt_time: 0.25, completion_time: 0.125, total_time: 0.375 },
    promptTokens: 20,
    promptMs: 250,
    promptPerSecond: 80,
    outputTokens: 4,
    outputMs: 125,
    outputPerSecond: 32,
    queueMs: 500,
  });
});

it("wire:B12 the reader of timings makes no rate of a time of zero or of a single token", () => {
  const groq = {
    prompt_tokens: 3,
    completion_tokens: 1,
    prompt_time: 0,
    completion_time: 0,
    total_time: 0.1,
  };
  expect(readServerTimings({}, groq, null)).toMatchObject({ promptPerSecond: null, outputPerSecond: null });
  const one = { predicted_n: 1, predicted_ms: 0.001, predicted_per_second: 1_000_000 };
  expect(readServerTimings({ timings: one }, null, null)).toMatchObject({
    outputTokens: 1,
    outputPerSecond: null,
  });
});

it("wire:B13 the reader of timings finds Azure's latency beside usage and inside it", () => {
  const latency = { engine_ttft_ms: 42, service_ttft_ms: 341, total_duration_ms: 1661 };
  const expected = { ...UNKNOWN, reported: latency, firstTokenMs: 341 };
  expect(readServerTimings({ latency_checkpoint: latency }, {}, null)).toEqual(expected);
  expect(readServerTimings({}, { latency_checkpoint: latency }, "azure")).toEqual(expected);
});

it("wire:B13 the reader of timings reads llama.cpp's timings of a whole body", () => {
  const message = { role: "assistant", content: "Oi" };
  const body = { choices: [{ index: 0, message, finish_reason: "stop" }], timings: LLAMA };
  const step = foldText(JSON.stringify(body), { contentType: "application/json", isStreamed: false });
  expect(step.timings?.reported).toEqual(LLAMA);
});

it("the reader of timings reads Cerebras's time_info and leaves its date out", () => {
  const time_info = {
    queue_time: 0.001,
    prompt_time: 0.5,
    completion_time: 2,
    total_time: 2.5,
    created: 1_760_000_000,
  };
  const usage = { prompt_tokens: 10, completion_tokens: 100 };
  const timings = readServerTimings({ time_info }, usage, "time-info");
  expect(timings?.reported).toEqual({
    queue_time: 0.001,
    prompt_time: 0.5,
    completion_time: 2,
    total_time: 2.5,
  });
  expect(timings).toMatchObject({ promptPerSecond: 20, outputPerSecond: 50, queueMs: 1 });
});

it("the reader of timings finds a shape that the preset does not expect", () => {
  expect(readServerTimings({ timings: LLAMA }, null, "groq")?.outputTokens).toBe(57);
});

it("wire:B77 the reader of timings lets the latest of timings on every chunk win", () => {
  expect(foldText(sse(timed(1), timed(2), delta({}, "stop"), DONE)).timings?.outputTokens).toBe(2);
});

it("wire:B77 the reader of timings reads prompt progress, and no timings of its frames that are all zero", () => {
  const zeros = { cache_n: 0, prompt_n: 0, prompt_ms: 0, predicted_n: 0, predicted_ms: 0 };
  const progress = { total: 471, cache: 100, processed: 300, time_ms: 2001 };
  const role = delta({ role: "assistant", content: null });
  const step = foldText(sse({ ...role, prompt_progress: progress, timings: zeros }, role));
  expect(step.promptProgress).toEqual({ total: 471, cached: 100, processed: 300, elapsedMs: 2001, at: 1 });
  expect([step.timings, step.parts]).toEqual([null, []]);
});

it.each(["-1", "1e400", "1e300", "0.5", '"soon"', "null", "472"])(
  "prompt progress that cannot be is not shown: %s of 471 tokens",
  (processed) => {
    const chunk = `{"prompt_progress":{"total":471,"cache":0,"processed":${processed},"time_ms":1},"choices":[]}`;
    expect(foldText(`data: ${chunk}\n\n`).promptProgress).toBeNull();
  },
);

it.each([
  ["negative", "-1"],
  ["infinite", "1e999"],
  ["null", "null"],
  ["text", '"soon"'],
  ["huge", "1e300"],
])("a %s timing is unknown, and the others are kept", (_name, value) => {
  const timings = `{"predicted_n":${value},"predicted_ms":${value},"predicted_per_second":${value},"prompt_n":7}`;
  const step = foldText(
    `data: {"choices":[],"timings":${timings}}\n\n${sse(delta({ content: "a" }, "stop"), DONE)}`,
  );
  expect(step.timings).toMatchObject({
    promptTokens: 7,
    outputTokens: null,
    outputMs: null,
    outputPerSecond: null,
  });
});

it("bare NaN makes its event unreadable and no more", () => {
  const step = foldText(
    `data: {"timings":{"prompt_ms":NaN}}\n\n${sse(delta({ content: "a" }, "stop"), DONE)}`,
  );
  expect([step.status.state, step.timings, step.warnings.length]).toEqual(["done", null, 1]);
});

describe("reading figures that cannot be believed", () => {
  it.each([
    ["timings-prompt-rate-of-a-cache-hit.sse", null, 49.79],
    ["timings-tiny-decode.sse", 400, null],
    ["timings-absurd.sse", null, null],
  ])("gives no rate from too little time, too few tokens or contradictions in %s", (name, prompt, output) => {
    const step = foldText(readCase(name));
    expect([promptRate(step).value, outputRate(step).value]).toEqual([prompt, output]);
  });
});
