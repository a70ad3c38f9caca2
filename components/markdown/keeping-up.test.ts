import { afterEach, beforeEach, expect, it, vi } from "vitest";

let frames: ((at: number) => void)[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
  frames = [];
  vi.stubGlobal("requestAnimationFrame", (call: (at: number) => void) => frames.push(call));
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Frames this many ms apart. */
function pass(count: number, ms: number): void {
  for (let frame = 0; frame < count; frame += 1) {
    vi.advanceTimersByTime(ms);
    for (const call of frames.splice(0)) call(performance.now());
  }
}

/** Two frames of 20 and 40 ms, so many times. */
function passUneven(pairs: number): void {
  for (let pair = 0; pair < pairs; pair += 1) {
    pass(1, 20);
    pass(1, 40);
  }
}

async function waiting() {
  const { whenKeepingUp } = await import("./keeping-up");
  const ran: string[] = [];
  whenKeepingUp(() => ran.push("a"));
  whenKeepingUp(() => ran.push("b"));
  return ran;
}

it("the queue of late work runs what waits once so many frames in a row came in time, and asks for no more frames then", async () => {
  const ran = await waiting();
  pass(12, 16);
  expect(ran).toEqual([]);
  pass(1, 16);
  expect(ran).toEqual(["a"]);
  pass(3, 16);
  expect([ran, frames.length]).toEqual([["a", "b"], 0]);
});

it("the queue of late work runs one piece of work after the other, each once frames came in time after the one before", async () => {
  const ran = await waiting();
  pass(13, 16);
  pass(1, 60);
  pass(11, 16);
  expect(ran).toEqual(["a"]);
  pass(1, 16);
  expect(ran).toEqual(["a", "b"]);
});

it("the queue of late work watches frames once, also for work that asks for more work", async () => {
  const { whenKeepingUp } = await import("./keeping-up");
  const ran: string[] = [];
  whenKeepingUp(() => whenKeepingUp(() => ran.push("inner")));
  pass(13, 16);
  expect(frames).toHaveLength(1);
  pass(3, 16);
  expect([ran, frames.length]).toEqual([["inner"], 0]);
});

it("the queue of late work counts anew after a late frame", async () => {
  const ran = await waiting();
  pass(12, 16);
  pass(1, 60);
  pass(11, 16);
  expect(ran).toEqual([]);
  pass(1, 16);
  expect(ran).toEqual(["a"]);
});

it("the queue of late work keeps nothing waiting on a screen that shows 30 frames a second, evenly", async () => {
  const ran = await waiting();
  pass(13, 33);
  expect(ran).toEqual(["a"]);
});

it("the queue of late work runs what waits after five seconds of frames that come late", async () => {
  const ran = await waiting();
  passUneven(83);
  expect(ran).toEqual([]);
  passUneven(1);
  expect(ran).toEqual(["a", "b"]);
});
