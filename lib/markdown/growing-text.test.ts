import * as fc from "fast-check";
import { expect, it } from "vitest";

import { textAfter, wholeText } from "./growing-text";

it("a growing text returns what follows a length, whatever was added last", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.nat(40), (before, added, length) => {
      const text = { whole: before + added, from: before.length, added, isOpen: true };
      expect(textAfter(text, length)).toBe(text.whole.slice(length));
      expect(textAfter(text, before.length)).toBe(added);
      expect(textAfter(wholeText(text.whole, false), length)).toBe(text.whole.slice(length));
    }),
  );
});
