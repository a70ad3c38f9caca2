import { expect, it } from "vitest";

import { buildCall, buildReasoning, buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";

import { estimateHeight } from "./rest-height";

const step = (text: string) => buildStep({ parts: [buildText({ text })] });
const thought = (text: string) => buildStep({ parts: [buildReasoning({ text })] });
const heightOf = (call = buildCall()) => estimateHeight({ steps: [buildStep({ parts: [call] })] });

it("the estimated height grows with the lines of a text, also with those that only wrap", () => {
  const short = estimateHeight({ steps: [step("one")] });
  expect(estimateHeight({ steps: [step("one\ntwo\n\nthree")] })).toBeGreaterThan(short);
  expect(estimateHeight({ steps: [step("word ".repeat(60))] })).toBeGreaterThan(short);
});

it("the estimated height does not grow with a thought, which is closed", () => {
  expect(estimateHeight({ steps: [thought("a\nb\nc")] })).toBe(estimateHeight({ steps: [thought("a")] }));
});

it("the estimated height counts an answered call as a line, and one that waits as a card", () => {
  const args = { valid: true, value: { location: "Florence" } } as const;
  const result = { output: "22 degrees", isError: false, origin: { by: "typed" } } as const;
  const answered = buildCall({ status: { state: "answered", args, result, at: 1_000 } });
  expect(heightOf(answered)).toBeLessThan(heightOf() - 100);
});
