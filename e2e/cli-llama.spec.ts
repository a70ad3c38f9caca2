import { writeFileSync } from "node:fs";

import { expect, test } from "./fixtures";
import { runCli, WEATHER } from "./run-cli";

// A real model on a busy machine; this test is not about how long it takes.
test.describe.configure({ timeout: 240_000 });

const RESULT = "22 degrees and sunny";
const LANE = ["run", "--lane", "llamacpp/smollm2-135m", "--effort", "low", "--set", "temperature=0"];
const TIMINGS =
  /^[\d.,]+ tok\/s \(server\) · [\d.,]+ s to first token \(measured\) · \d+ tokens \(server\) · [\d.,]+ s \(measured\)$/u;

test("vitrine run on the demo model prints the thought, the call, its result, the answer and the timings", async ({
  llama,
}, info) => {
  const tools = info.outputPath("tools.json");
  writeFileSync(tools, JSON.stringify([WEATHER]));
  const { code, out } = await runCli(
    [
      ...LANE,
      "--prompt",
      "What is the weather in Florence?",
      "--tools",
      tools,
      "--result",
      `weather=${RESULT}`,
    ],
    { LLAMA_CPP_URL: `${llama.url}/v1` },
  );
  expect([code, out.trim().split("\n")]).toEqual([
    0,
    [
      expect.stringContaining("Florence"),
      '-> weather({"location": "Florence"})',
      expect.stringMatching(TIMINGS),
      `  <- ${RESULT}`,
      // What so small a model makes of the result differs from one kind of CPU to the next.
      expect.stringMatching(/\w/u),
      expect.stringMatching(/\w/u),
      expect.stringMatching(TIMINGS),
    ],
  ]);
});

test("vitrine run --json on the demo model prints the turn with the numbers that the server reported", async ({
  llama,
}) => {
  const { code, out } = await runCli([...LANE, "--prompt", "How many months are in a year?", "--json"], {
    LLAMA_CPP_URL: `${llama.url}/v1`,
  });
  expect(code).toBe(0);
  const { lane, turn } = JSON.parse(out);
  expect([lane, turn.steps.length]).toEqual(["llamacpp/smollm2-135m", 1]);
  const [step] = turn.steps;
  expect(step).toMatchObject({
    status: { state: "done" },
    parts: [
      { type: "reasoning", text: expect.stringMatching(/\w/u) },
      { type: "text", text: expect.stringMatching(/\w/u) },
    ],
    finish: { unified: "stop" },
    usage: { output: expect.any(Number) },
    timings: { outputTokens: step.usage.output, reported: { predicted_n: step.usage.output } },
  });
});
