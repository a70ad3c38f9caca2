import { expect, test } from "./fixtures";
import { openOne, setTools } from "./lane-setup";

test.describe.configure({ timeout: 120_000 });

test("the real llama.cpp counts what tools cost, with their share of its context", async ({ page, app }) => {
  await openOne(page, app.url);
  await setTools(page, ["weather", "add"]);
  await page
    .getByRole("button", { name: /^Tools, / })
    .first()
    .click();
  const drawer = page.getByRole("dialog", { name: "Tools", exact: true });
  const line = drawer.getByRole("button", { name: /^Lane 1: \d+ tokens · \d+ % of [\d,]+ for 2 tools$/ });
  await expect(line).toBeVisible({ timeout: 60_000 });
  await line.click();
  await expect(drawer.getByRole("list", { name: "Tokens of each tool" })).toContainText(/weather\d+/);
});
