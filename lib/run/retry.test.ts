import { describe, expect, it } from "vitest";

import type { RunError } from "@/lib/stream/turn/event";

import { retryDelay } from "./retry";

const busy: RunError = { source: "provider", code: "HTTP_503", message: "Busy.", retryable: true };

describe("a retry", () => {
  it("backs off with jitter, twice at most", () => {
    expect([retryDelay(busy, 1, 0), retryDelay(busy, 1, 0.999), retryDelay(busy, 2, 0)]).toEqual([
      400, 800, 800,
    ]);
    expect(retryDelay(busy, 3, 0)).toBeNull();
    expect(retryDelay({ ...busy, retryable: false }, 1, 0)).toBeNull();
  });

  it.each([
    ["at once", 0, 0],
    ["after the asked time", 2_500, 2_500],
    ["after a whole minute", 60_000, 60_000],
    ["not at all above a minute", 60_001, null],
    ["by its own backoff when the time is negative", -1, 400],
    ["by its own backoff when the time is no number", Number.NaN, 400],
  ])("comes %s", (_title, retryAfterMs, delay) => {
    expect(retryDelay({ ...busy, retryAfterMs }, 1, 0)).toBe(delay);
  });
});
