import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { createOneAFrame } from "./one-a-frame";

let frames: Map<number, () => void>;
let isKey: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  frames = new Map();
  isKey = false;
  vi.stubGlobal("requestAnimationFrame", (call: () => void) => frames.set(frames.size, call).size - 1);
  vi.stubGlobal("cancelAnimationFrame", (id: number) => frames.delete(id));
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function fails(): void {
  throw new Error("ours");
}

function frame(): void {
  const now = [...frames.values()];
  for (const call of now) call();
}

it("the queue of calls makes the first call at once and each further one in a frame of its own, in order", () => {
  const oneAFrame = createOneAFrame({ isKey: () => isKey });
  const made: string[] = [];
  for (const name of ["a", "b", "c"]) oneAFrame(() => made.push(name));
  expect(made).toEqual(["a"]);
  frame();
  expect(made).toEqual(["a", "b"]);
  frame();
  expect(made).toEqual(["a", "b", "c"]);
});

it("the queue of calls makes a call at once again after a frame without one", () => {
  const oneAFrame = createOneAFrame({ isKey: () => isKey });
  const made: string[] = [];
  oneAFrame(() => made.push("a"));
  frame();
  oneAFrame(() => made.push("b"));
  expect(made).toEqual(["a", "b"]);
});

it("the queue of calls leaves the frames after a key to the key, but makes its call after 100 ms of them", () => {
  const oneAFrame = createOneAFrame({ isKey: () => isKey });
  const made: string[] = [];
  for (const name of ["a", "b", "c"]) oneAFrame(() => made.push(name));
  isKey = true;
  frame();
  expect(made).toEqual(["a"]);
  isKey = false;
  frame();
  expect(made).toEqual(["a", "b"]);
  isKey = true;
  frame();
  expect(made).toEqual(["a", "b"]);
  vi.advanceTimersByTime(100);
  expect(made).toEqual(["a", "b", "c"]);
});

it("the queue of calls goes on where no frames come, as in a hidden page", () => {
  const oneAFrame = createOneAFrame({ isKey: () => isKey });
  const made: string[] = [];
  for (const name of ["a", "b"]) oneAFrame(() => made.push(name));
  vi.advanceTimersByTime(100);
  expect(made).toEqual(["a", "b"]);
});

it("the queue of calls keeps nobody waiting for a call that threw", () => {
  const oneAFrame = createOneAFrame({ isKey: () => isKey });
  const made: string[] = [];
  expect(() => oneAFrame(fails)).toThrow("ours");
  oneAFrame(() => made.push("b"));
  frame();
  expect(made).toEqual(["b"]);
});
