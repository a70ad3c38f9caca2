/** Ways to a state of the screen, from a fresh page. */
import type { BrowserContext, Locator, Page } from "@playwright/test";

import { answerByHand } from "../e2e/lane-setup";
import { answer, ask, lane, resultFields, run, settled } from "../e2e/screen";

/** Where the pictures are taken: an app with servers, and one that found none. */
export type Studio = { readonly url: string; readonly bareUrl: string };

/** A state of the screen. */
export type State = {
  readonly name: string;
  /** Leads a page there; gives back the page to be looked at. */
  readonly reach: (studio: Studio, context: BrowserContext) => Promise<Page>;
  /** What the page has there, by which it is known. */
  readonly shows: (page: Page) => Locator;
  /** Answers stream in it, so its network never rests. */
  readonly isLive?: true;
};

/** Opens the page, ready to be used. */
export async function visit(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await page.locator("[data-boot=ready]").waitFor();
  return page;
}

/** The address of lanes with models of the scripted upstream. */
export function lanes(...models: readonly string[]): string {
  return `/?${new URLSearchParams(models.map((model) => ["lane", `vllm/${model}`]))}`;
}

/** Calls that wait for a person's results. */
export async function calls({ url }: Studio, context: BrowserContext): Promise<Page> {
  const page = await visit(context, `${url}${lanes("two-calls", "caller")}`);
  await answerByHand(page);
  await ask(page, "What is the weather in Florence?");
  await settled(page);
  await resultFields(page, 1).first().waitFor();
  return page;
}

/** Two answered lanes, with a call in each step. */
export async function answered(studio: Studio, context: BrowserContext): Promise<Page> {
  const page = await calls(studio, context);
  for (const laneNumber of [1, 2]) {
    const tab = page
      .getByRole("navigation", { name: "Lanes" })
      .getByRole("button")
      .nth(laneNumber - 1);
    if (await tab.isVisible()) await tab.click();
    while ((await resultFields(page, laneNumber).count()) > 0) {
      const field = resultFields(page, laneNumber).first();
      await field.fill("22 degrees and sunny");
      await field.press("Control+Enter");
      await page.waitForLoadState("networkidle");
    }
    await run(page).waitFor();
  }
  const first = page.getByRole("navigation", { name: "Lanes" }).getByRole("button").first();
  if (await first.isVisible()) await first.click();
  return page;
}

/** Lanes of these models after one prompt. */
export function asked(...models: readonly string[]): State["reach"] {
  return async ({ url }, context) => {
    const page = await visit(context, `${url}${lanes(...models)}`);
    await answerByHand(page);
    await ask(page, "Show me this case");
    await settled(page);
    return page;
  };
}

/** A panel beside an answered prompt. */
export function panel(opener: string | RegExp, title: string | RegExp): Pick<State, "reach" | "shows"> {
  return {
    reach: async (studio, context) => {
      const page = await answered(studio, context);
      await page.getByRole("button", { name: opener }).first().click();
      return page;
    },
    shows: (page) => page.getByRole("dialog", { name: title }),
  };
}

/** An answered prompt, and then keys. */
export function byKey(chord: string): State["reach"] {
  return async (studio, context) => {
    const page = await answered(studio, context);
    await lane(page, 1).focus();
    await page.keyboard.press(chord);
    return page;
  };
}

/** Opens the numbers of lane 1's answer. */
export async function openTimings(page: Page): Promise<void> {
  await answer(page, 1)
    .getByRole("button", { name: /^Timings/ })
    .click();
  await answer(page, 1).getByRole("table").first().waitFor();
}
