import * as fc from "fast-check";
import { expect, it } from "vitest";

import { noteGrowth, textSince } from "./text-growth";
import type { TextPart } from "./turn";

const partOf = (text: string): TextPart => ({
  type: "text",
  phase: null,
  citations: [],
  id: "t",
  text,
  startedAt: 0,
  endedAt: null,
  deltas: 1,
  replay: [],
});

it("gives what follows a length, whatever was noted", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.nat(40), (before, added, length) => {
      const part = partOf(before + added);
      noteGrowth(part, before.length, added);
      expect(textSince(part, length)).toBe((before + added).slice(length));
      expect(textSince(part, before.length)).toBe(added);
    }),
  );
});

it("does not believe a growth that does not add up", () => {
  const part = partOf("Hello");
  noteGrowth(part, 1, "llo");
  expect(textSince(part, 1)).toBe("ello");
});
