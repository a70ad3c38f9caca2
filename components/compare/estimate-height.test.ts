import { expect, it } from "vitest";

import { buildStep } from "@/lib/stream/build-step";

import { estimateHeight } from "./estimate-height";

const step = (text: string) => buildStep({ parts: [{ ...PART, type: "text", text }] });
const thought = (text: string) => buildStep({ parts: [{ ...PART, type: "reasoning", text }] });
const PART = { id: "t", startedAt: 0, endedAt: 1, deltas: 1, replay: [] };

it("grows with the lines of a text, also with those that only wrap", () => {
  const short = estimateHeight({ steps: [step("one")] });
  expect(estimateHeight({ steps: [step("one\ntwo\n\nthree")] })).toBeGreaterThan(short);
  expect(estimateHeight({ steps: [step("word ".repeat(60))] })).toBeGreaterThan(short);
});

it("does not grow with a thought, which is closed", () => {
  expect(estimateHeight({ steps: [thought("a\nb\nc")] })).toBe(estimateHeight({ steps: [thought("a")] }));
});
