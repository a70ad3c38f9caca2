import { expect, it } from "vitest";

import { buildCall, buildReasoning, buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";
import type { Part, Turn } from "@/lib/stream/turn/turn";

import { diffAnswers, isEqual, MOST_CHARACTERS } from "./diff-answers";

const turnOf = (...parts: readonly Part[]): Turn => ({ steps: [buildStep({ parts })] });

it("sections of one kind are compared with each other, and one that is missing stands alone", () => {
  const diff = diffAnswers(
    turnOf(buildReasoning(), buildText({ text: "It is sunny." })),
    turnOf(buildText({ text: "It is rainy." })),
  );
  expect(diff.isSame).toBe(false);
  expect(diff.sections.map(({ sections: [one, other] }) => [one?.kind ?? null, other?.kind ?? null])).toEqual(
    [
      ["thought", null],
      ["text", "text"],
    ],
  );
  expect(diff.sections[1]?.difference).toEqual({
    by: "words",
    pieces: [
      { kind: "same", text: "It is " },
      { kind: "removed", text: "sunny" },
      { kind: "added", text: "rainy" },
      { kind: "same", text: "." },
    ],
  });
});

it("arguments are compared by their paths, and how they are written makes no difference", () => {
  const one = turnOf(buildCall());
  const [same] = diffAnswers(one, turnOf(buildCall({ input: '{"location":"Florence"}' }))).sections;
  expect(same && isEqual(same)).toBe(true);
  const [other] = diffAnswers(one, turnOf(buildCall({ input: '{"location":"Rome"}' }))).sections;
  expect(other?.difference).toEqual({
    by: "paths",
    changes: [{ kind: "changed", path: ["location"], from: "Florence", to: "Rome" }],
  });
});

it("an answer is compared up to a bound, and says so", () => {
  const long = "word ".repeat(MOST_CHARACTERS / 4);
  const one = turnOf(buildText({ text: long }));
  expect(diffAnswers(one, turnOf(buildText({ text: `${long}end` }))).cutAt).toBe(MOST_CHARACTERS);
  expect(diffAnswers(turnOf(buildText()), turnOf(buildText())).cutAt).toBe(null);
});
