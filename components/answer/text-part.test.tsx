import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";

import { buildText } from "@/lib/stream/turn/__fixtures__/build-step";
import type { Citation } from "@/lib/stream/turn/event";

import { TextPart } from "./text-part";

const text = "It rains **today**.\n\n- wet\n- cold\n\nBye.";

function cite(words: string, citation: Partial<Citation> = {}): Citation {
  const start = text.indexOf(words);
  const end = start + words.length;
  return { url: "https://rain.example/", title: "Rain", quote: null, start, end, ...citation };
}

function draw(citations: readonly Citation[], live = false): string {
  return renderToStaticMarkup(<TextPart part={buildText({ text, citations })} live={live} />);
}

/** What is read of the drawing, each block on a line of its own. */
function lines(html: string): readonly string[] {
  return html
    .replaceAll(/<\/(?:p|li|h\d)>/gu, "\n")
    .replaceAll(/<[^>]*>/gu, "")
    .split("\n")
    .filter((line) => line !== "");
}

/** The drawn Markdown alone, without the list of sources. */
const markdown = (html: string) => /<div class="markdown">.*?<\/div><\/div>/su.exec(html)?.[0];

const sun = { url: "https://sun.example/a", title: "Sun" };

describe("TextPart", () => {
  it("puts the numbers of its sources behind the statements, and the sources below, each once", () => {
    const html = draw([
      cite("It rains **today**."),
      cite("It rains", sun),
      cite("cold"),
      cite("Bye.", { url: null, title: "report.pdf" }),
    ]);
    expect(lines(html)).toEqual([
      "It rains today.12",
      "wet",
      "cold",
      "1",
      "Bye.3",
      "Rain rain.example",
      "Sun sun.example",
      "report.pdf",
    ]);
    expect(html).toContain('aria-label="Source 2: Sun (sun.example)"');
  });

  it("lists a source of the whole text without a number in it", () => {
    expect(lines(draw([cite("Bye.", { start: null, end: null })]))).toEqual([
      "It rains today.",
      "wet",
      "cold",
      "Bye.",
      "Rain rain.example",
    ]);
  });

  it("waits with both until the text has ended", () => {
    expect(lines(draw([cite("Bye.")], true)).join(" ")).not.toContain("Rain");
  });

  it("draws the same Markdown with sources as without", () => {
    const marks =
      /<p class="markdown-end">.*?<\/p>|<span class="[^"]*select-none[^"]*">(?:<a .*?<\/a>)*<\/span>/gsu;
    expect(markdown(draw([cite("today"), cite("wet", sun)]).replaceAll(marks, ""))).toBe(markdown(draw([])));
  });

  it("labels what a model says along the way as commentary", () => {
    const drawings = (["commentary", "final", null] as const).map((phase) =>
      renderToStaticMarkup(<TextPart part={buildText({ text: "Hi", phase })} live={false} />),
    );
    expect(drawings.map(lines)).toEqual([["Commentary", "Hi"], ["Hi"], ["Hi"]]);
  });

  it("never makes a link of an address that is not safe", () => {
    const html = draw([cite("Bye.", { url: "javascript:alert(1)", title: "Click" })]);
    expect(html).not.toContain("href");
    expect(lines(html).slice(-2)).toEqual(["Bye.1", "Click javascript:alert(1)"]);
  });
});
