import * as fc from "fast-check";
import { expect, it } from "vitest";

import { diffLines } from "./diff-lines";

const lines = fc.array(fc.constantFrom("a\n", "b\n", "c\n", "d\n", "\n"), { maxLength: 30 });

it("the pieces make both lists of lines, also where lines repeat or stand in another order", () => {
  fc.assert(
    fc.property(lines, lines, (one, other) => {
      const pieces = diffLines(one, other);
      const textOf = (kind: string) =>
        pieces
          .flatMap((piece) => (piece.kind === "same" || piece.kind === kind ? [piece.text] : []))
          .join("");
      expect(textOf("removed")).toBe(one.join(""));
      expect(textOf("added")).toBe(other.join(""));
    }),
  );
});

it("lines that both have once hold them together, however many others differ", () => {
  const first = Array.from({ length: 3_000 }, (_, at) => (at % 3 === 0 ? `old ${at}\n` : `line ${at}\n`));
  const second = Array.from({ length: 3_000 }, (_, at) => (at % 3 === 0 ? `new ${at}\n` : `line ${at}\n`));
  const same = diffLines(first, second).filter(({ kind }) => kind === "same");
  expect(same.flatMap(({ text }) => text.match(/line/gu) ?? [])).toHaveLength(2_000);
});
