/** Two answers beside each other and a row on one clock, on the built app. */
import type { Locator, Page } from "@playwright/test";

import { expect, test } from "./fixtures";
import { answer, ask, settled } from "./screen";
import { seriousInBothThemes } from "./serious";

const panel = (page: Page): Locator => page.getByRole("dialog", { name: "Compare answers" });
const divergence = (page: Page): Locator => panel(page).getByRole("region", { name: "Where they part" });

test("two answers show where they part, how their requests differ, and go on in a new branch", async ({
  open,
  upstream,
}) => {
  upstream.script("sunny", async (exchange) => {
    await exchange.paced("content", ["The weather ", "in Florence ", "is sunny."], 5);
    exchange.finish("stop", { prompt_tokens: 50, completion_tokens: 5, total_tokens: 55 });
  });
  upstream.script("rainy", async (exchange) => {
    await exchange.paced("content", ["The weather ", "in Florence ", "is rainy."], 5);
    exchange.finish("stop", { prompt_tokens: 50, completion_tokens: 5, total_tokens: 55 });
  });
  const page = await open(["vllm/sunny", "vllm/rainy"]);
  await ask(page, "What is the weather in Florence?");
  await settled(page);
  await page.getByRole("button", { name: "Compare answers" }).click();
  await expect(divergence(page)).toContainText(
    "In step 1, in the text, after “weather in Florence is”: lane 1 goes on with “sunny.”, lane 2 goes on with “rainy.”.",
  );
  await expect(panel(page).getByRole("deletion").filter({ hasText: "sunny" })).toBeVisible();
  await expect(panel(page).getByRole("insertion").filter({ hasText: "rainy" })).toBeVisible();
  await panel(page).getByRole("radio", { name: "Request" }).check();
  await expect(
    panel(page).getByRole("list", { name: "Differences of the bodies" }).getByRole("listitem"),
  ).toHaveText(['modeldiffers"sunny" → "rainy"']);
  await panel(page).getByRole("radio", { name: "Timings" }).check();
  await expect(panel(page).getByRole("row", { name: /^Prompt 50 tokens 50 tokens equal/ })).toBeVisible();
  expect(await seriousInBothThemes(page)).toEqual([]);
  await panel(page).getByRole("button", { name: "lane 2" }).click();
  await settled(page);
  await expect(answer(page, 2).getByRole("group", { name: "Branch 2 of 2" })).toBeVisible();
});

test("a row stands on one clock, with its stalls, and is copied as a picture", async ({
  open,
  upstream,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  upstream.script("steady", async (exchange) => {
    await exchange.paced("content", ["a ", "b ", "c ", "d"], 5);
    exchange.finish();
  });
  upstream.script("stalling", async (exchange) => {
    // Most of it at once, so that the usual gap is short however busy the machine is.
    for (let word = 1; word <= 20; word += 1) exchange.delta({ content: `word ${word} ` });
    await exchange.paced("content", ["", "end"], 900);
    exchange.finish();
  });
  const page = await open(["vllm/steady", "vllm/stalling"]);
  await ask(page, "Go");
  await settled(page);
  await expect(answer(page, 2).getByText(/^1 stall: nothing for/)).toBeAttached();
  await page.getByRole("button", { name: "Timeline" }).click();
  const timeline = page.getByRole("dialog", { name: "Timeline" });
  const clock = timeline.getByRole("group", { name: "Clock" });
  await expect(clock).toContainText("2 stalling");
  await expect(clock).toContainText("Stall: nothing for");
  await timeline.getByRole("button", { name: "As a table" }).click();
  await expect(timeline.getByRole("row", { name: /stall: nothing came/ })).toBeVisible();
  expect(await seriousInBothThemes(page)).toEqual([]);
  await timeline.getByRole("button", { name: "Copy SVG" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("<svg");
  expect(await page.evaluate(() => navigator.clipboard.readText())).not.toContain("var(");
  await timeline.getByRole("button", { name: "Copy PNG" }).click();
  const types = () =>
    page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => item.types));
  await expect.poll(types).toContain("image/png");
});

test("the answers of a recording are compared too, and nothing can be sent from there", async ({
  page,
  app,
}) => {
  await page.goto(`${app.url}/?tape=/tapes/low-and-high-effort.tape`);
  await page.getByRole("button", { name: "To the end" }).click();
  await expect(page.getByRole("button", { name: "Play again" })).toBeVisible();
  await page.getByRole("button", { name: "Compare answers" }).first().click();
  await expect(divergence(page)).toContainText("lane 1");
  await expect(panel(page).getByRole("button", { name: /^Ask .* again/u })).toHaveCount(0);
  await panel(page).getByRole("radio", { name: "Request" }).check();
  await expect(panel(page).getByRole("list", { name: "Differences of the bodies" })).toContainText(/effort/);
});

test("the request of a step is compared with that of the step before, from the inspector", async ({
  page,
  app,
}) => {
  await page.goto(`${app.url}/?tape=/tapes/think-call-answer.tape`);
  await page.getByRole("button", { name: "To the end" }).click();
  await expect(page.getByRole("button", { name: "Play again" })).toBeVisible();
  await answer(page, 1).getByRole("button", { name: "Inspect" }).click();
  await page.getByRole("button", { name: "Compare with the step before" }).click();
  const changes = panel(page).getByRole("list", { name: "Differences of the bodies" });
  await expect(changes.getByRole("listitem").filter({ hasText: "messages[1]" })).toContainText("only step 2");
});

test("two prompts of a real llama.cpp part at a token, up to which its cache could be used", async ({
  open,
}) => {
  test.setTimeout(180_000);
  const page = await open(["llamacpp/smollm2-135m"]);
  await ask(page, "How many months are in a year?");
  await settled(page);
  await ask(page, "How many days are in a week?");
  await settled(page);
  await answer(page, 1)
    .getByRole("button", { name: /^Timings/ })
    .click();
  await answer(page, 1).getByRole("button", { name: "Compare with another answer…" }).click();
  await panel(page).getByRole("radio", { name: "Request" }).check();
  await panel(page).getByRole("button", { name: "Compare prompts" }).click();
  await expect(panel(page)).toContainText(/cache could be used (?:up to token \d+ of \d+|for all of)/);
  await expect(panel(page)).toContainText(
    /answer 2: \d+ tokens · answer 1: \d+ tokens, counted by the server/,
  );
});
