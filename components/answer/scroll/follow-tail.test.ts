import { expect, it } from "vitest";

import { followsAfterScroll, isAtTail, scrollsUp } from "./follow-tail";

const atEnd = { top: 600, height: 1000, view: 400 };

it("a view is at its tail within a few pixels of the end", () => {
  expect([isAtTail(atEnd), isAtTail({ ...atEnd, top: 597 }), isAtTail({ ...atEnd, top: 580 })]).toEqual([
    true,
    true,
    false,
  ]);
});

it.each([
  ["lets go when the reader moves up", true, atEnd, { ...atEnd, top: 590 }, false],
  ["keeps following while the content grows", true, atEnd, { ...atEnd, height: 1200 }, true],
  ["keeps following when content above shrinks", true, atEnd, { top: 500, height: 900, view: 400 }, true],
  ["keeps following when the view grows", true, atEnd, { top: 500, height: 1000, view: 500 }, true],
  [
    "stays away when the reader moves down but not to the end",
    false,
    { ...atEnd, top: 100 },
    { ...atEnd, top: 300 },
    false,
  ],
  [
    "stays away at an end to which nothing moved it: its windows opened, and the page went along",
    false,
    atEnd,
    atEnd,
    false,
  ],
  ["follows again when the reader comes to the end", false, { ...atEnd, top: 300 }, atEnd, true],
  [
    "stays away when shrinking content moves the reader",
    false,
    { ...atEnd, top: 300 },
    { top: 250, height: 650, view: 400 },
    false,
  ],
])("%s", (_, isFollowing, before, now, expected) => {
  expect(followsAfterScroll(isFollowing, before, now)).toBe(expected);
});

it("keys that scroll up are known", () => {
  expect([
    scrollsUp("PageUp", false),
    scrollsUp(" ", true),
    scrollsUp(" ", false),
    scrollsUp("a", false),
  ]).toEqual([true, true, false, false]);
});

it.each([
  ["more", 1100],
  ["less", 980],
])("a view keeps following when its content shrank and then grew to %s than before", (_, height) => {
  const moved = { top: 500, height, view: 400 };
  expect(followsAfterScroll(true, atEnd, moved)).toBe(true);
  expect(followsAfterScroll(true, atEnd, moved, { isHeld: true })).toBe(false);
  // Further than a view: the browser's search, or a link.
  expect(followsAfterScroll(true, atEnd, { ...moved, top: 190 })).toBe(false);
});

it("a view keeps following when its content shrank and has just grown to the same height again", () => {
  const moved = { ...atEnd, top: 500 };
  expect(followsAfterScroll(true, atEnd, moved, { isChanging: true })).toBe(true);
  expect(followsAfterScroll(true, atEnd, moved, { isChanging: true, isHeld: true })).toBe(false);
  expect(followsAfterScroll(true, atEnd, moved)).toBe(false);
});

it("a view lets a reader go who moves up further than shrinking content explains", () => {
  const tail = { top: 25_000, height: 26_000, view: 1_000 };
  expect(followsAfterScroll(true, tail, { top: 100, height: 25_800, view: 1_000 })).toBe(false);
  expect(followsAfterScroll(true, tail, { top: 24_800, height: 25_800, view: 1_000 })).toBe(true);
});
