import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { createPatience } from "./patience";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const FIVE_MINUTES = 5 * 60_000;

it("a tool that is silent for five minutes is waited for no longer", () => {
  const patience = createPatience(new AbortController().signal);
  vi.advanceTimersByTime(FIVE_MINUTES - 1);
  expect(patience.signal.aborted).toBe(false);
  patience.renew();
  vi.advanceTimersByTime(FIVE_MINUTES - 1);
  expect(patience.signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(patience.signal.aborted).toBe(true);
});

it("a person who is asked may take any time, also while the tool reports progress", () => {
  const patience = createPatience(new AbortController().signal);
  patience.pause(true);
  patience.renew();
  vi.advanceTimersByTime(FIVE_MINUTES * 100);
  expect(patience.signal.aborted).toBe(false);
  patience.pause(false);
  vi.advanceTimersByTime(FIVE_MINUTES);
  expect(patience.signal.aborted).toBe(true);
});

it("ends with its caller, and leaves no timer behind", () => {
  const caller = new AbortController();
  const patience = createPatience(caller.signal);
  caller.abort();
  expect(patience.signal.aborted).toBe(true);
  patience.end();
  expect(vi.getTimerCount()).toBe(0);
});
