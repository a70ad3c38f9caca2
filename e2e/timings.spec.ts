import type { Locator, Page } from "@playwright/test";

import { expect, test } from "./fixtures";
import { answer, ask, lane, resultFields, settled, thoughts } from "./screen";
import type { Exchange, Scenario } from "./upstream";

test.use({ byHand: true });

const CITIES = ["Florence", "Rome", "Milan", "Turin"];

/** Thinks and asks for the weather of one city after the other, and answers in its fifth step. */
const looper: Scenario = async (exchange) => {
  await exchange.paced("reasoning_content", ["I ", "need ", "the ", "weather."], 5);
  const city = CITIES[resultCount(exchange)];
  if (city === undefined) {
    await exchange.paced("content", ["It ", "is ", "warm ", "in ", "all ", "of ", "them."], 20);
    exchange.finish();
    return;
  }
  const args = JSON.stringify({ location: city });
  const call = { id: `call_${city}`, type: "function", function: { name: "weather", arguments: args } };
  exchange.delta({ tool_calls: [{ index: 0, ...call }] });
  exchange.finish("tool_calls");
};

function resultCount({ body }: Exchange): number {
  const messages: unknown = body["messages"];
  return Array.isArray(messages) ? messages.filter((message) => message?.role === "tool").length : 0;
}

/** Answers the calls of the looper in a lane, one after the other, and waits for its last step. */
async function answerAll(page: Page, laneNumber: number): Promise<void> {
  for (const city of CITIES) {
    const card = lane(page, laneNumber)
      .getByRole("group", { name: "Tool call: weather" })
      .filter({ hasText: city });
    await card.getByRole("textbox", { name: "Result for weather" }).fill("22 degrees and sunny");
    await card.getByRole("button", { name: "Send result" }).click();
  }
  await expect(answer(page, laneNumber)).toContainText("It is warm in all of them.");
  await settled(page);
}

function timings(page: Page, laneNumber: number): Locator {
  return answer(page, laneNumber).getByRole("button", { name: /^Timings/ });
}

/**
 * The lines that are drawn of an answer beside its thoughts, calls and texts: what overlaps in height is one. Only what
 * is seen counts, so nothing that a box around it cuts off.
 */
function ownLines(of: Locator): Promise<readonly string[]> {
  return of.evaluate((article) => {
    const PARTS = "[data-part], [data-reasoning-toggle], fieldset[aria-label^='Tool call']";
    const DRAWN = "svg, img, canvas, hr, input, [role=img], [role=progressbar]";
    const seen = (box: DOMRect, from: Element | null) => {
      let { top, bottom, left, right } = box;
      for (let outer = from; outer !== null && outer !== article; outer = outer.parentElement) {
        if (getComputedStyle(outer).overflow !== "hidden") continue;
        const edge = outer.getBoundingClientRect();
        top = Math.max(top, edge.top);
        bottom = Math.min(bottom, edge.bottom);
        left = Math.max(left, edge.left);
        right = Math.min(right, edge.right);
      }
      return right - left > 2 && bottom - top > 2 ? { top, bottom } : null;
    };
    const spans: { top: number; bottom: number; what: string }[] = [];
    const add = (box: DOMRect, from: Element | null, what: string) => {
      const span = seen(box, from);
      if (span !== null) spans.push({ ...span, what });
    };
    for (const element of article.querySelectorAll(DRAWN)) {
      if (element.closest(PARTS) === null)
        add(element.getBoundingClientRect(), element.parentElement, element.tagName.toLowerCase());
    }
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? "";
      if (text === "" || node.parentElement?.closest(PARTS) !== null) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) add(box, node.parentElement, text);
    }
    const lines: { bottom: number; what: string }[] = [];
    for (const { top, bottom, what } of spans.toSorted((a, b) => a.top - b.top)) {
      const line = lines.at(-1);
      if (line === undefined || top >= line.bottom) lines.push({ bottom, what });
      else lines[lines.length - 1] = { bottom: Math.max(line.bottom, bottom), what: `${line.what} ${what}` };
    }
    return lines.map(({ what }) => what);
  });
}

