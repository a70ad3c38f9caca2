import { expect, test } from "./fixtures";
import { answer, ask, settled, texts } from "./screen";
import type { Scenario } from "./upstream";

/** Nine million characters without a blank line, where a lexer of regular expressions gives up. */
const HUGE = `${"word ".repeat(1_800_000)}THE END`;

const huge: Scenario = (exchange) => {
  exchange.delta({ reasoning_content: HUGE });
  exchange.delta({ content: HUGE });
  exchange.finish();
};

const many: Scenario = (exchange) => {
  const rows = Array.from({ length: 20_000 }, (_, index) => `| ${index + 1} | row ${index + 1} |\n`);
  const items = Array.from({ length: 3_000 }, (_, index) => `${index + 1}. item ${index + 1}\n`);
  exchange.delta({ content: `| a | b |\n|---|---|\n${rows.join("")}\nThen\n\n${items.join("")}\nTHE END` });
  exchange.finish();
};

test("an answer and a thought of nine million characters can be read and reloaded, and the page goes on working", async ({
  open,
  upstream,
  page,
}) => {
  test.slow();
  upstream.script("huge", huge);
  await open(["vllm/huge"]);
  await ask(page, "All of it");
  await settled(page);
  await expect(texts(page, 1)).toContainText("THE END", { timeout: 60_000 });
  await page.reload();
  await page.locator("[data-boot=ready]").waitFor();
  await expect(texts(page, 1)).toContainText("THE END", { timeout: 60_000 });
  await expect(texts(page, 1)).toContainText("Too long to format");
  await answer(page, 1)
    .getByRole("button", { name: /^Thought/ })
    .click();
  await expect(page.locator("[data-part=reasoning]").first()).toContainText("THE END", { timeout: 60_000 });
  upstream.script("huge", (exchange) => {
    exchange.delta({ content: "Short this time." });
    exchange.finish();
  });
  await page.keyboard.press("Alt+s");
  await page.getByRole("button", { name: "New comparison" }).first().click();
  await ask(page, "And now?");
  await expect(page.getByText("Short this time.")).toBeVisible();
});

test("a long table and a long list hold only what was near the view, and the browser's search finds the rest", async ({
  open,
  upstream,
  page,
}) => {
  test.slow();
  upstream.script("many", many);
  await open(["vllm/many"]);
  await ask(page, "All of it");
  await settled(page);
  await expect(texts(page, 1)).toContainText("THE END", { timeout: 60_000 });
  const table = answer(page, 1).getByRole("table");
  await expect(table).toHaveAttribute("aria-rowcount", "20001");
  expect(await table.getByRole("row").count()).toBeLessThan(2_000);
  expect(await answer(page, 1).getByRole("listitem").count()).toBeLessThan(1_000);
  // What is not drawn stands there as text.
  await expect(table).toContainText("row 12345");
  await table.evaluate((element) => element.scrollIntoView({ block: "center" }));
  const middle = answer(page, 1)
    .locator("tr", { hasText: /^1\d{4}row 1\d{4}$/ })
    .first();
  await expect(middle).toHaveAttribute("aria-rowindex", /^1\d{4}$/);
});
