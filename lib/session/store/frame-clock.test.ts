import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { createFrameClock, type FrameReport } from "./frame-clock";
import { createKeyWatch } from "./key-watch";

/** A page whose frames come when the test says so, and none while it is hidden. */
function createPage() {
  const target = new EventTarget();
  const frames = new Map<number, (at: number) => void>();
  const sent: (() => void)[] = [];
  let last = 0;
  const page = {
    hidden: false,
    addEventListener: target.addEventListener.bind(target),
    press: () => target.dispatchEvent(new Event("keydown")),
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
    /** What was sent in the frame has arrived. */
    painted: () => {
      for (const deliver of sent.splice(0)) deliver();
    },
  };
  vi.stubGlobal("document", page);
  vi.stubGlobal("requestAnimationFrame", (call: (at: number) => void) => {
    last += 1;
    frames.set(last, call);
    return last;
  });
  vi.stubGlobal(
    "MessageChannel",
    class {
      readonly port1 = Object.assign(new EventTarget(), { start: () => undefined });
      readonly port2 = { postMessage: () => sent.push(() => this.port1.dispatchEvent(new Event("message"))) };
    },
  );
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

it("the frame clock draws in the next frame, and reports once how long the last one took including painting", () => {
  const page = createPage();
  const clock = createFrameClock(createKeyWatch());
  const took: (number | null)[] = [];
  const draw = ({ lastMs }: FrameReport) => took.push(lastMs);
  clock.request(draw, 0);
  page.frame();
  vi.advanceTimersByTime(9);
  page.painted();
  clock.request(draw, 0);
  page.frame();
  clock.request(draw, 0);
  page.frame();
  expect(took).toEqual([null, 9, null]);
});

it("the frame clock goes on by a timer while the page is hidden, and draws everything then", () => {
  const page = createPage();
  const clock = createFrameClock(createKeyWatch());
  const whole: boolean[] = [];
  page.show(false);
  clock.request(({ isWhole }) => whole.push(isWhole), 0);
  page.frame();
  expect(whole).toEqual([]);
  vi.advanceTimersByTime(250);
  expect(whole).toEqual([true]);
});

it("the frame clock draws everything in the first frame of a page that is seen again, and only in that", () => {
  const page = createPage();
  const clock = createFrameClock(createKeyWatch());
  const whole: boolean[] = [];
  const draw = ({ isWhole }: FrameReport) => whole.push(isWhole);
  page.show(false);
  clock.request(draw, 0);
  vi.advanceTimersByTime(200);
  page.show(true);
  page.frame();
  clock.request(draw, 0);
  page.frame();
  expect(whole).toEqual([true, false]);
});

it("the frame clock leaves the frames after a key to the key, but never lets held keys keep text waiting", () => {
  const page = createPage();
  const clock = createFrameClock(createKeyWatch());
  const keys: boolean[] = [];
  const frameAfter = (ms: number) => {
    clock.request(({ isKey }) => keys.push(isKey), 0);
    vi.advanceTimersByTime(ms);
    page.frame();
  };
  frameAfter(200);
  page.press();
  frameAfter(20);
  frameAfter(40);
  expect(keys).toEqual([false, true, false]);
  for (let held = 0; held < 5; held += 1) {
    page.press();
    frameAfter(30);
  }
  expect(keys.slice(3)).toEqual([true, true, true, false, true]);
});

it("the frame clock draws in the first frame at or after the time it was asked for, the soonest of them", () => {
  const page = createPage();
  const clock = createFrameClock(createKeyWatch());
  const drawn: string[] = [];
  const zero = performance.now();
  clock.request(() => drawn.push("late"), zero + 50);
  page.frame();
  vi.advanceTimersByTime(16);
  page.frame();
  expect(drawn).toEqual([]);
  clock.request(() => drawn.push("soon"), zero + 20);
  vi.advanceTimersByTime(16);
  page.frame();
  expect(drawn).toEqual(["soon"]);
  vi.advanceTimersByTime(50);
  page.frame();
  expect(drawn).toEqual(["soon"]);
});

it("the frame clock does not keep a page that is seen again waiting", () => {
  const page = createPage();
  const clock = createFrameClock(createKeyWatch());
  const whole: boolean[] = [];
  page.show(false);
  clock.request(({ isWhole }) => whole.push(isWhole), performance.now() + 40);
  page.show(true);
  page.frame();
  expect(whole).toEqual([true]);
});
