import * as fc from "fast-check";
import { expect, it } from "vitest";

import { openThinkTags, type TaggedPiece } from "./think-tags";

/** Pieces as a reader would show them: neighbors joined, text turned to reasoning where it was. */
function split(content: string, size = content.length || 1): readonly (readonly [string, string])[] {
  const tags = openThinkTags();
  let shown: [string, string][] = [];
  const take = (pieces: readonly TaggedPiece[]): void => {
    for (const piece of pieces) {
      if ("tag" in piece) {
        if (piece.kind === "was-reasoning") shown = shown.map(([, text]) => ["reasoning", text]);
      } else if (shown.at(-1)?.[0] === piece.kind)
        shown.push([piece.kind, (shown.pop()?.[1] ?? "") + piece.text]);
      else shown.push([piece.kind, piece.text]);
    }
  };
  for (let from = 0; from < content.length; from += size) take(tags.push(content.slice(from, from + size)));
  take(tags.flush());
  return shown;
}

it.each<readonly [string, string, readonly (readonly [string, string])[]]>([
  [
    "reads thoughts before an answer",
    "<think>a</think>b",
    [
      ["reasoning", "a"],
      ["text", "b"],
    ],
  ],
  [
    "keeps every blank around the tags",
    "\n<think>\na\n</think>\n\nb",
    [
      ["text", "\n"],
      ["reasoning", "\na\n"],
      ["text", "\n\nb"],
    ],
  ],
  [
    "reads <thought>",
    "<thought>a</thought>b",
    [
      ["reasoning", "a"],
      ["text", "b"],
    ],
  ],
  [
    "reads ◁think▷",
    "◁think▷a◁/think▷b",
    [
      ["reasoning", "a"],
      ["text", "b"],
    ],
  ],
  [
    "takes all before a lone closing tag as thoughts",
    "a b</think>c",
    [
      ["reasoning", "a b"],
      ["text", "c"],
    ],
  ],
  [
    "reads a second thought that begins a line",
    "<think>a</think>b\n<think>c</think>d",
    [
      ["reasoning", "a"],
      ["text", "b\n"],
      ["reasoning", "c"],
      ["text", "d"],
    ],
  ],
  ["reads empty thoughts as none", "<think></think>b", [["text", "b"]]],
  ["keeps an unclosed thought", "<think>a", [["reasoning", "a"]]],
  ["leaves an opening tag inside a line alone", "use <think> here", [["text", "use <think> here"]]],
  ["leaves a quoted tag alone", "`<think>` opens", [["text", "`<think>` opens"]]],
  [
    "leaves a quoted closing tag in a thought alone",
    "<think>a `</think>` b</think>c",
    [
      ["reasoning", "a `</think>` b"],
      ["text", "c"],
    ],
  ],
  [
    "closes a thought that ends with a quotation",
    '<think>say "hi"</think>Hi',
    [
      ["reasoning", 'say "hi"'],
      ["text", "Hi"],
    ],
  ],
  [
    "closes a thought that ends with a quotation at the very end",
    '<think>say "hi"</think>',
    [["reasoning", 'say "hi"']],
  ],
  [
    "needs the closing tag of the same pair",
    "<think>a</thought>b</think>c",
    [
      ["reasoning", "a</thought>b"],
      ["text", "c"],
    ],
  ],
  [
    "shows a second closing tag as text",
    "<think>a</think>b</think>c",
    [
      ["reasoning", "a"],
      ["text", "b</think>c"],
    ],
  ],
  [
    "shows a torn tag as text",
    "<think>a</think>think>b",
    [
      ["reasoning", "a"],
      ["text", "think>b"],
    ],
  ],
  [
    "gives back what only began like a tag",
    "<think>a</think>x <thi",
    [
      ["reasoning", "a"],
      ["text", "x <thi"],
    ],
  ],
  ["leaves markup and arrows alone", "a < b <b>c</b> ◁", [["text", "a < b <b>c</b> ◁"]]],
])("%s", (_title, content, expected) => {
  expect(split(content)).toEqual(expected);
  expect(split(content, 1)).toEqual(expected);
});

const tagged = fc
  .array(
    fc.constantFrom("<think>", "</think>", "<thought>", "◁think▷", "◁/think▷", "<", "a", " ", "\n", "`", '"'),
    {
      maxLength: 25,
    },
  )
  .map((pieces) => pieces.join(""));

it("the splitter makes the same parts of any split", () => {
  fc.assert(
    fc.property(tagged, fc.integer({ min: 1, max: 9 }), (content, size) => {
      expect(split(content, size)).toEqual(split(content));
    }),
  );
});

function bare(text: string): string {
  return text.replaceAll(/<\/?(?:think|thought)>|◁\/?think▷/g, "");
}

it("the splitter loses and doubles no character that is not a tag", () => {
  fc.assert(
    fc.property(tagged, fc.integer({ min: 1, max: 9 }), (content, size) => {
      const shown = split(content, size).map(([, text]) => text);
      expect(bare(shown.join(""))).toBe(bare(content));
    }),
  );
});
