import { describe, expect, it } from "vitest";

import { addAnswer, Answers, openTestPage } from "@/components/__fixtures__/test-page";
import { buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";

const MARKDOWN = "# Florence\n\n### The weather\n\nIt is sunny.\n\nIt stays sunny.";

async function openAnswer(markdown = MARKDOWN) {
  const page = await openTestPage();
  const texts = [buildText({ id: "a", text: markdown }), buildText({ id: "b", text: "And warm." })];
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

function paragraphs(name: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${name} ${index}.`);
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

  // Polled: a group that is full is laid out at a guess before the browser sees that it is in view.
  it("has the same rhythm where a group of blocks that is drawn together ends", async () => {
    const blocks = [...paragraphs("First", 8), "# Florence", ...paragraphs("Second", 7), "### The weather"];
    const { find } = await openAnswer([...blocks, ...paragraphs("Third", 8), "The end."].join("\n\n"));
    await expect.poll(() => between(find("First 7."), find("Florence"))).toBe(20);
    await expect.poll(() => between(find("Second 6."), find("The weather"))).toBe(16);
    await expect.poll(() => between(find("Third 6."), find("Third 7."))).toBe(10);
  });

  it("has its text close below a heading also where the heading ends such a group", async () => {
    const before = Array.from({ length: 7 }, (_, index) => `Before ${index}.`);
    const { find } = await openAnswer([...before, "## Florence", "Sunny."].join("\n\n"));
    await expect.poll(() => between(find("Florence"), find("Sunny."))).toBe(6);
  });

  it("has 10 px between items that hold paragraphs, and 4 px between others", async () => {
    const { find } = await openAnswer("- one\n- two\n\nThen\n\n- three\n\n- four");
    expect(between(find("one"), find("two"))).toBe(4);
    expect(between(find("three"), find("four"))).toBe(10);
  });

  it("says its height to nothing that is in it, which would all be styled anew", async () => {
    const { find } = await openAnswer();
    const text = find("It is sunny.");
    const article = text.closest("article");
    for (const name of ["--own", "--opened", "--held"]) {
      article?.style.setProperty(name, "40px");
      const read = (element: Element | null) =>
        element === null ? null : getComputedStyle(element).getPropertyValue(name);
      expect([read(article), read(text)]).toEqual(["40px", ""]);
    }
  });
});
