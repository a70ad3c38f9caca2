import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { startIdleTimeout } from "./idle-timeout";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const FIVE_MINUTES = 5 * 60_000;

it("a tool that is silent for five minutes is waited for no longer", () => {
  const timeout = startIdleTimeout(new AbortController().signal);
  vi.advanceTimersByTime(FIVE_MINUTES - 1);
  expect(timeout.signal.aborted).toBe(false);
  timeout.restart();
  vi.advanceTimersByTime(FIVE_MINUTES - 1);
  expect(timeout.signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(timeout.signal.aborted).toBe(true);
});

it("a person who is asked may take any time, also while the tool reports progress", () => {
  const timeout = startIdleTimeout(new AbortController().signal);
  timeout.pause(true);
  timeout.restart();
  vi.advanceTimersByTime(FIVE_MINUTES * 100);
  expect(timeout.signal.aborted).toBe(false);
  timeout.pause(false);
  vi.advanceTimersByTime(FIVE_MINUTES);
  expect(timeout.signal.aborted).toBe(true);
});

it("ends with its caller, and leaves no timer behind", () => {
  const caller = new AbortController();
  const timeout = startIdleTimeout(caller.signal);
  caller.abort();
  expect(timeout.signal.aborted).toBe(true);
  timeout.end();
  expect(vi.getTimerCount()).toBe(0);
});
