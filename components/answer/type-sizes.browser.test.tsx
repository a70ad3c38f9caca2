import { describe, expect, it } from "vitest";

import { addAnswer, Answers, openTestPage } from "@/components/__fixtures__/test-page";
import { buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";

const MARKDOWN = "# Florence\n\n### The weather\n\nIt is sunny.\n\nIt stays sunny.";

async function openAnswer() {
  const page = await openTestPage();
  const texts = [buildText({ id: "a", text: MARKDOWN }), buildText({ id: "b", text: "And warm." })];
  addAnswer(page.app, 0, [buildStep({ parts: texts })]);
  const screen = await page.show(<Answers />);
  const find = (text: string) => screen.getByText(text, { exact: true }).element();
  return { find };
}

/** Size and height of a line in px, and weight. */
function typeOf(element: Element): readonly number[] {
  const { fontSize, lineHeight, fontWeight } = getComputedStyle(element);
  return [fontSize, lineHeight, fontWeight].map((value) => Number(Number.parseFloat(value).toFixed(1)));
}

/** px from the end of one to the start of the other. */
function between(upper: Element, lower: Element): number {
  return lower.getBoundingClientRect().top - upper.getBoundingClientRect().bottom;
}

describe("an answer", () => {
  it("is set in 15 px on lines of 23 px, with headings of 17 and 15 px in semibold", async () => {
    const { find } = await openAnswer();
    expect(typeOf(find("It is sunny."))).toEqual([15, 23, 400]);
    expect(typeOf(find("Florence"))).toEqual([17, 23, 600]);
    expect(typeOf(find("The weather"))).toEqual([15, 23, 600]);
  });

  it("has 10 px between its paragraphs and 12 px between its parts", async () => {
    const { find } = await openAnswer();
    expect(between(find("It is sunny."), find("It stays sunny."))).toBe(10);
    expect(between(find("It stays sunny."), find("And warm."))).toBe(12);
  });
});
