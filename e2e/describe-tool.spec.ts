import { expect, test } from "./fixtures";
import { closePanel, openOne } from "./lane-setup";

// A real model on a busy machine.
test.describe.configure({ timeout: 180_000 });

test("the real small model is asked for a tool, and its draft or the reason why there is none can be read", async ({
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
  // What a model of this size says is not a promise; that it is told to a person is.
  const draft = drawer.getByRole("region", { name: /^Draft: / });
  const failure = drawer.getByRole("alert");
  await expect(draft.or(failure)).toBeVisible({ timeout: 150_000 });
  const words = await draft.or(failure).innerText();
  expect(words).toMatch(/^Draft: \S|^The model|^The answer ended|tokens|context/);
  const reply = drawer.getByRole("button", { name: "What the model wrote" });
  if ((await reply.getAttribute("aria-expanded")) === "false") await reply.click();
  await expect(drawer.getByLabel(/^(Call of define_tool|Text|Thought)$/).first()).toBeVisible();
});
