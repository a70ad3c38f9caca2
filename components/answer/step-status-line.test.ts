import { describe, expect, it } from "vitest";

import { buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";

import { statusLabel } from "./step-status-line";

describe("statusLabel", () => {
  it("shows how much of the prompt was read and how much of it was cached", () => {
    const promptProgress = { total: 2048, cached: 128, processed: 512, elapsedMs: 90, at: 120 };
    const step = buildStep({ status: { state: "reading-prompt" }, sentAt: 10, promptProgress });
    expect(statusLabel(step, 200)).toEqual({
      spoken: "reading the prompt",
      numbers: "512 / 2,048 (cached 128)",
      since: 10,
    });
  });

  it("counts down to a retry, with its number and its cause", () => {
    const error = { source: "network", code: "ECONNRESET", message: "", retryable: true } as const;
    const retry = { attempt: 1, of: 2, delayMs: 20_000, error, at: 40 };
    const step = buildStep({ status: { state: "retrying", retry } });
    expect([statusLabel(step, 40), statusLabel(step, 17_500), statusLabel(step, 30_000)]).toEqual([
      { spoken: "retry", numbers: "1/2 in 20 s, after ECONNRESET", since: null },
      { spoken: "retry", numbers: "1/2 in 3 s, after ECONNRESET", since: null },
      { spoken: "retry", numbers: "1/2 in 0 s, after ECONNRESET", since: null },
    ]);
  });

  it("names the status that a server refused with", () => {
    const error = {
      source: "provider",
      code: "HTTP_429",
      status: 429,
      message: "",
      retryable: true,
    } as const;
    const retry = { attempt: 2, of: 2, delayMs: 1_000, error, at: 0 };
    expect(statusLabel(buildStep({ status: { state: "retrying", retry } }), 0)?.numbers).toBe(
      "2/2 in 1 s, after HTTP 429",
    );
  });

  it("names what it waits for, and distinguishes waiting for the server from waiting for its first token", () => {
    const connecting = { status: { state: "connecting" } } as const;
    expect([
      statusLabel(buildStep({ status: { state: "queued", behind: "stream" }, sentAt: null }), 0)?.spoken,
      statusLabel(buildStep({ status: { state: "queued", behind: "server" }, sentAt: null }), 0)?.spoken,
      statusLabel(buildStep({ status: { state: "queued", behind: null }, sentAt: null }), 0)?.spoken,
      statusLabel(buildStep(connecting), 0)?.spoken,
      statusLabel(buildStep({ ...connecting, headAt: 50 }), 0)?.spoken,
    ]).toEqual([
      "queued: 5 answers are already streaming",
      "queued: another lane is using this server",
      // A step that begins has nothing in its way that is known.
      "waiting for the server",
      "waiting for the server",
      "waiting for the first token",
    ]);
  });

  it("is silent once something is shown or all is over", () => {
    expect([
      statusLabel(buildStep({ status: { state: "answering" }, parts: [buildText()] }), 0),
      statusLabel(buildStep(), 0),
    ]).toEqual([null, null]);
  });
});
