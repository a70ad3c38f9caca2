/** States of the page that verifies, with runs from files: how to get there, and what is there. */
import type { BrowserContext, Page } from "@playwright/test";

import { buildLane, largeRun } from "../lib/verify/__fixtures__/build-run";
import { writeVerifyRun } from "../lib/verify/saved/saved-run";
import type { VerifyRun } from "../lib/verify/verify-run";
import { lanes, type State, type Studio } from "./reach-state";

const FOUR = ["llamacpp/smollm2-135m", "groq/openai/gpt-oss-20b", "vllm/Qwen/Qwen3-8B", "openrouter/kimi-k2"];

export const VERIFY_STATES: readonly State[] = [
  {
    name: "verify-plan",
    reach: async ({ url }, context) => {
      const page = await context.newPage();
      await page.goto(`${url}${lanes("thinker", "caller")}`);
      await page.locator("[data-boot=ready]").waitFor();
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: "Command" }).fill("verify tool");
      await page.keyboard.press("Enter");
      return page;
    },
    shows: (page) => page.getByRole("button", { name: "Run 4 cases" }),
  },
  {
    name: "verify-matrix",
    reach: opened(largeRun(FOUR.map((label) => buildLane(label)))),
    shows: (page) => page.getByRole("table", { name: "Cases by lane" }),
  },
  {
    name: "verify-efforts",
    reach: opened(largeRun(FOUR.map((label) => buildLane(label, { efforts: ["low", "high"] })))),
    shows: (page) => page.getByRole("columnheader", { name: /effort high/ }).first(),
  },
  {
    name: "verify-trials",
    reach: async (studio, context) => {
      const page = await opened(largeRun(FOUR.map((label) => buildLane(label))))(studio, context);
      await page.getByRole("button", { name: /flaky/ }).first().click();
      return page;
    },
    shows: (page) => page.getByRole("list", { name: "Trials" }),
  },
  {
    name: "verify-card",
    reach: async (studio, context) => {
      const page = await opened(largeRun(FOUR.map((label) => buildLane(label))))(studio, context);
      await page.getByRole("radio", { name: "Card" }).check();
      return page;
    },
    shows: (page) => page.getByRole("article"),
  },
  {
    name: "verify-compare",
    reach: async (studio, context) => {
      const all = FOUR.map((label) => buildLane(label));
      const page = await opened({ ...largeRun(all, 5, 3), id: "before" })(studio, context);
      await page.getByRole("button", { name: "New run" }).click();
      await choose(page, { ...largeRun(all), id: "after" });
      await page.getByRole("radio", { name: "Compare" }).check();
      return page;
    },
    shows: (page) => page.getByRole("region", { name: "Regressed" }),
  },
  {
    name: "verify-case",
    reach: async ({ url }, context) => {
      const page = await visitVerify(context, url);
      await page.getByRole("button", { name: "Write a case…" }).click();
      await page.getByRole("button", { name: "New case" }).click();
      return page;
    },
    shows: (page) => page.getByRole("form", { name: "Case" }),
  },
];

/** The page with this run open. */
function opened(run: VerifyRun): (studio: Studio, context: BrowserContext) => Promise<Page> {
  return async ({ url }, context) => {
    const page = await visitVerify(context, url);
    await choose(page, run);
    return page;
  };
}

async function visitVerify(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}/verify`);
  await page.locator("[data-verify=ready]").waitFor();
  return page;
}

async function choose(page: Page, run: VerifyRun): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open a run…" }).click();
  await (
    await chooser
  ).setFiles({
    name: "run.json",
    mimeType: "application/json",
    buffer: Buffer.from(writeVerifyRun(run)),
  });
  await page.getByRole("radio", { name: "Matrix" }).waitFor();
}
