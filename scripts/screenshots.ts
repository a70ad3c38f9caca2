/**
 * Makes the pictures of the README in both themes: `npm run screenshots`. Those of runs are recordings that ship, those of verifying
 * are made on the real small model.
 * With `--all FOLDER` it makes every state of the screen instead, to be looked at: at 390 and 1440 px in both themes, the main
 * ones from 360 to 2,560 px, and contact sheets of them. Names of states after FOLDER picture these states alone.
 */
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";

import { startApp } from "../e2e/app";
import { startLlama } from "../e2e/fixtures";
import { scenarios } from "../e2e/scenarios";
import { answer, lane } from "../e2e/screen";
import { startUpstream, type Upstream } from "../e2e/upstream";
import { findOrInstallChromium } from "./find-chromium.mjs";
import type { State } from "./reach-state";
import { MAIN_STATES, OTHER_STATES } from "./screen-states";
import { TOOL_STATES } from "./tool-states";
import { VERIFY_STATES } from "./verify-states";

const ROOT = path.join(import.meta.dirname, "..");

/** ms for the seed in both lanes of the small model. */
const VERIFY_MS = 900_000;

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
    else await makeAllPictures(studio, all, arguments_.slice(2));
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
  // Short answers: little of the picture is empty.
  await page.setViewportSize({ width: 1120, height: 480 });
  await openRecording(page, studio.url, "low-and-high-effort");
  await openThought(page, 2);
  await shootBoth(page, folder, "compare");
  await openRecording(page, studio.url, "think-call-answer");
  await lane(page, 1)
    .getByRole("group", { name: /^Tool call/ })
    .waitFor();
  await openThought(page, 1);
  await shootBoth(page, folder, "tool");
  await makeVerifyPictures(studio, folder);
}

/** The seed asked once of the small model: a trial that failed beside its matrix, and the card. */
async function makeVerifyPictures(studio: Studio, folder: string): Promise<void> {
  const page = await openPage(studio, { width: 1440, height: 860, dark: false }, "/");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Command" }).fill("verify tool");
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Times each (N)" }).fill("1");
  await page.getByRole("button", { name: "Run 4 cases" }).click();
  await page.getByRole("progressbar").waitFor();
  await page.getByRole("progressbar").waitFor({ state: "detached", timeout: VERIFY_MS });
  await page
    .getByRole("button", { name: /^S1 .*streamed/ })
    .first()
    .click();
  await page.getByRole("list", { name: "Trials" }).waitFor();
  await shootBoth(page, folder, "verify-matrix");
  await page.keyboard.press("Escape");
  await page.getByRole("radio", { name: "Card" }).check();
  await page.getByRole("article").waitFor();
  await shootBoth(page, folder, "verify-card");
}

/** A recording that ships, at its end. */
async function openRecording(page: Page, url: string, name: string): Promise<void> {
  await page.goto(`${url}/?tape=/tapes/${name}.tape`);
  await page.getByRole("button", { name: "To the end" }).click();
  await page.getByRole("button", { name: "Play again" }).waitFor();
  await page.mouse.move(0, 0);
  await page.waitForLoadState("networkidle");
}

/** The same moment in both themes: a second visit would show other answers. */
async function shootBoth(page: Page, folder: string, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await shoot(page, folder, `${name}-${colorScheme}`);
  }
}

/** Every state at these, in both themes. */
const FRAMES = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
] as const;

/** The main states at these, in light. */
const WIDTHS = [360, 768, 1024, 1440, 1920, 2560] as const;

/**
 * The states with these names, or every one where none is named, and contact sheets of them. What cannot be reached is said,
 * and the rest goes on.
 */
