import * as fc from "fast-check";
import { expect, it } from "vitest";

import { openOpeningTags } from "./opening-tags";
import type { TaggedPiece } from "./think-tags";

/** Pieces with neighbors of one kind joined. */
function read(content: string, size = content.length || 1): readonly (readonly [string, string])[] {
  const tags = openOpeningTags();
  const joined: [string, string][] = [];
  const take = (pieces: readonly TaggedPiece[]): void => {
    for (const piece of pieces) {
      const words = "tag" in piece ? piece.tag : piece.text;
      const last = joined.at(-1);
      if (last?.[0] === piece.kind) last[1] += words;
      else joined.push([piece.kind, words]);
    }
  };
  for (let from = 0; from < content.length; from += size) take(tags.push(content.slice(from, from + size)));
  take(tags.flush());
  return joined;
}

it.each([
  ["<think>a</think>\n\nb", "<think>", "a", "</think>", "\n\nb"],
  ["\n <thinking>a</thinking>b", "\n <thinking>", "a", "</thinking>", "b"],
  ["[THINK]a [b] c[/THINK]d", "[THINK]", "a [b] c", "[/THINK]", "d"],
  [
    "<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>final<|message|>b",
    "<|channel|>analysis<|message|>",
    "a",
    "<|end|><|start|>assistant<|channel|>final<|message|>",
    "b",
  ],
  [
    "<|start|>assistant<|channel|>analysis<|message|>a<|channel|>final<|message|>b",
    "<|start|>assistant<|channel|>analysis<|message|>",
    "a",
    "<|channel|>final<|message|>",
    "b",
  ],
])(
  "the splitter reads the thought that %j begins with, in reads of any size",
  (content, open, thought, close, text) => {
    for (const size of [1, 2, 7, 1000])
      expect(read(content, size)).toEqual([
        ["open", open],
        ["reasoning", thought],
        ["close", close],
        ["text", text],
      ]);
  },
);

it("the splitter reads several analysis messages as thoughts and a call's channel as text", () => {
  const analysis = "<|channel|>analysis<|message|>";
  const call = "<|start|>assistant<|channel|>commentary to=functions.f<|message|>{}<|call|>";
  expect(read(`${analysis}a<|end|><|start|>assistant${analysis}b<|end|>${call}`)).toEqual([
    ["open", analysis],
    ["reasoning", "a"],
    ["close", "<|end|>"],
    ["open", `<|start|>assistant${analysis}`],
    ["reasoning", "b"],
    ["close", "<|end|>"],
    ["text", call],
  ]);
});

it.each([
  "Hi <think>a</think>",
  "a</think>b",
  "`<think>`a",
  "```\n<think>a</think>\n```",
  "<thin",
  "[THI",
  "<thinkers>",
  "  \n ",
])("the splitter leaves %j as text", (content) => {
  for (const size of [1, 3, 1000]) expect(read(content, size)).toEqual([["text", content]]);
});

it("the splitter reads one thought only: a later tag is text", () => {
  expect(read("<think>a</think>b\n<think>c</think>")).toEqual([
    ["open", "<think>"],
    ["reasoning", "a"],
    ["close", "</think>"],
    ["text", "b\n<think>c</think>"],
  ]);
});

it("the splitter takes a closing tag in quotes for what the thought is about", () => {
  expect(read("<think>end with `</think>` then</think>b")).toEqual([
    ["open", "<think>"],
    ["reasoning", "end with `</think>` then"],
    ["close", "</think>"],
    ["text", "b"],
  ]);
});

it("the splitter keeps a thought that is never closed", () => {
  expect(read("<think>a </thin", 4)).toEqual([
    ["open", "<think>"],
    ["reasoning", "a </thin"],
  ]);
});

it("the splitter loses no character, and reads the same in pieces of any size", () => {
  const part = fc.oneof(
    fc.constantFrom(
      "<think>",
      "</think>",
      "[THINK]",
      "[/THINK]",
      "`",
      "\n",
      " ",
      "<|end|>",
      "<|start|>assistant",
    ),
    fc.constantFrom("<|channel|>analysis<|message|>", "<|channel|>final<|message|>"),
    fc.string({ maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), fc.integer({ min: 1, max: 9 }), (parts, size) => {
      const content = parts.join("");
      const pieces = read(content, size);
      expect(pieces).toEqual(read(content));
      expect(pieces.map(([, words]) => words).join("")).toBe(content);
    }),
  );
});

it("the splitter holds back at most a thousand blanks, so that an answer of blanks still arrives", () => {
  const tags = openOpeningTags();
  expect(tags.push(" ".repeat(999))).toEqual([]);
  expect(tags.push(" ")).toEqual([{ kind: "text", text: " ".repeat(1_000) }]);
});
