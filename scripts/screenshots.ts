/**
 * Makes the pictures of the README in both themes, on the real small model: `npm run screenshots`.
 * With `--all FOLDER` it makes every state of the screen instead, in both themes and four widths, to be looked at.
 */
import { mkdir } from "node:fs/promises";
import path from "node:path";

import { type Browser, chromium, type Page } from "@playwright/test";

import { startApp } from "../e2e/app";
import { startLlama } from "../e2e/fixtures";
import { scenarios } from "../e2e/scenarios";
import { answer, ask, lane, resultFields, run, settled } from "../e2e/screen";
import { startUpstream, type Upstream } from "../e2e/upstream";
import { findOrInstallChromium } from "./find-chromium.mjs";

const ROOT = path.join(import.meta.dirname, "..");

/** The real model answers slowly on a machine that does other things as well. */
const PATIENCE_MS = 600_000;

type Studio = { readonly browser: Browser; readonly url: string; readonly upstream: Upstream };

async function main(arguments_: readonly string[]): Promise<void> {
  const all = arguments_[0] === "--all" ? path.resolve(arguments_[1] ?? "test-results/screens") : null;
  const upstream = await startUpstream(scenarios);
  const llama = await startLlama();
  const app = await startApp({
    LLAMA_CPP_URL: `${llama.url}/v1`,
    VLLM_BASE_URL: upstream.baseUrl,
    VITRINE_LLAMA: "off",
  });
  const found = findOrInstallChromium();
  if (found === null) throw new Error("No Chromium was found, and none could be installed.");
  const browser = await chromium.launch({
    executablePath: found.path,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    const studio = { browser, url: app.url, upstream };
    if (all === null) await makeReadmePictures(studio);
    else await makeAllPictures(studio, all);
  } finally {
    await browser.close();
    await app.stop();
    await llama.stop();
    await upstream.close();
  }
}

/** Open, compare, demo a tool: the three jobs. */
async function makeReadmePictures(studio: Studio): Promise<void> {
  const folder = path.join(ROOT, "docs/pictures");
  await mkdir(folder, { recursive: true });
  const page = await openPage(studio, { width: 1440, height: 860, dark: false }, "/");
  await shootBoth(page, folder, "open");
  await run(page).click();
  await settled(page, PATIENCE_MS);
  await shootBoth(page, folder, "compare");
  await answerCalls(page);
  await openThought(page, 2);
  await shootBoth(page, folder, "tool");
}

/** The same moment in both themes: a second visit would show other answers. */
async function shootBoth(page: Page, folder: string, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await shoot(page, folder, `${name}-${colorScheme}`);
  }
}

const SIZES = [360, 768, 1440, 2560] as const;

async function makeAllPictures(studio: Studio, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const dark of [false, true]) {
    for (const width of SIZES) {
      const tag = `${dark ? "dark" : "light"}-${width}`;
      await photographVisit(studio, folder, tag, { width, height: width < 720 ? 780 : 900, dark });
    }
  }
  const view = { width: 1440, height: 900, dark: false };
  for (const count of [1, 4, 8]) {
    const page = await openPage(studio, view, lanes(Array.from({ length: count }, () => "vllm/plain")));
    await ask(page, "How does it look in so many lanes?");
    await settled(page);
    await shoot(page, folder, `lanes-${count}`);
  }
  await photographCases(studio, folder, view);
}

type View = { readonly width: number; readonly height: number; readonly dark: boolean };

async function photographVisit(studio: Studio, folder: string, tag: string, view: View): Promise<void> {
  const page = await openPage(studio, view, "/");
  await shoot(page, folder, `${tag}-1-first-visit`);
  await run(page).click();
  await lane(page, 1)
    .getByRole("button", { name: /^Think/ })
    .waitFor();
  await shoot(page, folder, `${tag}-2-thinking`);
  await settled(page);
  await shoot(page, folder, `${tag}-3-calls`);
  await answerCalls(page);
  await shoot(page, folder, `${tag}-4-answered`);
  for (const [name, opener] of [
    ["tools", /^Tools, /],
    ["settings", /^Settings of lane 1/],
    ["model", /^Model of lane 1/],
    ["sessions", /^Comparisons/],
    ["commands", /^Commands/],
  ] as const) {
    await page.getByRole("button", { name: opener }).first().click();
    await page.getByRole("dialog").waitFor();
    await shoot(page, folder, `${tag}-5-${name}`);
    await page.keyboard.press("Escape");
  }
  await page.context().close();
}

async function photographCases(studio: Studio, folder: string, view: View): Promise<void> {
  const cases: Readonly<Record<string, readonly string[]>> = {
    errors: ["vllm/error-frame", "sglang/nothing-here", "vllm/html"],
    "tool-states": ["vllm/bad-arguments", "vllm/broken-arguments", "vllm/two-calls"],
    "long-name": [`vllm/${"a-very-long-model-name-".repeat(4)}`, "vllm/plain"],
    "long-and-short": ["vllm/essay", "vllm/two-words"],
  };
  for (const [name, models] of Object.entries(cases)) {
    for (const dark of [false, true]) {
      const page = await openPage(studio, { ...view, dark }, lanes(models));
      await ask(page, "Show me this case");
      await settled(page);
      // What is drawn for the first time, such as a call's card, is fetched then.
      await page.waitForLoadState("networkidle");
      await shoot(page, folder, `case-${name}-${dark ? "dark" : "light"}`);
      await page.context().close();
    }
  }
}

async function openPage({ browser, url }: Studio, view: View, search: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: view.width, height: view.height },
    colorScheme: view.dark ? "dark" : "light",
  });
  const page = await context.newPage();
  await page.goto(url + search);
  await page.locator("[data-boot=ready]").waitFor();
  await page.getByRole("region", { name: /^Lane 1: (?!no model)/ }).waitFor();
  return page;
}

function lanes(models: readonly string[]): string {
  return `/?${new URLSearchParams(models.map((model) => ["lane", model]))}`;
}

/** Types the weather into every open call, until no lane asks any more. */
async function answerCalls(page: Page): Promise<void> {
  for (let round = 0; round < 6; round++) {
    await settled(page, PATIENCE_MS);
    const places = [1, 2];
    const open = await Promise.all(places.map((place) => resultFields(page, place).count()));
    const place = places[open.findIndex((count) => count > 0)];
    if (place === undefined) return;
    const card = lane(page, place)
      .getByRole("group", { name: /^Tool call/ })
      .filter({ has: page.getByRole("textbox") })
      .first();
    await card.getByRole("textbox").fill("22 degrees and sunny");
    await card.getByRole("button", { name: "Send result" }).click();
  }
}

async function openThought(page: Page, place: number): Promise<void> {
  await answer(page, place)
    .getByRole("button", { name: /^Thought/ })
    .first()
    .click();
}

async function shoot(page: Page, folder: string, name: string): Promise<void> {
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: "disabled" });
  process.stdout.write(`${name}.png\n`);
}

await main(process.argv.slice(2));
