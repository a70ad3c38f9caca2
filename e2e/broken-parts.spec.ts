import type { Page } from "@playwright/test";

import { startApp } from "./app";
import { expect, test } from "./fixtures";
import { answer, ask, lane, prompt, run, settled, texts } from "./screen";
import { seriousInBothThemes } from "./serious";

const NOT_LOADED = "This part could not be loaded: Vitrine was stopped or updated.";

/** What is not loaded yet can no longer be fetched, as after an update. */
async function loseScripts(page: Page): Promise<void> {
  await page.route("**/_next/static/**", (route) => route.fulfill({ status: 404, body: "Not found" }));
}

const PANELS = [
  ["settings", async (page: Page) => page.getByRole("button", { name: "Settings of lane 1" }).click()],
  ["tools", async (page: Page) => page.getByRole("button", { name: /^Tools, / }).click()],
  ["sessions", async (page: Page) => page.keyboard.press("Alt+s")],
  ["commands", async (page: Page) => page.keyboard.press("Control+k")],
  ["the model picker", async (page: Page) => page.getByRole("button", { name: /^Model of lane 1/ }).click()],
  ["a menu", async (page: Page) => page.getByRole("button", { name: "More for lane 1" }).click()],
] as const;

const PARTS_OF_ANSWERS = [
  ["the inspector", async (page: Page) => answer(page, 1).getByRole("button", { name: "Inspect" }).click()],
  ["the question of a link", async (page: Page) => answer(page, 1).getByRole("link").click()],
] as const;

test("a part that cannot be fetched says so in its place, and the page goes on with its draft", async ({
  open,
  upstream,
}) => {
  upstream.script("linker", (exchange) => {
    exchange.delta({ content: "See [this](https://example.org/a)." });
    exchange.finish();
  });
  const page = await open(["vllm/linker"]);
  const tryAll = async (parts: typeof PANELS | typeof PARTS_OF_ANSWERS) => {
    await prompt(page).fill("What I am writing");
    for (const [name, press] of parts) {
      await test.step(name, async () => {
        await press(page);
        await expect(page.getByRole("alert").filter({ hasText: NOT_LOADED })).toBeVisible();
        await page.getByRole("button", { name: "Close", exact: true }).click();
        await expect(page.getByText(NOT_LOADED)).toHaveCount(0);
        await expect(prompt(page)).toHaveValue("What I am writing");
      });
    }
  };
  await loseScripts(page);
  await tryAll(PANELS);
  await run(page).click();
  // What draws answers is such a part too. The turn itself is saved, with its error.
  const fault = lane(page, 1).getByRole("alert").filter({ hasText: NOT_LOADED });
  await expect(fault).toBeVisible();
  await settled(page);
  // Until then it says as text what it holds, and why it ended.
  await expect(lane(page, 1)).toContainText("Vitrine's server is not responding");
  await page.unroute("**/_next/static/**");
  await fault.getByRole("button", { name: "Reload", exact: true }).click();
  await expect(answer(page, 1).getByRole("alert")).toContainText("Vitrine's server is not responding");
  await answer(page, 1).getByRole("button", { name: "Retry", exact: true }).click();
  await settled(page);
  await expect(texts(page, 1)).toHaveText("See this.");
  await loseScripts(page);
  await tryAll(PARTS_OF_ANSWERS);
  await run(page).click();
  await settled(page);
  await expect(texts(page, 1)).toHaveText("See this.");
  await page.unroute("**/_next/static/**");
  await page.keyboard.press("Alt+s");
  await expect(page.getByRole("dialog", { name: "Comparisons" })).toBeVisible();
});

test("a comparison is exported after Vitrine was stopped", async ({ page, upstream }) => {
  const app = await startApp({ VLLM_BASE_URL: upstream.baseUrl, VITRINE_LLAMA: "off" });
  await page.goto(`${app.url}/?lane=vllm/two-words`);
  await page.locator("[data-boot=ready]").waitFor();
  const fetched = page.waitForResponse((response) => /\/chunks\//.test(response.url()));
  await ask(page, "Which one?");
  await settled(page);
  await fetched;
  await page.waitForLoadState("networkidle");
  await app.stop();
  await page.keyboard.press("Alt+s");
  const download = page.waitForEvent("download");
  await page
    .getByRole("dialog", { name: "Comparisons" })
    .getByRole("button", { name: /^Export/ })
    .click();
  expect((await download).suggestedFilename()).toMatch(/\.vitrine\.json$/);
  await page.keyboard.press("Escape");
  const again = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export this comparison" }).click();
  expect((await again).suggestedFilename()).toMatch(/\.vitrine\.json$/);
});

test("an answer that cannot be drawn is shown as plain text, and everything beside it goes on, also after a reload", async ({
  page,
  open,
  upstream,
}) => {
  upstream.script("unlucky", (exchange) => {
    exchange.delta({ content: "Before the fault." });
    exchange.delta({
      tool_calls: [
        { index: 0, id: "call_1", type: "function", function: { name: "unlucky_tool", arguments: "{}" } },
      ],
    });
    exchange.finish("tool_calls");
  });
  // A fault of ours that only this answer meets.
  await page.addInitScript(() => {
    const search = Reflect.get(String.prototype, "search");
    Reflect.set(String.prototype, "search", function find(this: string, pattern: unknown) {
      if (this.valueOf() === "unlucky_tool") throw new Error("This cannot be drawn");
      return Reflect.apply(search, this, [pattern]);
    });
  });
  await open(["vllm/unlucky", "vllm/two-words"]);
  await ask(page, "Go");
  for (const visit of ["first", "second"]) {
    await test.step(`${visit} visit`, async () => {
      await expect(answer(page, 1).getByText(/^This answer could not be displayed\./)).toBeVisible();
      await expect(texts(page, 2)).toHaveText("It depends.");
      expect(await seriousInBothThemes(page)).toEqual([]);
      await answer(page, 1).getByRole("button", { name: "Show as plain text" }).click();
      await expect(answer(page, 1).getByRole("textbox", { name: "This answer as plain text" })).toHaveValue(
        /Before the fault\.[^]*unlucky_tool/,
      );
      await ask(page, `Again, ${visit}`);
      await settled(page);
      await expect(texts(page, 2)).toHaveText("It depends.");
    });
    await expect(page.getByText("not saved")).toHaveCount(0);
    await page.reload();
    await page.locator("[data-boot=ready]").waitFor();
  }
});
