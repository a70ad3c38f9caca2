import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { DiffPiece } from "./diff-piece";
import { diffText } from "./diff-text";

const textOf = (pieces: readonly DiffPiece[], kind: "removed" | "added") =>
  pieces
    .filter((piece) => piece.kind === "same" || piece.kind === kind)
    .map(({ text }) => text)
    .join("");

const word = fc.constantFrom(
  "sun",
  "rain",
  "in",
  "Florence",
  " ",
  "\n",
  "```",
  "```ts\n",
  ".",
  "é",
  "😀",
  "天气",
  "~~~\n",
);
const markdown = fc.array(word, { maxLength: 60 }).map((words) => words.join(""));

it("the pieces of a diff make both texts, whatever they are", () => {
  fc.assert(
    fc.property(
      fc.oneof(markdown, fc.string({ unit: "binary" })),
      fc.oneof(markdown, fc.string()),
      (a, b) => {
        const { pieces } = diffText(a, b);
        expect(textOf(pieces, "removed")).toBe(a);
        expect(textOf(pieces, "added")).toBe(b);
      },
    ),
  );
});

it("a text does not differ from itself", () => {
  fc.assert(
    fc.property(markdown, (text) => {
      expect(diffText(text, text).pieces.every(({ kind }) => kind === "same")).toBe(true);
    }),
  );
});

it("prose is compared by words", () => {
  expect(diffText("It is sunny in Florence.", "It is rainy in Florence.").pieces).toEqual([
    { kind: "same", text: "It is " },
    { kind: "removed", text: "sunny" },
    { kind: "added", text: "rainy" },
    { kind: "same", text: " in Florence." },
  ]);
});

const code = (call: string) => `Run:\n\`\`\`js\nlet a = 1;\n${call};\n\`\`\`\nDone.`;

it("code is compared by lines", () => {
  expect(diffText(code("go(a)"), code("stop(a)")).pieces).toEqual([
    { kind: "same", text: "Run:\n```js\nlet a = 1;\n" },
    { kind: "removed", text: "go(a);\n" },
    { kind: "added", text: "stop(a);\n" },
    { kind: "same", text: "```\nDone." },
  ]);
});

it("words that two other sentences happen to share do not cut them into pieces", () => {
  expect(diffText("Bring a light jacket.", "Expect a storm tonight.").pieces).toEqual([
    { kind: "removed", text: "Bring a light jacket" },
    { kind: "added", text: "Expect a storm tonight" },
    { kind: "same", text: "." },
  ]);
});

const long = (seed: string) =>
  Array.from({ length: 20_000 }, (_, at) => `${seed}${String((at * 7919) % 997)}`)
    .map((each, at) => (at % 12 === 11 ? `${each}\n` : `${each} `))
    .join("");

describe("texts that have little in common", () => {
  it("are compared within a bound, and it is said that it is coarse", () => {
    const [a, b] = [long("alpha"), long("beta")];
    const { pieces, isCoarse } = diffText(a, b);
    expect(isCoarse).toBe(true);
    expect(textOf(pieces, "removed")).toBe(a);
    expect(textOf(pieces, "added")).toBe(b);
  });

  it("still show the lines that both end with", () => {
    const shared = "This very line stands in both of them.\n";
    const { pieces } = diffText(`${long("alpha")}\n${shared}`, `${long("beta")}\n${shared}`);
    expect(pieces.at(-1)?.kind).toBe("same");
    expect(pieces.at(-1)?.text.endsWith(shared)).toBe(true);
  });
});
