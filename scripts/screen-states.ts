/** Every state of the screen that is looked at: how to get there, from a fresh page. */
import type { BrowserContext, Page } from "@playwright/test";

import { answerByHand } from "../e2e/lane-setup";
import { answer, ask, lane, resultFields, run, settled } from "../e2e/screen";

/** Where the pictures are taken: an app with servers, and one that found none. */
export type Studio = { readonly url: string; readonly bareUrl: string };

type State = {
  readonly name: string;
  /** Leads a page there; gives back the page to be looked at. */
  readonly reach: (studio: Studio, context: BrowserContext) => Promise<Page>;
  /** Answers stream in it, so its network never rests. */
  readonly isLive?: true;
};

/** Those that are looked at in every width. */
export const MAIN_STATES: readonly State[] = [
  { name: "first-visit", reach: async ({ url }, context) => visit(context, `${url}/`) },
  {
    name: "thinking",
    isLive: true,
    reach: async ({ url }, context) => {
      const page = await visit(context, `${url}${lanes("thinker", "endless")}`);
      await ask(page, "Think about the weather in Florence");
      await lane(page, 1)
        .getByRole("button", { name: /^Thinking/ })
        .waitFor();
      return page;
    },
  },
  { name: "calls", reach: async (studio, context) => calls(studio, context) },
  { name: "answered", reach: async (studio, context) => answered(studio, context) },
  { name: "settings", reach: panel("Settings of lane 1") },
  { name: "commands", reach: panel(/^Commands/) },
];

/** All the others. */
export const OTHER_STATES: readonly State[] = [
  { name: "tools", reach: panel(/^Tools, /) },
  { name: "model", reach: panel(/^Model of lane 1/) },
  { name: "comparisons", reach: panel(/^Comparisons/) },
  { name: "servers", reach: panel(/^Servers/) },
  { name: "keys", reach: byKey("Shift+?", "[role=dialog]") },
  {
    name: "timings",
    reach: async (studio, context) => {
      const page = await answered(studio, context);
      await answer(page, 1)
        .getByRole("button", { name: /^Timings/ })
        .click();
      await answer(page, 1).getByRole("table").first().waitFor();
      return page;
    },
  },
  {
    name: "numbers",
    reach: async (studio, context) => {
      const page = await answered(studio, context);
      await page.getByRole("button", { name: "Compare numbers" }).first().click();
      await page.getByRole("dialog").getByRole("table").waitFor();
      return page;
    },
  },
  {
    name: "wire",
    reach: async (studio, context) => {
      const page = await answered(studio, context);
      await answer(page, 1)
        .getByRole("button", { name: /^Timings/ })
        .click();
      await answer(page, 1).getByRole("button", { name: /wire/i }).last().click();
      await page.getByRole("dialog", { name: "Wire" }).waitFor();
      return page;
    },
  },
  { name: "presentation", reach: byKey("Alt+Shift+F", "[data-stage]") },
  { name: "lane-menu", reach: menu },
  { name: "errors", reach: asked("error-frame", "refused", "html") },
  { name: "tool-states", reach: asked("bad-arguments", "broken-arguments") },
  { name: "long-and-short", reach: asked("essay", "two-words") },
  { name: "long-name", reach: asked(`organization/${"a-very-long-model-name-".repeat(3)}8b`, "plain") },
  { name: "four-lanes", reach: asked("plain", "plain", "two-words", "plain") },
  {
    name: "stopped",
    reach: async ({ url }, context) => {
      const page = await visit(context, `${url}${lanes("endless", "plain")}`);
      await ask(page, "Never stop");
      await answer(page, 1).getByText("still on").first().waitFor();
      await page.getByRole("button", { name: "Stop all" }).click();
      await settled(page);
      return page;
    },
  },
  {
    name: "second-tab",
    reach: async (studio, context) => {
      const first = await answered(studio, context);
      const page = await context.newPage();
      await page.goto(first.url());
      await page.getByRole("button", { name: "Use it here" }).waitFor();
      return page;
    },
  },
  {
    name: "no-server",
    reach: async ({ bareUrl }, context) => {
      const page = await context.newPage();
      await page.goto(bareUrl);
      await page.getByRole("heading", { name: /^(No model yet|Choose a model)/ }).waitFor();
      return page;
    },
  },
  {
    name: "on-paper",
    reach: async (studio, context) => {
      const page = await answered(studio, context);
      await page.emulateMedia({ media: "print" });
      return page;
    },
  },
];

async function visit(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await page.locator("[data-boot=ready]").waitFor();
  return page;
}

function lanes(...models: readonly string[]): string {
  return `/?${new URLSearchParams(models.map((model) => ["lane", `vllm/${model}`]))}`;
}

async function calls({ url }: Studio, context: BrowserContext): Promise<Page> {
  const page = await visit(context, `${url}${lanes("two-calls", "caller")}`);
  await answerByHand(page);
  await ask(page, "What is the weather in Florence?");
  await settled(page);
  await resultFields(page, 1).first().waitFor();
  return page;
}

async function answered(studio: Studio, context: BrowserContext): Promise<Page> {
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

function asked(...models: readonly string[]): State["reach"] {
  return async ({ url }, context) => {
    const page = await visit(context, `${url}${lanes(...models)}`);
    await answerByHand(page);
    await ask(page, "Show me this case");
    await settled(page);
    return page;
  };
}

function panel(opener: string | RegExp): State["reach"] {
  return async (studio, context) => {
    const page = await answered(studio, context);
    await page.getByRole("button", { name: opener }).first().click();
    await page.getByRole("dialog").waitFor();
    return page;
  };
}

function byKey(chord: string, opens: string): State["reach"] {
  return async (studio, context) => {
    const page = await answered(studio, context);
    await lane(page, 1).focus();
    await page.keyboard.press(chord);
    await page.locator(opens).first().waitFor();
    return page;
  };
}

async function menu(studio: Studio, context: BrowserContext): Promise<Page> {
  const page = await answered(studio, context);
  await page.getByRole("button", { name: "More for lane 1" }).click();
  await page.getByRole("menu").waitFor();
  return page;
}
