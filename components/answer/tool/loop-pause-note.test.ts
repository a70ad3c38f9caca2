import { expect, it } from "vitest";

import { pauseWords } from "./loop-pause-note";

it.each([
  [{ why: "calls", limit: 50 }, 4_120, "4,120 calls in one step, and the limit is 50. They wait."],
  [{ why: "calls", limit: 50 }, 6, "Stopped before the limit of 50 calls."],
  [{ why: "steps", limit: 10 }, 1, "Stopped at the limit of 10 steps."],
  [{ why: "steps", limit: 1_000 }, 0, "Stopped: one answer has at most 1,000 steps. Send a prompt to go on."],
  [{ why: "flood", calls: 1_031, different: 10 }, 1_031, "Stopped: 1,031 calls, and only 10 of them differ."],
] as const)("a lane that waits because of %j says so", (pause, waiting, words) => {
  expect(pauseWords(pause, waiting)).toBe(words);
});
