import { expect, it } from "vitest";

import { isMeant, tinyChord } from "./letter-chord";

it.each([
  ["Alt+n", "Alt+(n|KeyN)"],
  ["Alt+Digit1", "Alt+Digit1"],
  ["$mod+k", "$mod+k"],
  ["Shift+?", "Shift+?"],
])("a chord finds the letter of %s also by its position", (chord, expected) => {
  expect(tinyChord(chord)).toBe(expected);
});

it.each([
  ["the letter itself, in a field too", "n", true, true],
  ["the letter with Shift or Caps Lock", "N", false, true],
  ["a Mac's character of that key", "˜", false, true],
  ["a Mac's dead key", "Dead", false, true],
  ["a Mac's character that is typed into a field", "˜", true, false],
  ["another letter at that place, as on Dvorak", "b", false, false],
])("a chord compared with %s: %j while typing %j is %j", (_, key, isTyping, meant) => {
  expect(isMeant("Alt+n", { key, isTyping })).toBe(meant);
});

it("a character is a chord only outside of fields", () => {
  expect([true, false].map((isTyping) => isMeant("Shift+?", { key: "?", isTyping }))).toEqual([false, true]);
});
