import { expect, it } from "vitest";

import type { Step } from "@/lib/stream/turn/turn";

import { findFrames, framesOfWords, sendTimes } from "./find-frames";
import type { Frame, FrameKind, WordRange } from "./frame";

const frame = (text: string, kinds: readonly FrameKind[], words: readonly WordRange[] = []): Frame => ({
  at: 0,
  form: "event",
  text,
  bytes: text.length,
  kinds,
  words,
  remarks: [],
});

const FRAMES = [
  frame("head", ["own"]),
  frame("Alpha", ["text"], [{ part: "t", from: 0, to: 5 }]),
  frame("beta", ["usage", "timings"], []),
  frame("gamma", ["text"], [{ part: "t", from: 5, to: 9 }]),
  frame("broke", ["own", "error"]),
];

const find = (kinds: readonly FrameKind[], search = "") =>
  findFrames(FRAMES, { kinds: new Set(kinds), search });

it("frames are found by any of their kinds and by their text, whatever its case", () => {
  expect(find([])).toEqual([0, 1, 2, 3, 4]);
  expect(find(["timings", "error"])).toEqual([2, 4]);
  expect(find([], "ALPHA")).toEqual([1]);
  expect(find(["usage"], "alpha")).toEqual([]);
});

it("words lead to the frames that made any of them", () => {
  expect(framesOfWords(FRAMES, [{ part: "t", from: 4, to: 6 }])).toEqual([1, 3]);
  expect(framesOfWords(FRAMES, [{ part: "t", from: 5, to: 6 }])).toEqual([3]);
  expect(framesOfWords(FRAMES, [{ part: "u", from: 0, to: 9 }])).toEqual([]);
});

const step = (more: Partial<Step>): Step => ({
  id: "s",
  request: { provider: "p", dialect: "d", model: "m", endpoint: null },
  status: { state: "done" },
  startedAt: 10,
  sentAt: 900,
  headAt: null,
  firstTokenAt: null,
  lastTokenAt: null,
  endedAt: null,
  head: null,
  responseId: null,
  responseModel: null,
  promptProgress: null,
  parts: [],
  finish: null,
  usage: null,
  costUsd: null,
  timings: null,
  warnings: [],
  retries: [],
  ...more,
});

it("an attempt was sent when its run says so, or when its step or its retry lets one know", () => {
  const request = { provider: "p", dialect: "d", model: "m", endpoint: null };
  const error = { source: "provider", code: "X", message: "", retryable: true } as const;
  const events = [
    { at: 0, event: { type: "step-start", stepId: "other", request } },
    { at: 1, event: { type: "step-send" } },
    { at: 12, event: { type: "step-start", stepId: "s", request } },
    { at: 20, event: { type: "step-send" } },
    { at: 900, event: { type: "step-send" } },
  ] as const;
  const retries = [
    { attempt: 1, of: 2, delayMs: 400, error, at: 300 },
    { attempt: 2, of: 2, delayMs: 100, error, at: 750 },
  ];
  expect(sendTimes(step({}), events, 2)).toEqual([20, 900]);
  expect(sendTimes(step({ retries }), [], 3)).toEqual([10, 700, 900]);
});
