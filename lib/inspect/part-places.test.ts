import { expect, it } from "vitest";

import type { Part } from "@/lib/stream/turn/turn";

import { placeWords, unplaceWords } from "./part-places";

const common = { startedAt: 0, endedAt: 1, deltas: 1, replay: [] };
const text: Part = { type: "text", id: "t", ...common, text: "Hello", phase: null, citations: [] };

it("words lie where their frames put them", () => {
  expect(placeWords({ parts: [text] }, [{ part: "t", from: 1, to: 3 }])).toEqual([
    { part: "t", type: "text", from: 1, to: 3, text: "el" },
  ]);
});

it("words of a text whose beginning a person read as a thought lie in the thought and in the rest", () => {
  const thought: Part = {
    type: "reasoning",
    id: "t.thought",
    ...common,
    text: "Hm. ",
    tags: { open: "", close: "</think>" },
  };
  const step = { parts: [thought, text] };
  // "Hm. </think>Hello"
  expect(placeWords(step, [{ part: "t", from: 2, to: 14 }])).toEqual([
    { part: "t.thought", type: "reasoning", from: 2, to: 4, text: ". " },
    { part: "t", type: "text", from: 0, to: 2, text: "He" },
  ]);
  expect(unplaceWords(step, { part: "t", from: 0, to: 2 })).toEqual({ part: "t", from: 12, to: 14 });
  expect(unplaceWords(step, { part: "t.thought", from: 1, to: 2 })).toEqual({ part: "t", from: 1, to: 2 });
});

it("words of a part that is gone, or that has no text, lie nowhere", () => {
  expect(placeWords({ parts: [] }, [{ part: "t", from: 0, to: 1 }])).toEqual([]);
});
