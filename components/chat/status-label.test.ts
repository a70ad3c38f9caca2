import { describe, expect, it } from "vitest";

import { buildStep, buildText } from "@/lib/stream/build-step";

import { statusLabel } from "./status-label";

describe("statusLabel", () => {
  it("tells how far the prompt was read and how much of it was cached", () => {
    const promptProgress = { total: 2048, cached: 128, processed: 512, elapsedMs: 90, at: 120 };
    const step = buildStep({ status: { state: "reading-prompt" }, sentAt: 10, promptProgress });
    expect(statusLabel(step)).toEqual({
      say: "reading the prompt",
      numbers: "512 / 2,048 (cached 128)",
      since: 10,
    });
  });

  it("announces a retry with its number, its delay and its cause", () => {
    const error = { source: "network", code: "ECONNRESET", message: "", retryable: true } as const;
    const retry = { attempt: 1, of: 2, delayMs: 500, error, at: 40 };
    expect(statusLabel(buildStep({ status: { state: "retrying", retry } }))).toEqual({
      say: "retry",
      numbers: "1/2 in 0.50 s, after ECONNRESET",
      since: 40,
    });
  });

  it("tells connecting from waiting for the first token", () => {
    const connecting = { status: { state: "connecting" } } as const;
    expect([
      statusLabel(buildStep({ status: { state: "queued" }, sentAt: null }))?.say,
      statusLabel(buildStep(connecting))?.say,
      statusLabel(buildStep({ ...connecting, headAt: 50 }))?.say,
    ]).toEqual(["waiting for a free stream", "connecting", "waiting for the first token"]);
  });

  it("is silent once something is shown or all is over", () => {
    expect([
      statusLabel(buildStep({ status: { state: "answering" }, parts: [buildText()] })),
      statusLabel(buildStep()),
    ]).toEqual([null, null]);
  });
});
