/** Verifying on the built app: from the playground to a run, its matrix, a trial's tape and the card, and back. */
import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { expect, test } from "./fixtures";
import { lane } from "./screen";
import { serious } from "./serious";
import { seedModel } from "./verify-upstream";
import { watchReplies } from "./watch-replies";

const MOST_SCRIPT_BYTES = 300_000;

test.beforeEach(({ upstream }) => {
  upstream.script("exact", seedModel("Florence"));
  upstream.script("loose", seedModel("Paris"));
});

/** From the playground by the palette, as a person goes. */
async function goToVerify(page: Page): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Command" }).fill("verify");
  await page.keyboard.press("Enter");
  await page.locator("[data-verify=ready]").waitFor();
}

async function runSeed(page: Page, times: number): Promise<void> {
  await page.getByRole("textbox", { name: "Times each (N)" }).fill(String(times));
  await page.getByRole("button", { name: "Run 4 cases" }).click();
}

const cell = (page: Page, name: RegExp) =>
  page.getByRole("table", { name: "Cases by lane" }).getByRole("button", { name });

const ended = (page: Page) => expect(page.getByRole("progressbar")).toHaveCount(0, { timeout: 60_000 });

test("a run of the seed shows what each lane does, and a failing trial opens its tape at the fault", async ({
  open,
  upstream,
}) => {
  const page = await open(["vllm/exact", "vllm/loose"]);
  await goToVerify(page);
  const plan = page.getByRole("region", { name: "Plan" });
  await expect(plan).toContainText("80 trials");
  await runSeed(page, 2);
  await ended(page);
  await expect(cell(page, /^W1 .*streamed, vllm\/exact: 2 of 2 passed/)).toBeVisible();
  await expect(cell(page, /^P1 .*in one response, vllm\/loose: 2 of 2 passed/)).toBeVisible();
  const wrong = cell(page, /^S1 .*streamed, vllm\/loose: 0 of 2 passed.*argument/);
  await wrong.click();
  const trials = page.getByRole("dialog", { name: "Case S1: weather in Florence" });
  await expect(trials.getByText("failed: argument")).toHaveCount(2);
  await trials.getByRole("button", { name: "Show tape" }).first().click();
  await expect(page.getByRole("dialog", { name: /^Inspector/ })).toBeVisible();
  await expect(page.locator("[data-failing]")).toContainText("Paris");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Matrix" }).click();
  await expect(wrong).toBeVisible();

  // Nothing is asked again by looking, and the run is there after a reload.
  const sent = upstream.seen.length;
  await page.reload();
  await expect(wrong).toBeVisible();
  expect(upstream.seen.length).toBe(sent);
});

test("a run that was cut by a reload goes on without repeating a trial", async ({ open, upstream }) => {
  let answered = 0;
  const exact = seedModel("Florence");
  upstream.script("exact", async (exchange) => {
    answered += 1;
    if (answered > 3) await exchange.gate("verify-go-on");
    await exact(exchange);
  });
  const page = await open(["vllm/exact"]);
  await goToVerify(page);
  await runSeed(page, 1);
  await expect(page.getByText("3/8")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: /: 1 of 1 passed/ })).toHaveCount(3);
  upstream.open("verify-go-on");
  const before = upstream.seen.length;
  await page.getByRole("button", { name: "Go on" }).click();
  await ended(page);
  await expect(page.getByRole("button", { name: /: 1 of 1 passed/ })).toHaveCount(8);
  // Five trials are left, of at most two requests each.
  expect(upstream.seen.length - before).toBeLessThanOrEqual(10);
});

test("a server that goes down costs its trials alone, and they are tried again once it is back", async ({
  open,
  upstream,
}) => {
  let isDown = true;
  const exact = seedModel("Florence");
  upstream.script("exact", async (exchange) => {
    if (!isDown) return exact(exchange);
    exchange.head(503, { "content-type": "application/json" });
    exchange.raw(JSON.stringify({ error: { message: "Down for maintenance" } }));
    exchange.end();
    return undefined;
  });
  const page = await open(["vllm/exact", "vllm/loose"]);
  await goToVerify(page);
  await page.getByRole("checkbox", { name: "vllm/loose" }).uncheck();
  await page.getByRole("textbox", { name: "Times each (N)" }).fill("1");
  await page.getByRole("radio", { name: "Seed" }).check();
  await page.getByRole("button", { name: "Run 4 cases" }).click();
  await expect(cell(page, /^W1 .*in one response.*: not measured: server down/)).toBeVisible({
    timeout: 60_000,
  });
  isDown = false;
  await ended(page);
  await page.getByRole("button", { name: /^Try \d lost trials? again$/ }).click();
  await expect(page.getByRole("button", { name: /: 1 of 1 passed/ })).toHaveCount(8, { timeout: 60_000 });
});

