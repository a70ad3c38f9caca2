import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";

import { buildCall, buildReasoning, buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";
import type { Part } from "@/lib/stream/turn/turn";

import { StepEndNote } from "./step-end-note";

function note(...parts: readonly Part[]): string {
  return renderToStaticMarkup(<StepEndNote step={buildStep({ parts })} />).replaceAll(/<[^>]*>/gu, "");
}

it("the note at a step's end reports that the model stopped after thinking where no answer followed", () => {
  const words = "The model stopped after thinking, without an answer.";
  expect(note(buildReasoning())).toBe(words);
  expect(note(buildReasoning(), buildText({ text: "\n" }))).toBe(words);
});

it("the note at a step's end is silent where an answer or a call followed, or the thought was hidden", () => {
  expect(note(buildReasoning(), buildText())).toBe("");
  expect(note(buildReasoning(), buildCall())).toBe("");
  expect(note(buildReasoning({ text: "" }))).toBe("");
});
