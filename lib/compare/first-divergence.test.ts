import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { buildCall, buildReasoning, buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";
import type { Part, Turn } from "@/lib/stream/turn/turn";

import { divergenceWords } from "./divergence-words";
import { type Divergence, divergencesOf } from "./first-divergence";

const NAMES = ["lane 1", "lane 2"] as const;

function answered(input: string, output: string, name = "weather"): Part {
  const result = { output, isError: false, origin: { by: "typed" } } as const;
  return buildCall({
    name,
    input,
    status: { state: "answered", args: { valid: true, value: {} }, result, at: 900 },
  });
}

const turnOf = (...steps: readonly (readonly Part[])[]): Turn => ({
  steps: steps.map((parts, at) => buildStep({ id: `step-${String(at)}`, parts })),
});

const wordsOf = (one: Turn, other: Turn): string => {
  const { first } = divergencesOf(one, other);
  return first === null ? "" : divergenceWords(first, NAMES);
};

const call = answered('{"location": "Florence"}', "22 degrees");

describe("two turns", () => {
  it("that hold the same do not part, whatever their times and white space at the end", () => {
    const one = turnOf([buildReasoning(), call], [buildText()]);
    const other = turnOf(
      [buildReasoning({ startedAt: 7 }), answered('{"location":"Florence"}', "22 degrees")],
      [buildText({ text: "It is 22 degrees and sunny.\n" })],
    );
    expect(divergencesOf(one, other)).toEqual({ first: null, calls: "same" });
  });

  it("part where one calls and the other answers", () => {
    expect(wordsOf(turnOf([buildReasoning(), call]), turnOf([buildReasoning(), buildText()]))).toBe(
      "In step 1: lane 1 calls weather, lane 2 writes text.",
    );
  });

  it("part where another tool is called", () => {
    expect(wordsOf(turnOf([call]), turnOf([answered("{}", "", "clock")]))).toBe(
      "In step 1: lane 1 calls weather, lane 2 calls clock.",
    );
  });

  it("part at the argument that differs, by its path", () => {
    const other = answered('{"location": "Firenze", "days": 3}', "22 degrees");
    expect(wordsOf(turnOf([call]), turnOf([other]))).toBe(
      'In step 1 both call weather, with another value of location: lane 1 has "Florence", lane 2 has "Firenze".',
    );
  });

  it("part at an argument that only one has", () => {
    const other = answered('{"location": "Florence", "days": 3}', "22 degrees");
    expect(wordsOf(turnOf([call]), turnOf([other]))).toBe(
      "In step 1 both call weather, with another value of days: lane 1 has none, lane 2 has 3.",
    );
  });

  it("part at a number that only a longer one differs from", () => {
    const [one, other] = [answered('{"id":9007199254740993}', "x"), answered('{"id":9007199254740992}', "x")];
    expect(wordsOf(turnOf([one]), turnOf([other]))).toContain("lane 1 has 9007199254740993");
  });

  it("part in the result that differs, after the calls of the step", () => {
    const other = answered('{"location": "Florence"}', "22 grad");
    expect(wordsOf(turnOf([call], [buildText()]), turnOf([other], [buildText()]))).toBe(
      "In step 1, in the result of weather, after “22”: lane 1 goes on with “degrees”, lane 2 goes on with “grad”.",
    );
  });

  it("part at the beginning of the word that differs", () => {
    const [one, other] = [buildText({ text: "It is sunny." }), buildText({ text: "It is sunshine." })];
    expect(wordsOf(turnOf([call], [one]), turnOf([call], [other]))).toBe(
      "In step 2, in the text, after “It is”: lane 1 goes on with “sunny.”, lane 2 goes on with “sunshine.”.",
    );
  });

  it("part where one ends", () => {
    expect(wordsOf(turnOf([call], [buildText()]), turnOf([call]))).toBe(
      "In steps 2 and 1: lane 1 writes text, lane 2 has ended.",
    );
    const stopped: Turn = { steps: [buildStep({ status: { state: "stopped" }, parts: [buildText()] })] };
    expect(wordsOf(turnOf([buildText()]), stopped)).toBe(
      "Both hold the same and end otherwise: lane 1 is done, lane 2 is stopped.",
    );
  });

  it("that think otherwise and call the same are told apart from those that call otherwise", () => {
    const thought = buildReasoning({ text: "Let me see." });
    expect(divergencesOf(turnOf([buildReasoning(), call]), turnOf([thought, call])).calls).toBe("same");
    const other = answered('{"location": "Rome"}', "30 degrees");
    expect(divergencesOf(turnOf([buildReasoning(), call]), turnOf([thought, other])).calls).toMatchObject({
      where: "argument",
      path: "location",
      values: ['"Florence"', '"Rome"'],
    });
  });
});

const part = fc.oneof(
  fc.constantFrom("a b", "a c", "ab", "", "😀", "😁").map((text) => buildText({ text })),
  fc.constantFrom("a b", "a c").map((text) => buildReasoning({ text })),
  fc
    .tuple(fc.constantFrom('{"a":1}', '{"a":2,"b":[1]}', '{"b":[2,1]}', "{", ""), fc.constantFrom("x", "y"))
    .map(([input, output]) => answered(input, output)),
);
const turn = fc.array(fc.array(part, { maxLength: 3 }), { maxLength: 3 }).map((steps) => turnOf(...steps));

it("exchanging two turns exchanges what is said of them", () => {
  fc.assert(
    fc.property(turn, turn, (one, other) => {
      const there = divergencesOf(one, other);
      const back = divergencesOf(other, one);
      expect(back).toEqual({
        first: there.first === null ? null : mirrored(there.first),
        calls: typeof there.calls === "string" ? there.calls : mirrored(there.calls),
      });
      expect(divergencesOf(one, one).first).toBe(null);
    }),
  );
});

function mirrored(found: Divergence): Divergence {
  const steps = turned(found.steps);
  switch (found.where) {
    case "act":
      return { ...found, steps, acts: turned(found.acts) };
    case "argument":
      return { ...found, steps, values: turned(found.values) };
    case "words":
      return { ...found, steps, words: turned(found.words) };
    case "end":
      return { ...found, steps, states: turned(found.states) };
  }
}

function turned<T>([one, other]: readonly [T, T]): readonly [T, T] {
  return [other, one];
}
