import { expect, it } from "vitest";

import { textAfter } from "@/lib/markdown/growing-text";
import type { TimedEvent } from "@/lib/stream/turn/event";
import { emptyTurn } from "@/lib/stream/turn/fold";

import type { FrameClock, FrameReport } from "./frame-clock";
import { turnId } from "./ids";
import { createLiveTurns } from "./live-turns";

/** When the first frame is counted from, and how far apart frames are, in ms. */
const FRAMES_BEGIN = 1_000;
const FRAME_MS = 50;
/** A turn that was drawn rests this long, in ms: less than three frames of a screen at 60 Hz. */
const REST_MS = 42;

/** Frames that come when the test says so. */
function handFrames(): FrameClock & {
  /** A frame this many ms after the previous one, which took `lastMs`; without it, one that draws everything. */
  readonly frame: (lastMs?: number, isKey?: boolean, passedMs?: number) => void;
  /** The times that frames were asked for. */
  readonly asked: () => readonly number[];
} {
  let pending: ((frame: FrameReport) => void)[] = [];
  const asked: number[] = [];
  let at = FRAMES_BEGIN;
  return {
    request: (draw, notBefore) => {
      asked.push(notBefore);
      pending = [draw];
    },
    frame: (lastMs, isKey = false, passedMs = FRAME_MS) => {
      at += passedMs;
      const now = pending;
      pending = [];
      const isWhole = lastMs === undefined;
      for (const draw of now) draw({ at, lastMs: lastMs ?? null, isWhole, isKey });
    },
    asked: () => asked,
  };
}

const start = (stepId: string): TimedEvent => ({
  at: 0,
  event: {
    type: "step-start",
    stepId,
    request: { provider: "p", dialect: "chat-completions", model: "m", endpoint: null },
  },
});
const open: TimedEvent = { at: 1, event: { type: "text-start", id: "t" } };
const text = (piece: string): TimedEvent => ({ at: 2, event: { type: "text-delta", id: "t", text: piece } });
const ids = ["a", "b", "c", "d"].map(turnId);

function opened() {
  const frames = handFrames();
  const live = createLiveTurns(frames);
  const drawn: string[] = [];
  for (const id of ids) {
    live.open(id, emptyTurn(), () => 0);
    live.subscribe(id, () => drawn.push(id));
  }
  return { frames, live, drawn };
}

it("the store of live turns folds at once, and notifies readers in the next frame", () => {
  const { frames, live, drawn } = opened();
  const [a] = ids;
  if (!a) expect.unreachable("there is a turn");
  live.push(a, [start("s"), open]);
  live.push(a, [text("He")]);
  live.push(a, [text("llo")]);
  expect(live.current(a)?.steps[0]?.parts).toMatchObject([{ text: "Hello" }]);
  expect([live.drawn(a)?.steps, drawn]).toEqual([[], []]);
  frames.frame();
  expect(live.drawn(a)).toBe(live.current(a));
  expect([drawn, frames.asked()]).toEqual([["a"], [0]]);
});

it("the store of live turns notifies nobody about a turn that did not change", () => {
  const { frames, live, drawn } = opened();
  for (const id of ids.slice(0, 2)) live.push(id, [start("s")]);
  frames.frame();
  live.push(turnId("b"), [open, text("x")]);
  const before = live.drawn(turnId("a"));
  frames.frame();
  expect(live.drawn(turnId("a"))).toBe(before);
  expect(drawn).toEqual(["a", "b", "b"]);
});

it("the store of live turns draws some of the lanes in each frame, and those that waited first in the next", () => {
  const { frames, live, drawn } = opened();
  for (const id of ids) live.push(id, [start("s")]);
  frames.frame(5);
  expect(drawn).toEqual(["a", "b"]);
  frames.frame(5, false, 16);
  expect(drawn).toEqual(["a", "b", "c", "d"]);
});

it("the store of live turns draws one lane after frames that took too long", () => {
  const { frames, live, drawn } = opened();
  for (const id of ids) live.push(id, [start("s")]);
  frames.frame(40);
  frames.frame(40);
  expect(drawn).toEqual(["a", "b", "c"]);
  for (const id of ids) live.push(id, [open]);
  frames.frame(40);
  expect(drawn.slice(3)).toEqual(["d"]);
});

it("the store of live turns lets a lane rest once it was drawn, and asks for a frame when it has rested", () => {
  const { frames, live, drawn } = opened();
  const a = turnId("a");
  live.push(a, [start("s"), open, text("a")]);
  frames.frame(5);
  live.push(a, [text("b")]);
  frames.frame(5, false, 16);
  frames.frame(5, false, 16);
  expect(drawn).toEqual(["a"]);
  const [first, ...later] = frames.asked();
  const drawnAt = FRAMES_BEGIN + FRAME_MS;
  expect([first, new Set(later)]).toEqual([0, new Set([drawnAt + REST_MS])]);
  frames.frame(5, false, 16);
  expect(drawn).toEqual(["a", "a"]);
});

