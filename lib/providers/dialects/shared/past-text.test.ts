/** What of other servers' answers goes back in the three dialects that hold thoughts apart from text. */
import { describe, expect, it } from "vitest";

import { anthropicInput } from "@/lib/providers/dialects/__fixtures__/anthropic-input";
import { geminiInput } from "@/lib/providers/dialects/__fixtures__/gemini-input";
import { responsesInput } from "@/lib/providers/dialects/__fixtures__/responses-input";
import { writeAnthropicMessages } from "@/lib/providers/dialects/anthropic/messages";
import { writeContents } from "@/lib/providers/dialects/gemini/contents";
import { writeResponsesInput } from "@/lib/providers/dialects/responses/input";
import type { PastTurn } from "@/lib/providers/provider";
import {
  buildImage,
  buildReasoning,
  buildStep,
  buildText,
  buildUnknown,
  ONE_PIXEL_PNG,
} from "@/lib/stream/turn/__fixtures__/build-step";
import type { Json } from "@/lib/stream/turn/json";
import type { Part } from "@/lib/stream/turn/turn";

import type { Note } from "./note";

const WRITERS: readonly (readonly [
  name: string,
  write: (history: readonly PastTurn[], note: Note) => Json,
])[] = [
  ["Anthropic", (history, note) => writeAnthropicMessages(anthropicInput({ history }), note)],
  ["Gemini", (history, note) => writeContents(geminiInput({ history }), note)],
  ["Responses", (history, note) => writeResponsesInput(responsesInput({ history }), note)],
  [
    "Responses of llama.cpp",
    (history, note) =>
      writeResponsesInput(responsesInput({ lane: { provider: "llamacpp", model: "m" }, history }), note),
  ],
];

function historyOf(...parts: readonly Part[]): readonly PastTurn[] {
  return [{ prompt: "hi", turn: { steps: [buildStep({ parts })] } }];
}

describe.each(WRITERS)("the history of another server in the %s dialect", (_name, write) => {
  it("leaves out thoughts that were read from tags, and says so", () => {
    const notes = new Set<string>();
    const thought = buildReasoning({ text: "SECRET", tags: { open: "<think>", close: "</think>" } });
    const written = JSON.stringify(write(historyOf(thought, buildText()), (note) => void notes.add(note)));
    expect(written).not.toContain("SECRET");
    expect(written).toContain("It is 22 degrees and sunny.");
    expect([...notes]).toContain("Thoughts that were read from tags in the text are not sent back.");
  });

  it("leaves out pictures and parts of unknown types, and says so", () => {
    const notes = new Set<string>();
    const parts = [buildImage({ replay: ["x"] }), buildUnknown({ replay: [{ id: "u" }] }), buildText()];
    const written = JSON.stringify(write(historyOf(...parts), (note) => void notes.add(note)));
    expect(written).not.toContain(ONE_PIXEL_PNG);
    expect(written).not.toContain("future_item");
    expect([...notes]).toEqual(
      expect.arrayContaining([
        "An image made by a model is not sent back.",
        "The part of type future_item, which Vitrine doesn't know, is not sent back.",
      ]),
    );
  });
});
