import { expect, it } from "vitest";

import { relativeDate } from "./relative-date";

const now = new Date(2026, 10, 29, 15, 0, 0).getTime();

it.each([
  ["just now", [2026, 10, 29, 14, 59, 30]],
  ["just now", [2026, 10, 29, 15, 4, 0]],
  ["1 minute ago", [2026, 10, 29, 14, 59, 0]],
  ["59 minutes ago", [2026, 10, 29, 14, 0, 1]],
  ["1 hour ago", [2026, 10, 29, 14, 0, 0]],
  ["14 hours ago", [2026, 10, 29, 0, 30, 0]],
  ["yesterday", [2026, 10, 28, 23, 30, 0]],
  ["6 days ago", [2026, 10, 23, 1, 0, 0]],
  ["Nov 22", [2026, 10, 22, 12, 0, 0]],
  ["Nov 30, 2025", [2025, 10, 30, 12, 0, 0]],
] as const)("a date reads %s for %j", (words, [year, month, day, hour, minute, second]) => {
  expect(relativeDate(new Date(year, month, day, hour, minute, second).getTime(), now)).toBe(words);
});

it("a date counts hours over midnight while they are few", () => {
  const night = new Date(2026, 10, 29, 1, 0, 0).getTime();
  expect(relativeDate(new Date(2026, 10, 28, 23, 0, 0).getTime(), night)).toBe("2 hours ago");
});
