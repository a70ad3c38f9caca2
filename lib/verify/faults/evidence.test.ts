import { describe, expect, test } from "vitest";

import { gradeTrial } from "@/lib/verify/graders/grade-trial";
import type { GradedTrial } from "@/lib/verify/graders/graded-trial";
import type { Evidence } from "@/lib/verify/trial";

import { PLANTED_FAULTS } from "./__fixtures__/planted-faults";
import { ranTrial } from "./__fixtures__/run-planted";

/** The text of the frames that an evidence names; null where it names none. */
function textSeen(trial: GradedTrial, evidence: Evidence): string | null {
  const step = trial.turns[evidence.turn]?.steps[evidence.step];
  const range =
    evidence.at === "frame"
      ? { first: evidence.frame, last: evidence.frame }
      : evidence.at === "step"
        ? undefined
        : evidence.frames;
  if (step === undefined || range === undefined) return null;
  const frames = trial.framesOf(step.id).slice(range.first, range.last + 1);
  return frames.map(({ text }) => text).join("\n");
}

async function seenOf(planted: string): Promise<readonly (string | null)[]> {
  const fault = PLANTED_FAULTS.find((each) => each.planted === planted);
  if (fault === undefined) throw new Error(`Nothing like "${planted}" is planted.`);
  const trial = await ranTrial(fault.of, fault.server, fault.replies, "stream");
  const verdict = gradeTrial(fault.of, { ...trial, efforts: fault.efforts ?? null });
  if (verdict.verdict !== "fail") throw new Error(`"${planted}" does not fail.`);
  return verdict.evidence.map((each) => textSeen(trial, each));
}

describe("the evidence of a planted fault names the frames", () => {
  test.each([
    ["the connection breaks in the middle of the answer", ["Olá"]],
    ["500 to a good request", ["Internal error."]],
    ["a stream without a finish reason", ["Olá!"]],
    ["an error frame inside a 200", ["The model failed."]],
    ["a total that is not the sum of its counts", ['"total_tokens":31']],
    ["two calls with one id", ["Cairo"]],
    ["the end of a thought in the answer", ["</think> 215 minutes."]],
    ["channel tokens in the name of a call", ["<|channel|>commentary"]],
    ["the JSON answer in the thought", ["Mars"]],
    ["a call's markup in the answer (Hermes)", ["tool_call"]],
    ["400 tool_use_failed that quotes half a call", ["failed_generation"]],
    ["arguments that are not JSON", ["Florence}"]],
    ["a number where the schema says text", ["5"]],
    ["a call with another city", ["Rome"]],
    ["no call where one is needed", ["I guess"]],
    ["an answer that does not use the result", ["22 °C"]],
    ["the same call again and again", Array.from({ length: 3 }, () => "check_job")],
  ])("of %s", async (planted, texts) => {
    expect(await seenOf(planted)).toEqual(texts.map((text) => expect.stringContaining(text)));
  });

  test("wherever the server sent any for it", async () => {
    const without: string[] = [];
    for (const { planted, verdict, paired } of PLANTED_FAULTS) {
      // What is seen of several answers or prompts is in no frame.
      if (typeof verdict === "string" || verdict[0] === "effort" || paired !== undefined) continue;
      const seen = await seenOf(planted);
      if (seen.includes(null) || seen.length === 0) without.push(planted);
    }
    // Nothing came where something should: there is only the step to point at.
    expect(without).toEqual([
      "a call that the model wrote and that nowhere arrives",
      "no text, and the server reports the question in the prompt",
      "the same, and the server reports that the model wrote the word",
      "neither a call nor a text, and the server reports that the model wrote one",
    ]);
  });
});
