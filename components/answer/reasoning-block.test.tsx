import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";

import type { Figure } from "@/lib/stream/figures/figure";
import { buildReasoning } from "@/lib/stream/turn/__fixtures__/build-step";

import { ReasoningBlock } from "./reasoning-block";

const eight: Figure = { value: 8, source: "server", explain: "" };
const about: Figure = { value: 1234, source: "estimated", explain: "" };

/** What is read of the drawing: its text, without the tags. */
function textOf(html: string): string {
  return html.replaceAll(/<[^>]*>/gu, "");
}

describe("ReasoningBlock", () => {
  it("is open while the model thinks and closed after", () => {
    const thinking = renderToStaticMarkup(
      <ReasoningBlock part={buildReasoning()} isThinking timeMs={210} tokens={eight} />,
    );
    const thought = renderToStaticMarkup(
      <ReasoningBlock part={buildReasoning()} isThinking={false} timeMs={210} tokens={eight} />,
    );
    expect(thinking).toContain('aria-expanded="true"');
    expect(textOf(thinking)).toContain("I need to look up Florence.");
    expect(thought).toContain('aria-expanded="false"');
    expect(textOf(thought)).toBe("Thought 0.21 s · 8 tokens");
  });

  it("marks an estimate and leaves out what nobody knows", () => {
    const part = buildReasoning();
    const headings = [
      <ReasoningBlock key="a" part={part} isThinking={false} timeMs={210} tokens={about} />,
      <ReasoningBlock
        key="b"
        part={part}
        isThinking={false}
        timeMs={null}
        tokens={{ ...about, value: null }}
      />,
    ].map((block) => textOf(renderToStaticMarkup(block)));
    expect(headings).toEqual(["Thought 0.21 s · ≈ 1,234 tokens", "Thought"]);
  });

  it("says that reasoning was hidden, with its tokens when they are known", () => {
    const part = buildReasoning({ text: "" });
    const chips = [eight, { ...eight, value: null }].map((tokens) =>
      textOf(
        renderToStaticMarkup(<ReasoningBlock part={part} isThinking={false} timeMs={null} tokens={tokens} />),
      ),
    );
    expect(chips).toEqual(["hidden reasoning, 8 tokens", "hidden reasoning"]);
  });

  it("marks a thought that was read from tags and offers it as it was received", () => {
    const part = buildReasoning({ tags: { open: "<think>", close: "</think>" } });
    const html = renderToStaticMarkup(
      <ReasoningBlock part={part} isThinking={false} timeMs={null} tokens={{ ...about, value: null }} />,
    );
    expect(textOf(html)).toBe("Thought · read from tagsShow as received");
  });

  it("shows a thought from tags that holds nothing as one, not as hidden reasoning", () => {
    const part = buildReasoning({ text: "\n\n", tags: { open: "<think>", close: "</think>" } });
    const html = renderToStaticMarkup(
      <ReasoningBlock part={part} isThinking={false} timeMs={null} tokens={{ ...about, value: null }} />,
    );
    expect(textOf(html)).toContain("read from tags");
  });

  it("is open and whole where the step ended with it", () => {
    const html = renderToStaticMarkup(
      <ReasoningBlock part={buildReasoning()} isThinking={false} isAnswer timeMs={null} tokens={eight} />,
    );
    expect(html).toContain('aria-expanded="true"');
    expect(textOf(html)).toContain("I need to look up Florence.");
  });

  it("offers to end the thinking only while the model thinks", () => {
    const [live, over] = [true, false].map((isThinking) =>
      renderToStaticMarkup(
        <ReasoningBlock
          part={buildReasoning()}
          isThinking={isThinking}
          timeMs={210}
          tokens={eight}
          onEndThinking={() => {}}
        />,
      ),
    );
    expect(live).toContain("End thinking now");
    expect(over).not.toContain("End thinking now");
  });
});