test("one lane is verified from its menu, and the comparison is as it was on the way back", async ({
  open,
}) => {
  const page = await open(["vllm/exact", "vllm/loose"], "Not sent yet");
  await page.getByRole("button", { name: "More for lane 2" }).click();
  await page.getByRole("menuitem", { name: "Verify this lane…" }).click();
  await expect(page.getByRole("checkbox", { name: "vllm/loose" })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "vllm/exact" })).not.toBeChecked();
  await page.getByRole("link", { name: "Playground" }).click();
  await expect(lane(page, 2)).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Prompt" })).toHaveValue("Not sent yet");
});

test("the card is copied as Markdown, and the run's file opens again", async ({ open }) => {
  const page = await open(["vllm/exact"]);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await goToVerify(page);
  await runSeed(page, 1);
  await ended(page);
  await page.getByRole("radio", { name: "Card" }).check();
  await expect(page.getByRole("article", { name: "How exact on vllm calls tools" })).toBeVisible();
  await page.getByRole("button", { name: "Copy as Markdown" }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain("# How exact on vllm calls tools");
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("/verify#card=");
  const other = await page.context().newPage();
  await other.goto(await page.evaluate(() => navigator.clipboard.readText()));
  await expect(other.getByRole("article", { name: "How exact on vllm calls tools" })).toBeVisible();
  await other.close();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  const saved = await (await download).path();
  expect(JSON.parse(await readFile(saved, "utf8"))).toMatchObject({
    format: "vitrine-verify",
    preset: "seed",
  });
  await page.getByRole("button", { name: "New run" }).click();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open a run…" }).click();
  await (await chooser).setFiles(saved);
  await expect(page.getByRole("table", { name: "Cases by lane" })).toBeVisible();
});

test("an answer becomes a case, which runs", async ({ open, upstream }) => {
  upstream.script("exact", (exchange) => {
    exchange.delta({ content: "Blue." });
    exchange.finish();
  });
  const page = await open(["vllm/exact"]);
  await page.getByRole("textbox", { name: "Prompt" }).fill("Name a color");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("button", { name: /^Timings/ }).click();
  await page.getByRole("button", { name: "Save as case…" }).click();
  const form = page.getByRole("form", { name: "Case" });
  await expect(form.getByRole("textbox", { name: "Name" })).toHaveValue("Name a color");
  await form.getByRole("radio", { name: "Words" }).check();
  await form.getByRole("textbox", { name: /^Contains one of these/ }).fill("blue");
  await form.getByRole("button", { name: "Save case" }).click();
  await page.getByRole("button", { name: "Close cases" }).click();
  await page.getByRole("radio", { name: "Own (1)" }).check();
  await page.getByRole("textbox", { name: "Times each (N)" }).fill("2");
  await page.getByRole("button", { name: "Run 1 case" }).click();
  await ended(page);
  await expect(cell(page, /^O1 Name a color.*: 2 of 2 passed/)).toBeVisible();
});

test("the first load of the page receives at most 300 kB of JavaScript", async ({ page, app }) => {
  const received = await watchReplies(await page.context().newCDPSession(page));
  await page.goto(`${app.url}/verify`);
  await page.locator("[data-verify=ready]").waitFor();
  await page.waitForLoadState("networkidle");
  const scripts = received().filter(({ type }) => type === "Script");
  const bytes = scripts.reduce((total, reply) => total + reply.bytes, 0);
  expect(bytes, JSON.stringify(scripts, null, 1)).toBeLessThanOrEqual(MOST_SCRIPT_BYTES);
});

for (const theme of ["light", "dark"] as const) {
  for (const width of [390, 1440]) {
    test(`axe finds nothing serious: ${theme}, ${width} px`, async ({ open, page }) => {
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ width, height: 800 });
      await open(["vllm/exact", "vllm/loose"]);
      await goToVerify(page);
      expect(await serious(page)).toEqual([]);
      await runSeed(page, 1);
      await ended(page);
      expect(await serious(page)).toEqual([]);
      await cell(page, /^S1 .*streamed, vllm\/loose/).click();
      await page.getByRole("dialog", { name: /^Case S1/ }).waitFor();
      expect(await serious(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.getByRole("radio", { name: "Card" }).check();
      await page.getByRole("article").waitFor();
      expect(await serious(page)).toEqual([]);
    });
  }
}
