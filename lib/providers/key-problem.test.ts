import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";
import { z } from "zod";

import { keyProblem } from "./key-problem";

const file = new URL("../../fixtures/cases/key-with-invisible-or-masked-character.json", import.meta.url);
const { keys } = z.object({ keys: z.array(z.string()) }).parse(JSON.parse(readFileSync(file, "utf8")));

describe("a pasted key", () => {
  it.each([
    [
      "gsk_abc…xyz",
      "These are dots: you copied a masked key. Copy the key itself from where it was created.",
    ],
    ["sk-good\u200B", "Character 8 of the key is a zero-width space, which no key has. Copy the key again."],
    ["“sk-good”", "Character 1 of the key is a curly quote, which no key has. Copy the key again."],
    ["sk-••••", "These are dots: you copied a masked key. Copy the key itself from where it was created."],
    [
      "sk-****abcd",
      "These are dots: you copied a masked key. Copy the key itself from where it was created.",
    ],
    ["sk-...abcd", "These are dots: you copied a masked key. Copy the key itself from where it was created."],
    ["sk\u00A0abc", "Character 3 of the key is a no-break space, which no key has. Copy the key again."],
    ["sk-а", "Character 4 of the key is “а” (U+0430), which no key has. Copy the key again."],
    ["\u{1F511}-b", "Character 1 of the key is “\u{1F511}” (U+1F511), which no key has. Copy the key again."],
    ["sk\u0007b", "Character 3 of the key is the invisible U+0007, which no key has. Copy the key again."],
    ["sk-a b", "A key has no spaces or line breaks. Paste the key alone."],
    ['"sk-a"', "The key stands in quotation marks. Paste it without them."],
  ])("%j is refused with the place and the reason", (key, problem) => {
    expect(keyProblem(key)).toBe(problem);
  });

  it("that came with blanks around it is fine", () => {
    expect([keyProblem(" sk-Good_1.2+3/4=\n"), keyProblem("")]).toEqual([null, null]);
  });

  it("of the cases from the field is refused each time", () => {
    expect(keys.map(keyProblem)).not.toContain(null);
    expect(keys).toHaveLength(3);
  });
});
