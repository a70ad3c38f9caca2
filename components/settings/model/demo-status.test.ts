import { expect, it } from "vitest";

import { demoWords } from "./demo-status";

it("the status of the demo model shows how much of the download has arrived", () => {
  const demo = {
    state: "installing",
    receivedBytes: 41_200_000,
    totalBytes: 127_000_000,
    elapsedMs: 900,
  } as const;
  expect(demoWords(demo)).toEqual({
    text: "installing 41 of 127 MB",
    share: 41_200_000 / 127_000_000,
    action: null,
    failed: false,
  });
});

it("the status of the demo model shows the elapsed time if the installer reports no bytes", () => {
  const demo = {
    state: "installing",
    receivedBytes: null,
    totalBytes: 127_000_000,
    elapsedMs: 4_400,
  } as const;
  expect(demoWords(demo)).toEqual({ text: "installing, 4 s", share: null, action: null, failed: false });
});

it("the status of the demo model offers the install with its size, and another try after a failure", () => {
  expect(demoWords({ state: "available", downloadBytes: 127_000_000 }).action).toBe("Install (127 MB)");
  expect(demoWords({ state: "failed", what: "No Python ≥ 3.10 was found.", next: "Install it." })).toEqual({
    text: "No Python ≥ 3.10 was found. Install it.",
    share: null,
    action: "Try again",
    failed: true,
  });
});
