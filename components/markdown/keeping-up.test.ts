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

/** Frames so many ms apart. */
function pass(count: number, ms: number): void {
  for (let frame = 0; frame < count; frame += 1) {
    vi.advanceTimersByTime(ms);
    for (const call of frames.splice(0)) call(performance.now());
  }
}

async function waiting() {
  const { whenKeepingUp } = await import("./keeping-up");
  const ran: string[] = [];
  whenKeepingUp(() => ran.push("a"));
  whenKeepingUp(() => ran.push("b"));
  return ran;
}

it("runs what waits once so many frames in a row came in time", async () => {
  const ran = await waiting();
  pass(11, 16);
  expect(ran).toEqual([]);
  pass(1, 16);
  expect([ran, frames.length]).toEqual([["a", "b"], 0]);
});

it("counts anew after a late frame", async () => {
  const ran = await waiting();
  pass(11, 16);
  pass(1, 60);
  pass(11, 16);
  expect(ran).toEqual([]);
  pass(1, 16);
  expect(ran).toEqual(["a", "b"]);
});

it("keeps nothing waiting for ever on a screen of 30 frames a second", async () => {
  const ran = await waiting();
  pass(59, 33);
  expect(ran).toEqual([]);
  pass(2, 33);
  expect(ran).toEqual(["a", "b"]);
});
