import { describe, expect, it } from "vitest";

import type { StreamEvent } from "@/lib/stream/turn/event";
import { emptyTurn } from "@/lib/stream/turn/fold";
import { foldAll } from "@/lib/stream/turn/fold-all";

import { loopPause } from "./loop-guard";

const request = { provider: "llamacpp", dialect: "chat-completions", model: "m", endpoint: null };
const limits = { steps: 10, calls: 50 };

function callWith(text: string, id: string): readonly StreamEvent[] {
  return [
    { type: "tool-input-start", id, callId: null, name: "weather", form: "json" },
    { type: "tool-input-delta", id, text },
    { type: "tool-input-end", id },
  ];
}

/** Steps, each with the calls whose arguments are named. */
function stepsOf(...steps: readonly (readonly string[])[]) {
  const events = steps.flatMap((inputs, index): readonly StreamEvent[] => {
    const calls = inputs.flatMap((text, nth) => callWith(text, `c${nth}`));
    const opened: StreamEvent[] = [{ type: "step-start", stepId: `s${index}`, request }];
    opened.push(...calls, { type: "step-end" });
    return opened;
  });
  return foldAll(
    emptyTurn(),
    events.map((event) => ({ at: 0, event })),
  ).steps;
}

function pauseAfter(...steps: readonly (readonly string[])[]) {
  const made = stepsOf(...steps);
  const calls = made.at(-1)?.parts.filter((part) => part.type === "tool-call") ?? [];
  return loopPause({ limits, steps: made, answered: 0 }, calls);
}

describe("a lane that goes on by itself", () => {
  it("waits when the same call comes a third time, however its arguments are written", () => {
    expect(pauseAfter(['{"a":1,"b":2}'], ['{ "b": 2, "a": 1.0 }'])).toBeNull();
    expect(pauseAfter(['{"a":1,"b":2}'], ['{"b":2,"a":1}'], ['{"a":1,"b":2}'])).toEqual({
      why: "repeat",
      tool: "weather",
      times: 3,
    });
  });

  it("counts no arguments and an empty object as the same", () => {
    expect(pauseAfter([""], ["{}"], [" "])).toMatchObject({ why: "repeat", times: 3 });
  });

  it("does not count a call of earlier steps against a new one", () => {
    expect(pauseAfter(["{}"], ["{}"], ['{"a":1}'])).toBeNull();
  });

  it("waits at a flood of calls of which few differ", () => {
    const flood = Array.from({ length: 31 }, (_, index) => `{"a":${index % 10}}`);
    expect(pauseAfter(flood)).toEqual({ why: "flood", calls: 31, different: 10 });
    const differing = Array.from({ length: 31 }, (_, index) => `{"a":${index}}`);
    expect(pauseAfter(differing)).toBeNull();
  });

  it("waits before a step whose calls go over the limit", () => {
    const calls = Array.from({ length: 51 }, (_, index) => `{"a":${index}}`);
    expect(pauseAfter(calls)).toEqual({ why: "calls", limit: 50 });
  });
});
