import { readFileSync } from "node:fs";

import { readVerifyRunText } from "@/lib/verify/saved/saved-run";
import { trialName } from "@/lib/verify/trial";

import { expect, test } from "./fixtures";
import { runCli } from "./run-cli";

// A real model on a busy machine; this test is not about how long it takes.
test.describe.configure({ timeout: 1_800_000 });

test("vitrine verify runs the seed suite on the demo model and gives every trial its verdict", async ({
  llama,
}, info) => {
  const json = info.outputPath("run.json");
  const words = ["--lane", "llamacpp/smollm2-135m", "--set", "temperature=0", "--set", "cache_prompt=false"];
  const { code, out } = await runCli(["verify", ...words, "--suite", "seed", "--n", "1", "--json", json], {
    LLAMA_CPP_URL: `${llama.url}/v1`,
  });
  const read = readVerifyRunText(readFileSync(json, "utf8"));
  if (!read.ok) throw new Error(read.why);
  const { trials, lanes, voided, endedAt } = read.run;
  expect(trials.map(({ key }) => trialName(key))).toEqual(
    ["W1", "W4", "S1", "P1"].flatMap((id) => [`${id} whole #1`, `${id} stream #1`]),
  );
  // What so small a model answers differs from one kind of CPU to the next: that it was asked and graded does not.
  const ours = trials.filter(
    ({ verdict }) =>
      verdict.verdict === "skipped" ||
      (verdict.verdict === "not-measured" && !["cap", "not-exercised"].includes(verdict.reason)),
  );
  expect(ours).toEqual([]);
  expect(trials.every(({ figures }) => figures.steps > 0 && figures.outputTokens !== null)).toBe(true);
  expect([voided, endedAt]).toEqual([null, expect.any(Number)]);
  expect(lanes).toEqual([
    expect.objectContaining({
      before: expect.objectContaining({
        model: "smollm2-135m",
        quantization: "Q4_1",
        templateHash: expect.stringMatching(/^[0-9a-f]{12}$/u),
        contextTokens: 4096,
      }),
    }),
  ]);
  expect(lanes[0]?.after).toEqual(lanes[0]?.before);
  expect(code).toBe(trials.some(({ verdict }) => verdict.verdict === "not-measured") ? 2 : 0);
  expect(out).toContain("S1 whole weather in Florence");
});
