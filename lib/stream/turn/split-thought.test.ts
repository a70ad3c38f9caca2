import { expect, it } from "vitest";

import { buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";

import { fold } from "./fold";
import type { TextPart, Turn } from "./turn";

const citation = { url: "https://a.example", title: null, quote: null, start: 12, end: 14 };

function readThought(part: TextPart, step: Parameters<typeof buildStep>[0] = {}): Turn {
  const turn = { steps: [buildStep({ id: "s", parts: [part], ...step })] };
  return fold(turn, { at: 2_000, event: { type: "read-thought", stepId: "s", id: part.id } });
}

it("the split makes a thought of the text before a lone closing tag, with the times of that text", () => {
  const part = buildText({ id: "t", text: "Hm.</think>Hi there", citations: [citation] });
  expect(readThought(part).steps[0]?.parts).toEqual([
    {
      type: "reasoning",
      id: "t.thought",
      text: "Hm.",
      tags: { open: "", close: "</think>" },
      replay: [],
      startedAt: part.startedAt,
      endedAt: part.endedAt,
      deltas: part.deltas,
    },
    { ...part, text: "Hi there", citations: [{ ...citation, start: 1, end: 3 }] },
  ]);
});

it("the split changes nothing without such a tag, or while the step still streams", () => {
  const plain = buildText({ text: "<think>a</think>Hi" });
  expect(readThought(plain).steps[0]?.parts).toEqual([plain]);
  const lone = buildText({ text: "Hm.</think>Hi" });
  expect(readThought(lone, { endedAt: null }).steps[0]?.parts).toEqual([lone]);
});
