import { expect, it } from "vitest";

import { buildReasoning, buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";

import { estimateHeight } from "./rest-height";

const step = (text: string) => buildStep({ parts: [buildText({ text })] });
const thought = (text: string) => buildStep({ parts: [buildReasoning({ text })] });

it("grows with the lines of a text, also with those that only wrap", () => {
  const short = estimateHeight({ steps: [step("one")] });
  expect(estimateHeight({ steps: [step("one\ntwo\n\nthree")] })).toBeGreaterThan(short);
  expect(estimateHeight({ steps: [step("word ".repeat(60))] })).toBeGreaterThan(short);
});

it("does not grow with a thought, which is closed", () => {
  expect(estimateHeight({ steps: [thought("a\nb\nc")] })).toBe(estimateHeight({ steps: [thought("a")] }));
});
