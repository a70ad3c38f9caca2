import { expect, test } from "./fixtures";
import { closePanel, openOne } from "./lane-setup";

// A real model on a busy machine.
test.describe.configure({ timeout: 180_000 });

test("the real small model is asked for a tool, shows what it writes, and stops at a press", async ({
  page,
  app,
}) => {
  await openOne(page, app.url);
  await page.getByRole("button", { name: "Settings of lane 1" }).click();
  // Left alone it may repeat itself for minutes.
  await page.getByLabel("Max output tokens (incl. thinking)").fill("400");
  await closePanel(page);
  await page
    .getByRole("button", { name: /^Tools, / })
    .first()
    .click();
  await page.getByRole("button", { name: "Describe…" }).click();
  const drawer = page.getByRole("dialog", { name: "Describe a tool" });
  await drawer.getByRole("textbox", { name: "What should the tool do?" }).fill("Get the time in a city");
  await drawer.getByRole("button", { name: "Draft it", exact: true }).click();
  // What a model of this size writes, and how long it takes under the grammar of a forced call, is not a promise. That a
  // person sees what it writes, and can stop it or read how it ended, is.
  const draft = drawer.getByRole("region", { name: /^Draft: / });
  const over = draft.or(drawer.getByRole("alert"));
  const stop = drawer.getByRole("button", { name: "Stop", exact: true });
  const reply = drawer.getByLabel(/^(Call of define_tool|Text|Thought)$/).first();
  await expect(over.or(reply).first()).toBeVisible({ timeout: 90_000 });
  if (await stop.isVisible()) await stop.click();
  await expect(over.or(drawer.getByText("Stopped. Nothing was saved.")).first()).toBeVisible();
  await expect(stop).toHaveCount(0);
});
