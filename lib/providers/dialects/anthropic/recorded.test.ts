/** Streams of our own llama.cpp in the Messages API, recorded as they came. */
import { readFileSync } from "node:fs";

import { expect, it } from "vitest";

import { readAnthropicBytes } from "@/lib/providers/__fixtures__/fold-anthropic";
import { brief, foldEvents } from "@/lib/providers/__fixtures__/fold-wire";

function fold(name: string, size?: number) {
  const bytes = new Uint8Array(readFileSync(new URL(`../../__fixtures__/${name}.sse`, import.meta.url)));
  return foldEvents(readAnthropicBytes(bytes, size === undefined ? {} : { size }));
}

it("the reader finds a thought and parallel calls whose blocks all stop at the end", () => {
  const step = fold("llama-cpp-messages-parallel");
  const id: unknown = expect.stringMatching(/^\w{32}$/);
  expect(brief(step)).toEqual({
    state: "done",
    parts: [
      ["reasoning", expect.stringMatching(/two calls\.\n$/)],
      ["call", id, "add", '{"a": 2, "b": 3}', "awaiting-result"],
      ["call", id, "multiply", '{"a": 2, "b": 3}', "awaiting-result"],
    ],
    finish: { unified: "tool-calls", raw: "tool_use" },
  });
  expect([step.parts.flatMap((part) => part.replay), step.warnings]).toEqual([[], []]);
});

it("the reader finds a thought and an answer, with the counts of both ends of the stream", () => {
  const step = fold("llama-cpp-messages-answer");
  expect([step.status.state, step.parts.map((part) => part.type)]).toEqual(["done", ["reasoning", "text"]]);
  expect(step.responseModel).toBe("smollm2-135m");
  expect(step.usage).toEqual({
    input: expect.any(Number),
    output: 21,
    total: null,
    reasoning: null,
    cached: expect.any(Number),
  });
});

it.each(["llama-cpp-messages-parallel", "llama-cpp-messages-answer"])(
  "the reader finds the same in %s in reads of 1 byte",
  (name) => {
    expect(brief(fold(name, 1))).toEqual(brief(fold(name)));
  },
);
