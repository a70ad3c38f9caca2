import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { createFrameClock } from "./frame-clock";

/** A page whose frames come when the test says so, and none while it is hidden. */
function createPage() {
  const target = new EventTarget();
  const frames = new Map<number, (at: number) => void>();
  let last = 0;
  const page = {
    hidden: false,
    addEventListener: target.addEventListener.bind(target),
    show: (isShown: boolean) => {
      page.hidden = !isShown;
      target.dispatchEvent(new Event("visibilitychange"));
    },
    frame: () => {
      if (page.hidden) return;
      const now = [...frames.values()];
      frames.clear();
      for (const call of now) call(performance.now());
    },
  };
  vi.stubGlobal("document", page);
  vi.stubGlobal("requestAnimationFrame", (call: (at: number) => void) => {
    last += 1;
    frames.set(last, call);
    return last;
  });
  vi.stubGlobal("cancelAnimationFrame", (id: number) => frames.delete(id));
  return page;
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it("draws in the next frame, and says when that came late", () => {
  const page = createPage();
  const clock = createFrameClock();
  const late: boolean[] = [];
  clock.request((isLate) => late.push(isLate));
  vi.advanceTimersByTime(16);
  page.frame();
  clock.request((isLate) => late.push(isLate));
  vi.advanceTimersByTime(60);
  page.frame();
  expect(late).toEqual([false, true]);
});

it("goes on by a timer while the page is hidden", () => {
  const page = createPage();
  const clock = createFrameClock();
  const late: boolean[] = [];
  page.show(false);
  clock.request((isLate) => late.push(isLate));
  page.frame();
  expect(late).toEqual([]);
  vi.advanceTimersByTime(250);
  expect(late).toEqual([false]);
});

it("draws everything in the first frame of a page that is seen again", () => {
  const page = createPage();
  const clock = createFrameClock();
  const late: boolean[] = [];
  page.show(false);
  clock.request((isLate) => late.push(isLate));
  vi.advanceTimersByTime(200);
  page.show(true);
  page.frame();
  expect(late).toEqual([false]);
});
