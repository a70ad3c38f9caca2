import { expect, it } from "vitest";

import type { StreamEvent } from "@/lib/stream/turn/event";

import { isProgress } from "./finish";

const usage = { input: 1, output: 1, total: 2, reasoning: null, cached: null };

it.each<StreamEvent>([
  { type: "warning", warning: { code: "odd", message: "Odd." } },
  { type: "usage", usage },
  { type: "cost", usd: 0.0012 },
  { type: "response-start", id: "r", model: null },
])("a server that sends nothing but $type moves no answer on", (event) => {
  expect(isProgress(event)).toBe(false);
});

it("text and a finish move an answer on", () => {
  const finish: StreamEvent = { type: "finish", finish: { unified: "stop", raw: "stop" } };
  expect([{ type: "text-delta", id: "t", text: "a" } as const, finish].map(isProgress)).toEqual([true, true]);
});
