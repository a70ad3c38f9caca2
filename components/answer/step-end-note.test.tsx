import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";

import { buildCall, buildReasoning, buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";
import type { Part, Step } from "@/lib/stream/turn/turn";

import { StepEndNote } from "./step-end-note";

function noteOf(step: Partial<Step>): string {
  return renderToStaticMarkup(<StepEndNote step={buildStep(step)} />).replaceAll(/<[^>]*>/gu, "");
}

function note(...parts: readonly Part[]): string {
  return noteOf({ parts });
}

it("the note at a step's end reports that the model stopped after thinking where no answer followed", () => {
  const words = "The model stopped after thinking, without an answer.";
  expect(note(buildReasoning())).toBe(words);
  expect(note(buildReasoning(), buildText({ text: "\n" }))).toBe(words);
  expect(note(buildReasoning({ text: "" }))).toBe(words);
});

it.each<Step["finish"]>([
  { unified: "unknown", raw: "eos" },
  { unified: "unknown", raw: "OTHER" },
  { unified: "tool-calls", raw: "tool_calls" },
  null,
])(
  "the note at a step's end reports a thought without an answer whatever the server calls the end: %j",
  (finish) => {
    expect(noteOf({ finish, parts: [buildReasoning()] })).toBe(
      "The model stopped after thinking, without an answer.",
    );
  },
);

it("the note at a step's end reports an answer that shows nothing", () => {
  const words = "The model returned an empty answer.";
  expect(note()).toBe(words);
  expect(note(buildText({ text: " \n" }))).toBe(words);
  expect(note(buildReasoning({ text: "", tags: { open: "<think>", close: "</think>" } }))).toBe(words);
});

it("the note at a step's end is silent where an answer or a call followed", () => {
  expect(note(buildReasoning(), buildText())).toBe("");
  expect(note(buildReasoning(), buildCall())).toBe("");
  expect(note(buildReasoning({ text: "" }), buildCall())).toBe("");
});