for (const width of [1440, 390]) {
  test(`a turn takes at most two lines of its own at ${width} px, with one step as with five`, async ({
    page,
    open,
    upstream,
  }) => {
    upstream.script("looper", looper);
    // Ends once the other lane has asked, so that both use the server at the same time.
    upstream.script("held", async (exchange) => {
      await exchange.paced("content", ["One ", "sentence ", "in ", "five ", "words."], 20);
      await exchange.gate("looper-asked");
      exchange.finish();
    });
    await page.setViewportSize({ width, height: 900 });
    await open(["vllm/held", "vllm/looper"]);
    const before = upstream.seen.length;
    await ask(page, "The weather in four cities?");
    await expect
      .poll(() => upstream.seen.slice(before).map(({ model }) => model))
      .toEqual(expect.arrayContaining(["held", "looper"]));
    upstream.open("looper-asked");
    const shown = async (laneNumber: number) => {
      if (width < 720)
        await page
          .getByRole("navigation", { name: "Lanes" })
          .getByRole("button")
          .nth(laneNumber - 1)
          .click();
    };
    await shown(2);
    await answerAll(page, 2);
    await expect(thoughts(page, 2)).toHaveCount(5);
    for (const laneNumber of [1, 2]) {
      await shown(laneNumber);
      await expect(timings(page, laneNumber)).toBeVisible();
      const shared = page.getByRole("button", { name: /^Server shared\. While lanes 1 and 2 streamed/ });
      await expect(shared.filter({ visible: true })).toHaveCount(1);
      const lines = await ownLines(answer(page, laneNumber));
      expect(lines.join("\n")).toMatch(/\bfirst\b/);
      expect(lines.length, lines.join("\n")).toBeLessThanOrEqual(2);
    }
  });
}

test("five steps with answered calls fit a laptop's screen", async ({ page, open, upstream }) => {
  upstream.script("looper", looper);
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(["vllm/looper"]);
  await ask(page, "The weather in four cities?");
  await answerAll(page, 1);
  await expect(thoughts(page, 1).first()).toBeInViewport({ ratio: 1 });
  await expect(timings(page, 1)).toBeInViewport({ ratio: 1 });
});

test("nothing moves when an answer settles, also below a thought that was longer", async ({
  open,
  upstream,
}) => {
  upstream.script("gated", async (exchange) => {
    const lines = Array.from({ length: 8 }, (_, index) => `Line ${index + 1} of the thought.\n\n`);
    await exchange.paced("reasoning_content", lines, 20);
    await exchange.gate("answer");
    await exchange.paced("content", ["The ", "lamp ", "is ", "still ", "on."], 20);
    await exchange.gate("settle");
    exchange.finish();
  });
  const page = await open(["vllm/gated"]);
  await ask(page, "Look at the lamp");
  await expect(answer(page, 1).getByText("Line 8 of the thought.")).toBeInViewport();
  upstream.open("answer");
  await expect(answer(page, 1)).toContainText("The lamp is still on.");
  const copy = answer(page, 1).getByRole("button", { name: "Copy answer" });
  const strip = answer(page, 1).getByRole("img", { name: /^Phases/ });
  const positions = async () => [await copy.boundingBox(), (await strip.boundingBox())?.y];
  const before = await positions();
  upstream.open("settle");
  await settled(page);
  await expect(timings(page, 1)).toContainText("8 tokens");
  expect(await positions()).toEqual(before);
});

test("opening the timings of one lane leaves the answer beside it where it stood", async ({
  page,
  open,
  upstream,
}) => {
  upstream.script("looper", looper);
  await page.setViewportSize({ width: 1440, height: 600 });
  await open(["vllm/looper", "vllm/plain"]);
  await ask(page, "The weather in four cities?");
  await expect(resultFields(page, 1)).toHaveCount(1);
  await settled(page);
  const before = await timings(page, 2).boundingBox();
  await timings(page, 1).click();
  await expect(answer(page, 1).getByRole("table", { name: "Phases" })).toBeVisible();
  expect(await timings(page, 2).boundingBox()).toEqual(before);
});
