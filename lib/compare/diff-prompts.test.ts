import { expect, it } from "vitest";

import { diffPrompts } from "./diff-prompts";

it("two prompts part at the first token that differs, and the text around it is shown", () => {
  const one = { prompt: "<s>user: Hi</s>", tokens: [1, 40, 41, 2] };
  const other = { prompt: "<s>user: Hello</s>", tokens: [1, 40, 50, 51, 2] };
  expect(diffPrompts(one, other)).toEqual({
    shared: 2,
    counts: [4, 5],
    before: "<s>user: H",
    next: ["i</s>", "ello</s>"],
  });
});

it("a prompt that only goes on shares all of the first", () => {
  const one = { prompt: "a b", tokens: [1, 2] };
  expect(diffPrompts(one, { prompt: "a b c", tokens: [1, 2, 3] })).toMatchObject({
    shared: 2,
    next: ["", " c"],
  });
  expect(diffPrompts(one, one)).toMatchObject({ shared: 2, next: ["", ""] });
});
