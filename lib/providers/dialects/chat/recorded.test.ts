/** Streams of our own llama.cpp, recorded as they came. */
import { readFileSync } from "node:fs";

import { expect, it } from "vitest";

import { readBytes } from "@/lib/providers/__fixtures__/fold-chat";
import { brief, foldEvents } from "@/lib/providers/__fixtures__/fold-wire";

function fold(name: string, size?: number) {
  const bytes = new Uint8Array(readFileSync(new URL(`../../__fixtures__/${name}.sse`, import.meta.url)));
  return foldEvents(readBytes(bytes, size === undefined ? {} : { size }));
}

it("the reader finds a thought and a call, with the server's own timings", () => {
  const step = fold("llama-cpp-tool");
  expect(brief(step)).toEqual({
    state: "done",
    parts: [
      ["reasoning", "I need to look up Florence.\n"],
      ["call", expect.stringMatching(/^\w{32}$/), "weather", '{"location": "Florence"}', "awaiting-result"],
    ],
    finish: { unified: "tool-calls", raw: "tool_calls" },
  });
  expect([step.usage?.input, step.promptProgress?.total, step.timings?.promptTokens, step.warnings]).toEqual([
    471,
    471,
    471,
    [],
  ]);
});

it("the reader finds parallel calls", () => {
  expect(
    brief(fold("llama-cpp-parallel"))
      .parts.filter((part) => part[0] === "call")
      .map((part) => part.slice(2)),
  ).toEqual([
    ["add", '{"a": 2, "b": 3}', "awaiting-result"],
    ["multiply", '{"a": 2, "b": 3}', "awaiting-result"],
  ]);
});

it("the reader finds a thought and an answer", () => {
  const step = fold("llama-cpp-answer");
  expect([step.status.state, step.parts.map((part) => part.type)]).toEqual(["done", ["reasoning", "text"]]);
});

it.each(["llama-cpp-tool", "llama-cpp-parallel", "llama-cpp-answer"])(
  "the reader finds the same in %s in reads of 1 byte",
  (name) => {
    expect(brief(fold(name, 1))).toEqual(brief(fold(name)));
  },
);
