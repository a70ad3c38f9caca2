import { readFile, writeFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { expect, test } from "./fixtures";
import { ask, lane, prompt } from "./screen";

test.use({ byHand: true });

/** A pattern that takes longer than the universe on 34 letters and a mark. */
const PATTERN = "^(a+)+$";
const LETTERS = `${"a".repeat(34)}!`;

/** Exports the open session, with its call changed into one of a tool with that pattern. */
async function exportSlow(page: Page, file: string): Promise<void> {
  await page.getByRole("button", { name: /^Comparisons/ }).click();
  const download = page.waitForEvent("download");
  await page
    .getByRole("button", { name: /^Export/ })
    .first()
    .click();
  await (await download).saveAs(file);
  const text = (await readFile(file, "utf8"))
    .replaceAll("sample-weather", "slow-tool")
    .replaceAll("weather", "slow_check")
    .replaceAll("Florence", LETTERS)
    .replaceAll("City, such as", "Letters, such as");
  const bundle = JSON.parse(text);
  for (const tool of bundle.session.tools)
    if (tool.name === "slow_check") tool.parameters.properties.location.pattern = PATTERN;
  bundle.session.name = "Slow";
  await writeFile(file, JSON.stringify(bundle));
}

test("a pattern that never ends is given up, and the page stays usable on import and after a reload", async ({
  open,
}, info) => {
  const page = await open(["vllm/caller"]);
  await ask(page, "Weather?");
  await expect(lane(page, 1).getByRole("group", { name: "Tool call: weather" })).toContainText("valid");
  const file = info.outputPath("slow.json");
  await exportSlow(page, file);
  await page.getByLabel("Comparison or recording to import").setInputFiles(file);
  await page.getByRole("list", { name: "Saved comparisons" }).getByRole("button", { name: /^Slow/ }).click();
  const card = lane(page, 1).getByRole("group", { name: "Tool call: slow_check" });
  await expect(card).toContainText("pattern took too long");
  await prompt(page).fill("still here");
  await expect(prompt(page)).toHaveValue("still here");
  await page.reload();
  await expect(card).toContainText("pattern took too long");
  await prompt(page).fill("and here");
  await expect(prompt(page)).toHaveValue("and here");
});
