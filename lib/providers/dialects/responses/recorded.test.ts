/** Answers of our own llama.cpp in the Responses dialect, recorded as they came. */
import { readFileSync } from "node:fs";

import { expect, it } from "vitest";

import { foldResponse, readResponsesBytes } from "@/lib/providers/__fixtures__/fold-responses";
import { brief, foldEvents } from "@/lib/providers/__fixtures__/fold-wire";

function bytesOf(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../__fixtures__/${name}`, import.meta.url)));
}

function fold(name: string, size?: number) {
  return foldEvents(readResponsesBytes(bytesOf(`${name}.sse`), size === undefined ? {} : { size }));
}

const THOUGHT =
  "I need to add 2 and 3 and multiply 2 and 3. There are two things to do, so I make two calls.\n";
const call = (name: string) => [
  "call",
  expect.stringMatching(/^call_\w{32}$/),
  name,
  '{"a": 2, "b": 3}',
  "awaiting-result",
];
const CALLED = { unified: "tool-calls", raw: "completed" };

it("the reader finds a thought and two parallel calls, with the server's own timings", () => {
  const step = fold("llama-cpp-responses-parallel");
  expect(brief(step)).toEqual({
    state: "done",
    parts: [["reasoning", THOUGHT], call("add"), call("multiply")],
    finish: CALLED,
  });
  expect(step.usage).toEqual({ input: 625, output: 104, total: 729, reasoning: null, cached: 30 });
  expect([step.responseModel, step.promptProgress?.total, step.timings?.outputTokens, step.warnings]).toEqual(
    ["smollm2-135m", 625, 104, []],
  );
});

it("the reader finds a thought and an answer", () => {
  const step = fold("llama-cpp-responses-answer");
  expect([brief(step), step.warnings]).toEqual([
    {
      state: "done",
      parts: [
        ["reasoning", "I have the results: 6 and 6. Both questions are answered.\n"],
        ["text", "It is 6 and 6."],
      ],
      finish: { unified: "stop", raw: "completed" },
    },
    [],
  ]);
});

it("the reader finds a whole body", () => {
  const step = foldResponse(new TextDecoder().decode(bytesOf("llama-cpp-responses-parallel.body")));
  expect([brief(step), step.warnings]).toEqual([
    { state: "done", parts: [["reasoning", THOUGHT], call("add"), call("multiply")], finish: CALLED },
    [],
  ]);
});

it.each(["llama-cpp-responses-parallel", "llama-cpp-responses-answer"])(
  "the reader finds the same in %s in reads of 1 byte",
  (name) => {
    expect(brief(fold(name, 1))).toEqual(brief(fold(name)));
  },
);
