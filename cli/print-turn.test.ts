import { expect, it } from "vitest";

import type { StreamEvent } from "@/lib/stream/turn/event";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";

import { createPrinter, describeEnd } from "./print-turn";

const START: StreamEvent = {
  type: "step-start",
  stepId: "s",
  request: { provider: "llamacpp", dialect: "chat-completions", model: "m", endpoint: null },
};
const CALL: readonly StreamEvent[] = [
  { type: "tool-input-start", id: "c", callId: "call-1", name: "weather" },
  { type: "tool-input-delta", id: "c", text: '{"location":"Florence"}' },
  { type: "tool-input-end", id: "c" },
  { type: "finish", finish: { unified: "tool-calls", raw: "tool_calls" } },
  { type: "step-end" },
];

/** What a person reads of these events, one each 100 ms, and the end of the run. */
function printed(events: readonly StreamEvent[], isColored = false) {
  let out = "";
  let err = "";
  const printer = createPrinter({
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    isColored,
  });
  let turn = emptyTurn();
  for (const [index, event] of events.entries()) {
    turn = fold(turn, { at: index * 100, event });
    printer.event(event, turn);
  }
  printer.end(describeEnd(turn));
  return { out, err };
}

it("the printer shows the thought, the call, what it waits for and the timings that are known", () => {
  const { out, err } = printed([
    START,
    { type: "step-send" },
    { type: "reasoning-start", id: "r" },
    { type: "reasoning-delta", id: "r", text: "I need " },
    { type: "reasoning-delta", id: "r", text: "the weather." },
    { type: "reasoning-end", id: "r" },
    ...CALL,
  ]);
  expect(out).toBe(
    'I need the weather.\n-> weather({"location":"Florence"})\n0.20 s to first token (measured) · 0.90 s (measured)\nwaiting for 1 result\n',
  );
  expect(err).toBe("");
});

it("the printer dims thoughts and nothing else where colors are understood", () => {
  const { out } = printed(
    [
      START,
      { type: "reasoning-start", id: "r" },
      { type: "reasoning-delta", id: "r", text: "Hm." },
      { type: "reasoning-end", id: "r" },
      { type: "text-start", id: "t" },
      { type: "text-delta", id: "t", text: "Yes." },
    ],
    true,
  );
  expect(out).toContain("\u001b[2mHm.\u001b[22m\nYes.");
});

it("the printer shows results and goes on below them", () => {
  const result = { output: "22 degrees", isError: false, origin: { by: "typed" } } as const;
  const { out } = printed([
    START,
    ...CALL,
    { type: "tool-result", stepId: "s", id: "c", result },
    { ...START, stepId: "s2" },
    { type: "text-start", id: "t" },
    { type: "text-delta", id: "t", text: "It is 22 degrees." },
  ]);
  expect(out).toContain("  <- 22 degrees\nIt is 22 degrees.");
});

it("the printer reports why an answer failed, and retries and warnings beside the text", () => {
  const error = { source: "provider", code: "HTTP_503", message: "Overloaded.", retryable: true } as const;
  const { out, err } = printed([
    START,
    { type: "retry", attempt: 1, of: 2, delayMs: 800, error },
    { type: "warning", warning: { code: "x", message: "Something was odd." } },
    { type: "step-fail", error },
  ]);
  expect(err).toBe("attempt 1 failed: Overloaded. Next in 0.80 s.\nwarning: Something was odd.\n");
  expect(out).toBe("Error: Overloaded.\n");
});
