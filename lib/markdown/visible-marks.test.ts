import { expect, it } from "vitest";

import { showMarks, showTraps, trapsIn } from "./visible-marks";

it.each([
  ["a bidi override", "a\u202Eb", "aU+202Eb"],
  ["a zero-width space", "a\u200Bb", "aU+200Bb"],
  ["tag characters", "a\u{E0041}\u{E0042}", "aU+E0041U+E0042"],
  ["a control character", "a\u0007\u001Bb", "aU+0007U+001Bb"],
  ["a lone surrogate", "a\uD800b", "aU+D800b"],
  ["a byte order mark", "\uFEFFa", "U+FEFFa"],
  ["a joiner between letters", "a\u200Db", "aU+200Db"],
])("a hidden character is written as its code: %s", (_, text, shown) => {
  expect(showMarks(text)).toBe(shown);
});

it.each(["plain text", "tab\tand\nnewline", "naïve 日本語", "👩‍👩‍👧 family", "é", ""])(
  "a harmless text stays as it is: %j",
  (text) => {
    expect(showMarks(text)).toBe(text);
  },
);

it.each([
  ["a bidi override", "safe \u202Etxt.exe", "safe U+202Etxt.exe"],
  ["a bidi isolate", "a\u2067b\u2069", "aU+2067bU+2069"],
  ["text in tag characters", "hi\u{E0068}\u{E0069}", "hiU+E0068U+E0069"],
  ["text in tags after a flag", "🏴\u{E0067}\u{E0062}\u{E0068}", "🏴U+E0067U+E0062U+E0068"],
  ["selectors after a letter", "a\u{E0101}", "aU+E0101"],
  ["a control character", "a\u0007b", "aU+0007b"],
])("a running text shows %s", (_, text, shown) => {
  expect(showTraps(text)).toBe(shown);
});

it.each([
  ["Persian with its joiner", "می\u200Cخواهم"],
  ["a direction mark", "C++\u200E עברית"],
  ["a family", "👩‍👩‍👧"],
  ["the flag of England", "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}"],
  ["a rare Chinese character", "辻\u{E0101}"],
  ["tabs and newlines", "a\tb\nc"],
])("a running text leaves %s as it is", (_, text) => {
  expect(showTraps(text)).toBe(text);
});

it("the list of marks names what deceives in a text that stays as it is, each code once", () => {
  expect(trapsIn("a\u202Eb\u202Ec\u{E0041}")).toEqual(["U+202E", "U+E0041"]);
  expect(trapsIn("👩‍👩‍👧 🏴\u{E0067}\u{E0062}\u{E007F} می‌خواهم")).toEqual([]);
});
