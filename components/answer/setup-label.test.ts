import { expect, it } from "vitest";

import { requestOf } from "@/lib/run/step-request";
import { buildRecord } from "@/lib/session/__fixtures__/build-record";
import { emptySetup } from "@/lib/session/store/first-session";
import type { TurnRecord } from "@/lib/session/store/session";
import { buildStep } from "@/lib/stream/turn/__fixtures__/build-step";
import { sampleTools } from "@/lib/tools/samples";

import { setupWords } from "./setup-label";

const then = { ...emptySetup({ provider: "llamacpp", model: "smollm2-135m" }), effort: "low" };

function answer(...steps: readonly (typeof then)[]): TurnRecord {
  return buildRecord({
    setup: then,
    turn: {
      steps: steps.map((setup) =>
        buildStep({
          request: requestOf({ setup, endpointName: null, tools: sampleTools }, "chat-completions"),
        }),
      ),
    },
  });
}

it("the label of a setup is absent where the lane would make the answer the same way", () => {
  expect(setupWords(answer(then), then, sampleTools)).toBe("");
});

it("the label of a setup names the model and what has changed since", () => {
  const now = { ...then, model: "qwen3-32b", effort: "high" };
  expect(setupWords(answer(then), now, sampleTools)).toBe("smollm2-135m · effort low");
});

it("the label of a setup names each setup of an answer whose steps were made by several", () => {
  const other = { ...then, model: "qwen3-32b" };
  expect(setupWords(answer(then, other), other, sampleTools)).toBe("smollm2-135m, then qwen3-32b");
});
