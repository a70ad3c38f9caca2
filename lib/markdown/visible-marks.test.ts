import { expect, it } from "vitest";

import { showMarks } from "./visible-marks";

it.each([
  ["a bidi override", "a\u202Eb", "aU+202Eb"],
  ["a zero-width space", "a\u200Bb", "aU+200Bb"],
  ["tag characters", "a\u{E0041}\u{E0042}", "aU+E0041U+E0042"],
  ["a control character", "a\u0007\u001Bb", "aU+0007U+001Bb"],
  ["a lone surrogate", "a\uD800b", "aU+D800b"],
  ["a byte order mark", "\uFEFFa", "U+FEFFa"],
  ["a joiner between letters", "a\u200Db", "aU+200Db"],
])("writes %s as its code", (_, text, shown) => {
  expect(showMarks(text)).toBe(shown);
});

it.each(["plain text", "tab\tand\nnewline", "naïve 日本語", "👩‍👩‍👧 family", "é", ""])(
  "leaves %j as it is",
  (text) => {
    expect(showMarks(text)).toBe(text);
  },
);
