import { describe, expect, it } from "vitest";

import type { RunError, StreamEvent } from "@/lib/stream/turn/event";

import { openGate } from "./answer-gate";

const error: RunError = { source: "provider", code: "HTTP_503", message: "Busy", retryable: true };
const timed = (...events: StreamEvent[]) => events.map((event) => ({ at: 1, event }));
const head = (status: number): StreamEvent => ({
  type: "response-head",
  head: { status, contentType: "text/event-stream", requestId: null, connectMs: null, headersMs: 1 },
});
const fail: StreamEvent = { type: "step-fail", error };
const cut: StreamEvent = { type: "step-end", error };

describe("a failure", () => {
  it.each<[string, StreamEvent[]]>([
    ["first thing", []],
    ["after the head of a refusal", [head(503)]],
    ["after a remark", [head(503), { type: "warning", warning: { code: "c", message: "m" } }]],
  ])("is held back when it comes %s", (_title, before) => {
    const gate = openGate();
    expect(gate.pass(timed(...before, fail))).toEqual(timed(...before));
    expect(gate.state()).toEqual({ is: "failed", error });
  });

  it.each<[string, StreamEvent[]]>([
    ["the head of an answer", [head(200)]],
    ["a part", [{ type: "text-start", id: "t" }]],
  ])("passes after %s", (_title, before) => {
    for (const last of [fail, cut]) {
      const gate = openGate();
      expect(gate.pass(timed(...before, last))).toEqual(timed(...before, last));
      expect(gate.state()).toEqual({ is: "ended" });
    }
  });
});

it("lets nothing pass after the last event", () => {
  const gate = openGate();
  gate.pass(timed(head(200), { type: "step-end" }));
  expect(gate.pass(timed({ type: "text-start", id: "t" }))).toEqual([]);
});
