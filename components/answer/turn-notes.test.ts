import { expect, it } from "vitest";

import { isAboutOwnWords } from "./turn-notes";

it.each([
  "An empty prompt is sent as “(empty)”: the API refuses text without words.",
  "A prompt that got no answer is sent together with the next one.",
  "The call of book_trip got no result: the model is told so.",
  "No result was given for book_trip; the model is told.",
])("keeps beside the answer: %s", (note) => {
  expect(isAboutOwnWords(note)).toBe(true);
});

it.each([
  "Reasoning of earlier turns without tool calls is not sent back.",
  "Ids of tool calls were rewritten so that each is accepted and unique.",
])("leaves to the request: %s", (note) => {
  expect(isAboutOwnWords(note)).toBe(false);
});
