import { expect, it } from "vitest";

import { createLimiter } from "./limits";

it("the limit lets eight answers run at once and counts each release once", () => {
  const limiter = createLimiter(8);
  const admitted = Array.from({ length: 8 }, () => limiter.admit(0));
  expect(admitted.every(({ ok }) => ok)).toBe(true);
  expect(limiter.admit(0)).toEqual({ ok: false, waitMs: 1000, message: "8 answers are already running." });
  const [first] = admitted;
  if (first?.ok === true) {
    first.release();
    first.release();
  }
  expect([limiter.admit(0).ok, limiter.admit(0).ok]).toEqual([true, false]);
});

it("the limit lets 120 answers start within any minute and reports when the next may", () => {
  const limiter = createLimiter(8);
  for (let start = 0; start < 120; start += 1) {
    const admission = limiter.admit(start * 100);
    expect(admission.ok).toBe(true);
    if (admission.ok) admission.release();
  }
  expect(limiter.admit(20_000)).toEqual({
    ok: false,
    waitMs: 40_000,
    message: "120 answers were started within a minute.",
  });
  expect(limiter.admit(60_000).ok).toBe(true);
});
