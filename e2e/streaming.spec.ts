import type { Page } from "@playwright/test";

import { expect, test } from "./fixtures";
import { longSession, NEWEST_MARK, OLDEST_MARK } from "./long-session";
import { ask, settled, texts } from "./screen";
import type { Scenario } from "./upstream";

const FIRST = "## So far\n\nThe **first** paragraph, with `code` and a [link](https://example.org/).\n\n";
const REST = Array.from({ length: 40 }, (_, index) => `Paragraph ${index + 1} comes later.\n\n`);

/** Says the first paragraph, waits for the test, then the rest. */
const inTwoParts: Scenario = async (exchange) => {
  exchange.delta({ content: FIRST });
  await exchange.gate("rest");
  await exchange.paced("content", REST, 2);
  exchange.finish();
};

/** Selects what is inside the answer's text, from the first character on. */
async function select(page: Page, selector: string): Promise<void> {
  await page
    .locator(selector)
    .first()
    .evaluate((element) => document.getSelection()?.selectAllChildren(element));
}

const selected = (page: Page) => page.evaluate(() => String(document.getSelection()));

test("a selection stays as it is while the answer goes on", async ({ open, upstream }) => {
  upstream.script("in-two-parts", inTwoParts);
  const page = await open(["vllm/in-two-parts"]);
  await ask(page, "Go on.");
  await expect(texts(page, 1)).toContainText("The first paragraph");
  await select(page, "[data-part=text] p");
  const before = await selected(page);
  expect(before).toContain("The first paragraph, with code");
  upstream.open("rest");
  await settled(page);
  await expect(texts(page, 1)).toContainText("Paragraph 40 comes later.");
  expect(await selected(page)).toBe(before);
});

test("copying an answer that still streams gives its Markdown source", async ({
  open,
  upstream,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  upstream.script("copied-early", async (exchange) => {
    exchange.delta({ content: FIRST });
    await exchange.gate("never");
  });
  const page = await open(["vllm/copied-early"]);
  await ask(page, "Go on.");
  await expect(texts(page, 1)).toContainText("The first paragraph");
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await select(page, "[data-part=text] .markdown");
  await page.keyboard.press("ControlOrMeta+c");
  expect(await clipboard()).toBe(FIRST);
  await page.getByRole("button", { name: "Copy answer" }).click();
  await expect.poll(clipboard).toBe(FIRST.trim());
});

test("the browser's own search finds the oldest answer of a long session", async ({ open }) => {
  const page = await open(["vllm/plain"]);
  await page.keyboard.press("Alt+s");
  await page.getByLabel("Comparison or recording to import").setInputFiles({
    name: "long.vitrine.json",
    mimeType: "application/json",
    buffer: Buffer.from(longSession("Long session", 80, 8_000)),
  });
  await page
    .getByRole("button", { name: /^Long session/ })
    .first()
    .click();
  await expect(page.getByText(NEWEST_MARK, { exact: true })).toBeInViewport();
  await expect(page.getByRole("article")).toHaveCount(40);
  await page.keyboard.press("Escape");
  expect(await page.evaluate(`window.find(${JSON.stringify(OLDEST_MARK)})`)).toBe(true);
  // What a find bar does next; here it also shows that the page lets the reader go.
  await page.evaluate(() => document.getSelection()?.anchorNode?.parentElement?.scrollIntoView());
  await expect(page.getByText(OLDEST_MARK)).toBeInViewport();
});

/** Lets the test hide the page as a browser does: it says so, and no frames come. */
function installHiding(): void {
  const request = window.requestAnimationFrame.bind(window);
  let waiting: FrameRequestCallback[] = [];
  let isHidden = false;
  Object.defineProperty(document, "hidden", { get: () => isHidden });
  Object.defineProperty(document, "visibilityState", { get: () => (isHidden ? "hidden" : "visible") });
  window.requestAnimationFrame = (call) => {
    if (!isHidden) return request(call);
    waiting.push(call);
    return -waiting.length;
  };
  window.addEventListener("test-hide", (event) => {
    isHidden = event instanceof CustomEvent && event.detail === true;
    document.dispatchEvent(new Event("visibilitychange"));
    if (!isHidden) for (const call of waiting.splice(0)) request(call);
  });
}

test("a stream goes on in a hidden page, which is right within one frame when it is seen again", async ({
  open,
  upstream,
  page,
}) => {
  await page.addInitScript(installHiding);
  const models = ["hidden-1", "hidden-2", "hidden-3"];
  for (const model of models) {
    upstream.script(model, async (exchange) => {
      exchange.delta({ content: FIRST });
      await exchange.gate("hidden");
      for (const piece of REST) exchange.delta({ content: piece });
      exchange.delta({ content: "All of it." });
      await exchange.gate("seen");
      exchange.finish();
    });
  }
  await open(models.map((model) => `vllm/${model}`));
  await ask(page, "Go on.");
  for (const laneNumber of [1, 2, 3])
    await expect(texts(page, laneNumber)).toContainText("The first paragraph");
  await page.evaluate(() => window.dispatchEvent(new CustomEvent("test-hide", { detail: true })));
  upstream.open("hidden");
  // Enough to be read and not yet drawn: it shows in the tab's own tree without a frame.
  await expect(texts(page, 3)).toContainText("All of it.");
  const shown = await page.evaluate(
    () =>
      new Promise<readonly string[]>((resolve) => {
        window.dispatchEvent(new CustomEvent("test-hide", { detail: false }));
        requestAnimationFrame(() =>
          resolve(
            [...document.querySelectorAll("[data-part=text]")].map((text) => text.textContent.slice(-10)),
          ),
        );
      }),
  );
  expect(shown).toEqual(["All of it.", "All of it.", "All of it."]);
  upstream.open("seen");
  await settled(page);
});
