import { describe, expect, it } from "vitest";

import { wholeText } from "@/lib/markdown/growing-text";
import { lexBlocks } from "@/lib/markdown/lex-blocks";

import { LiveBlocks } from "./live-blocks";

const paragraphs = (count: number) => Array.from({ length: count }, (_, index) => `p${index}\n\n`).join("");

describe("LiveBlocks", () => {
  it("keeps full groups the same while the text grows", () => {
    const blocks = new LiveBlocks();
    const before = blocks.update(wholeText(paragraphs(30), true));
    const after = blocks.update(wholeText(paragraphs(80), true));
    expect(after.groups[0]).toBe(before.groups[0]);
    expect(after.groups.flat()).toEqual(lexBlocks(paragraphs(80)));
  });

  it("gives the same result back for the same text", () => {
    const blocks = new LiveBlocks();
    const first = blocks.update(wholeText("a", true));
    expect(blocks.update(wholeText("a", true))).toBe(first);
    const ended = blocks.update(wholeText("a", false));
    expect(blocks.update(wholeText("a", false))).toBe(ended);
  });

  it("starts anew with a text that does not continue the last", () => {
    const blocks = new LiveBlocks();
    blocks.update(wholeText("# a\n\nb", true));
    expect(blocks.update(wholeText("c", true)).groups).toEqual([lexBlocks("c")]);
  });

  it("reads a very long text in bites, to its end", () => {
    const blocks = new LiveBlocks();
    const text = paragraphs(20_000);
    const first = blocks.update(wholeText(text, false));
    expect(first.isBehind).toBe(true);
    expect(first.groups.flat().length).toBeLessThan(20_000);
    let drawn = first;
    while (drawn.isBehind) drawn = blocks.update(wholeText(text, false));
    expect(drawn.groups.flat()).toEqual(lexBlocks(text));
  });

  it("goes on when a text that had ended grows after all", () => {
    const blocks = new LiveBlocks();
    blocks.update(wholeText("```\na", false));
    expect(blocks.update(wholeText("```\na\n```\nb", false)).groups).toEqual([lexBlocks("```\na\n```\nb")]);
  });

  it("reads a growth alone, and the whole text where it missed one", () => {
    const blocks = new LiveBlocks();
    blocks.update(wholeText("# a\n", true));
    blocks.update({ whole: "# a\n\nb", from: 4, added: "\nb", isOpen: true });
    const missed = blocks.update({ whole: "# a\n\nb\n\nc d", from: 9, added: " d", isOpen: true });
    expect(missed.groups.flat()).toEqual(lexBlocks("# a\n\nb\n\nc d"));
  });

  it("replaces a full group only when a definition explains something in it", () => {
    const blocks = new LiveBlocks();
    const text = `[r]\n\n${paragraphs(60)}`;
    const before = blocks.update(wholeText(text, true));
    const after = blocks.update(wholeText(`${text}[r]: https://e.example\n\nend`, true));
    expect(after.groups[0]).not.toBe(before.groups[0]);
    expect(after.groups[1]).toBe(before.groups[1]);
  });
});
