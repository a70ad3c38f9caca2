import type { Page } from "@playwright/test";

import { expect, test } from "./fixtures";
import { answer, ask, prompt, settled } from "./screen";
import type { Scenario } from "./upstream";

test.use({ tools: ["weather"] });

/** What a model that lost itself made in one generation. */
const MANY = 4_120;

const lost: Scenario = (exchange) => {
  for (let index = 0; index < MANY; index += 1) {
    const args = JSON.stringify({ location: `Florence ${index + 1}` });
    const call = { id: `call_${index}`, type: "function", function: { name: "weather", arguments: args } };
    exchange.delta({ tool_calls: [{ index, ...call }] });
  }
  exchange.finish("tool_calls");
};

/** Scrolls the page through the whole answer, and gives the most calls that were in it at once. */
async function mostCallsInView(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const view = document.querySelector("main");
    if (view === null) return Number.NaN;
    let most = 0;
    for (let stop = 0; stop <= 40; stop += 1) {
      view.scrollTo({ top: (view.scrollHeight * stop) / 40, behavior: "instant" });
      for (let frames = 0; frames < 4; frames += 1) await new Promise(requestAnimationFrame);
      most = Math.max(most, document.querySelectorAll("article fieldset fieldset").length);
    }
    return most;
  });
}

test("4,120 calls in one answer do no harm: the list stays short, a press runs the first 50, and a reload keeps it all", async ({
  open,
  upstream,
}) => {
  test.slow();
  upstream.script("lost", lost);
  const page = await open(["vllm/lost"]);
  const before = upstream.seen.length;
  await ask(page, "Weather everywhere in Florence?");
  await settled(page);
  const own = answer(page, 1);
  await expect(own).toContainText("4,120 calls in one step, and the limit is 50. They wait.");
  await expect(own).toContainText("Go on runs the next 50 of 4,120 calls.");
  await expect(own.getByRole("group", { name: "4,120 parallel calls" })).toBeAttached();

  await prompt(page).fill("typed beside them");
  await expect(prompt(page)).toHaveValue("typed beside them");
  expect(await mostCallsInView(page)).toBeLessThan(200);
  // What is not drawn stands there as text, for the browser's search.
  await expect(own).toContainText('weather({"location":"Florence 2060"})');

  const answered = own.getByRole("button", { name: /^weather\(.*Florence \d+.*\) → 22 degrees and sunny/u });
  for (const [left, done] of [
    ["4,070", "Florence 50"],
    ["4,020", "Florence 100"],
  ] as const) {
    await own.getByRole("button", { name: "Go on" }).click();
    await settled(page);
    await expect(own).toContainText(`Go on runs the next 50 of ${left} calls.`);
    await expect(own).toContainText(new RegExp(`${done}\\b.{0,40}22 degrees and sunny`, "u"));
  }
  // Its calls wait, so the model was not asked again.
  expect(upstream.seen.length).toBe(before + 1);

  await page.reload();
  await page.locator("[data-boot=ready]").waitFor();
  await expect(own).toContainText("Go on runs the next 50 of 4,020 calls.");
  await page.locator("main").evaluate((view) => view.scrollTo({ top: 0, behavior: "instant" }));
  await expect(answered.first()).toBeVisible();
  await expect(page.getByText(/not saved/iu)).toHaveCount(0);
});
