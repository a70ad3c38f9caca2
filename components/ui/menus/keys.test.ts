import { expect, it } from "vitest";

import { keysInWords } from "./keys";

it.each([
  ["$mod+k", "Ctrl K", "⌘ K"],
  ["Alt+n", "Alt N", "⌥ N"],
  ["Alt+Digit3", "Alt 3", "⌥ 3"],
  ["Alt+Period", "Alt .", "⌥ ."],
  ["Shift+?", "?", "?"],
  ["Shift+F6", "Shift F6", "⇧ F6"],
  ["Alt+Shift+KeyF", "Alt Shift F", "⌥ ⇧ F"],
  ["Shift+Enter", "Shift Enter", "⇧ Enter"],
])("%s reads %s, and %s on an Apple keyboard", (chord, words, apple) => {
  expect([keysInWords(chord, false), keysInWords(chord, true)]).toEqual([words, apple]);
});
