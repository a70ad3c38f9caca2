import { expect, it } from "vitest";

import { buildCall, buildReasoning, buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";

import { plainAnswer } from "./answer-text";

it("the plain answer holds all that an answer holds, in the order in which it came", () => {
  const result = { output: "22", isError: false, origin: { by: "typed" } } as const;
  const args = { valid: true, value: {} } as const;
  const call = buildCall({
    name: "weather",
    input: "{}",
    status: { state: "answered", args, result, at: 1 },
  });
  expect(
    plainAnswer({
      steps: [
        buildStep({ parts: [buildReasoning({ text: "Hm." }), call] }),
        buildStep({ parts: [buildText({ text: "It is **22**." })] }),
      ],
    }),
  ).toBe("Thought:\nHm.\n\nTool call: weather({})\n\nResult: 22\n\nIt is **22**.");
});
