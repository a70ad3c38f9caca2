import { expect, it } from "vitest";

import { isAboutOwnWords } from "./turn-notes";

it.each([
  "An empty prompt is sent as “(empty)”, because the API rejects empty text.",
  "A prompt that got no answer is sent together with the next one.",
  "book_trip had no result; the model was told.",
  "No result was given for book_trip; the model is told.",
])("the answer has a note beside it: %s", (note) => {
  expect(isAboutOwnWords(note)).toBe(true);
});

it.each([
  "Reasoning of earlier turns without tool calls is not sent back.",
  "Tool call ids were rewritten to be valid and unique.",
])("the request shows the note, and not the answer: %s", (note) => {
  expect(isAboutOwnWords(note)).toBe(false);
});
