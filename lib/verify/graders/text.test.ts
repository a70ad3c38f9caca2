import * as fc from "fast-check";
import { expect, test } from "vitest";

import { containsText } from "./text";

test.each([
  ["Oi! Tudo bem?", "oi", true],
  ["That is the point.", "oi", false],
  ["OLÁ", "olá", true],
  ["It is 40 °C.", "40", true],
  ["It is 40°C.", "40", true],
  ["It is 140 °C.", "40", false],
  ["It is 40.5 °C.", "40", false],
  ["It is 0.40.", "40", false],
  ["It is 40.", "40", true],
  ["5 and 6.", "5", true],
  ["The sum is **5**.", "5", true],
  ["about 0.55640", "0.5564", false],
  ["-3 °C, snow", "-3", true],
  ["Walnut\n  desk", "walnut desk", true],
])("whether %j contains %j as words is %j", (text, wanted, isThere) => {
  expect(containsText(text, wanted)).toBe(isThere);
});

test("a word is found wherever it stands between spaces", () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,6}$/u), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(words, fc.nat(), (all, at) => {
      const wanted = all[at % all.length] ?? "";
      expect(containsText(all.join(" "), wanted)).toBe(true);
      expect(containsText(`x${wanted}x`, wanted)).toBe(false);
    }),
  );
});