async function makeAllPictures(studio: Studio, folder: string, only: readonly string[]): Promise<void> {
  const known = [...MAIN_STATES, ...OTHER_STATES, ...TOOL_STATES, ...VERIFY_STATES].map(({ name }) => name);
  const unknown = only.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`No state is named ${unknown.join(", ")}. There are: ${known.join(", ")}`);
  const chosen = (states: readonly State[]) =>
    only.length === 0 ? states : states.filter(({ name }) => only.includes(name));
  await mkdir(folder, { recursive: true });
  const bare = await startApp({ LLAMA_CPP_URL: "http://127.0.0.1:9/v1", VITRINE_LLAMA: "off" });
  const urls = { url: studio.url, bareUrl: bare.url };
  const missing: string[] = [];
  const taken = (names: readonly string[]) => names.filter((name) => !missing.includes(name));
  const photograph = async (state: State, tag: string, view: View) => {
    const context = await newContext(studio, view);
    const name = `${tag}-${state.name}`;
    try {
      const page = await state.reach(urls, context);
      await state.shows(page).waitFor();
      // What is drawn for the first time, such as a call's card, is fetched then.
      if (state.isLive !== true) await page.waitForLoadState("networkidle");
      await shoot(page, folder, name);
    } catch (error) {
      missing.push(name);
      console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      await context.close();
    }
    return name;
  };
  try {
    for (const frame of FRAMES) {
      for (const dark of [false, true]) {
        const tag = `${frame.width}-${dark ? "dark" : "light"}`;
        const names: string[] = [];
        for (const state of chosen([...MAIN_STATES, ...OTHER_STATES, ...TOOL_STATES, ...VERIFY_STATES]))
          names.push(await photograph(state, tag, { ...frame, dark }));
        await contactSheet(studio, folder, `sheet-${tag}`, taken(names));
      }
    }
    const names: string[] = [];
    for (const state of chosen(MAIN_STATES)) {
      for (const width of WIDTHS) {
        const view = { width, height: width < 720 ? 780 : 900, dark: false };
        names.push(await photograph(state, String(width), view));
      }
    }
    if (names.length > 0) await contactSheet(studio, folder, "sheet-widths", taken(names));
  } finally {
    await bare.stop();
  }
  if (missing.length > 0) throw new Error(`Not photographed: ${missing.join(", ")}`);
}

/** Small pictures of many states beside each other, with their names. */
async function contactSheet(
  { browser }: Studio,
  folder: string,
  name: string,
  names: readonly string[],
): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 2400, height: 1200 } });
  const file = path.join(folder, `${name}.html`);
  const figures = names.map(
    (each) => `<figure><img src="${each}.png"><figcaption>${each}</figcaption></figure>`,
  );
  const style =
    "body{display:grid;grid-template-columns:repeat(auto-fill,minmax(380px,1fr));gap:16px;font:14px sans-serif}" +
    "figure{margin:0}img{max-width:100%;max-height:520px;outline:1px solid gray}";
  await writeFile(file, `<!doctype html><style>${style}</style>${figures.join("")}`);
  await page.goto(pathToFileURL(file).href);
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
  await page.close();
  await rm(file);
  process.stdout.write(`${name}.png\n`);
}

type View = { readonly width: number; readonly height: number; readonly dark: boolean };

function newContext({ browser }: Studio, view: View): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width: view.width, height: view.height },
    colorScheme: view.dark ? "dark" : "light",
  });
}

async function openPage(studio: Studio, view: View, search: string): Promise<Page> {
  const { url } = studio;
  const page = await (await newContext(studio, view)).newPage();
  await page.goto(url + search);
  await page.locator("[data-boot=ready]").waitFor();
  await page.getByRole("region", { name: /^Lane 1: (?!no model)/ }).waitFor();
  return page;
}

async function openThought(page: Page, laneNumber: number): Promise<void> {
  await answer(page, laneNumber)
    .getByRole("button", { name: /^Thought/ })
    .first()
    .click();
}

async function shoot(page: Page, folder: string, name: string): Promise<void> {
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: "disabled" });
  process.stdout.write(`${name}.png\n`);
}

await main(process.argv.slice(2));