it("the store of live turns draws no lane in the frame of a key, and those that waited in the next", () => {
  const { frames, live, drawn } = opened();
  for (const id of ids.slice(0, 2)) live.push(id, [start("s")]);
  frames.frame(5, true);
  expect(drawn).toEqual([]);
  frames.frame(5);
  expect(drawn).toEqual(["a", "b"]);
});

it("the store of live turns reports drawn words once a frame, after the readers, and not for a frame without any", () => {
  const { frames, live, drawn } = opened();
  const end = live.onDraw(() => drawn.push("any"));
  for (const id of ids) live.push(id, [start("s")]);
  frames.frame(1);
  expect(drawn).toEqual(["a", "b", "any"]);
  frames.frame(1, true);
  expect(drawn).toHaveLength(3);
  end();
  frames.frame();
  expect(drawn).toEqual(["a", "b", "any", "c", "d"]);
});

it("the store of live turns draws everything in the first frame that is seen, however long the last one took and whoever rests", () => {
  const { frames, live, drawn } = opened();
  for (const id of ids) live.push(id, [start("s")]);
  frames.frame(40);
  for (const id of ids) live.push(id, [open]);
  frames.frame(undefined, false, 16);
  expect(drawn.slice(2)).toEqual(["c", "d", "a", "b"]);
});

it("the store of live turns notifies readers at once when a turn ends, and not those that have unsubscribed", () => {
  const { frames, live, drawn } = opened();
  const leave = live.subscribe(turnId("a"), () => drawn.push("again"));
  leave();
  live.push(turnId("a"), [start("s")]);
  live.close(turnId("a"));
  expect([drawn, live.drawn(turnId("a")), live.push(turnId("a"), [open])]).toEqual([["a"], null, null]);
  frames.frame();
  expect(drawn).toEqual(["a"]);
});

it("the store of live turns returns with each frame what is new in a text, also when its kind changes", () => {
  const { frames, live } = opened();
  const [a] = ids;
  if (!a) expect.unreachable("there is a turn");
  const words = () => live.words(a, "t");
  const after = (length: number) => {
    const known = words();
    return known === null ? null : textAfter(known, length);
  };
  live.push(a, [start("s"), open, text("He")]);
  frames.frame();
  expect(words()).toEqual({ whole: "He", from: 0, added: "He", isOpen: true });
  expect(words()).toBe(words());
  live.push(a, [text("l")]);
  live.push(a, [text("lo"), { at: 3, event: { type: "text-to-reasoning", id: "t" } }]);
  frames.frame();
  expect(words()).toEqual({ whole: "Hello", from: 2, added: "llo", isOpen: true });
  expect([after(2), after(0)]).toEqual(["llo", "Hello"]);
  expect(live.drawn(a)?.steps[0]?.parts).toMatchObject([{ type: "reasoning", text: "Hello" }]);
});

it("the store of live turns draws a turn again only for more than words, or when it is asked to", () => {
  const { frames, live, drawn } = opened();
  const a = turnId("a");
  live.push(a, [start("s"), open]);
  frames.frame();
  live.push(a, [text("He")]);
  frames.frame();
  const before = live.drawn(a);
  expect(before?.steps[0]?.parts).toMatchObject([{ text: "He" }]);
  live.push(a, [text("llo")]);
  frames.frame();
  expect(live.drawn(a)).toBe(before);
  expect(live.words(a, "t")?.whole).toBe("Hello");
  const drawnBefore = drawn.length;
  live.refresh(a);
  live.refresh(a);
  expect([live.drawn(a) === live.current(a), drawn.length - drawnBefore]).toEqual([true, 1]);
});

it("the store of live turns draws a turn in the frame that brings more than words, with all words that came", () => {
  const { frames, live } = opened();
  const a = turnId("a");
  live.push(a, [start("s"), open, text("He")]);
  frames.frame();
  live.push(a, [text("llo"), { at: 3, event: { type: "text-end", id: "t" } }]);
  frames.frame();
  expect(live.drawn(a)?.steps[0]?.parts).toMatchObject([{ text: "Hello", endedAt: 3 }]);
});

it("the store of live turns returns the words of a part that came before the step's newest one, and none of a step that is over", () => {
  const { frames, live } = opened();
  const a = turnId("a");
  live.push(a, [start("s"), open, text("He")]);
  frames.frame();
  live.push(a, [start("s2"), open]);
  frames.frame();
  expect(live.words(a, "t")).toEqual({ whole: "", from: 0, added: "", isOpen: true });
  live.push(a, [text("Yes")]);
  frames.frame();
  expect(live.words(a, "t")).toEqual({ whole: "Yes", from: 0, added: "Yes", isOpen: true });
  expect(live.words(a, "other")).toBeNull();
});
