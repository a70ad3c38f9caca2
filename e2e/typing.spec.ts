import { expect, test } from "./fixtures";
import { hold, SCRIPTS } from "./hold-files";
import { ask, prompt, run, settled } from "./screen";

test("Enter that picks a word of an input method leaves the field for a name open", async ({ open }) => {
  const page = await open(["vllm/plain"]);
  await ask(page, "Hello");
  await settled(page);
  await page.getByRole("button", { name: /^Comparisons/ }).click();
  const list = page.getByRole("dialog");
  await list
    .getByRole("button", { name: /^Rename/ })
    .first()
    .click();
  const field = list.getByRole("textbox", { name: "Name of the comparison" });
  await field.fill("yanjiu");
  await field.evaluate((element) =>
    element.dispatchEvent(
      new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, isComposing: true, bubbles: true }),
    ),
  );
  await expect(field).toHaveValue("yanjiu");
  await field.press("Enter");
  await expect(field).toHaveCount(0);
  await expect(list.getByText("yanjiu").first()).toBeVisible();
});

test("20,000 pasted lines are sent whole, with what is typed after them", async ({ open, upstream }) => {
  const page = await open(["vllm/plain"], "");
  const lines = Array.from(
    { length: 20_000 },
    (_, index) => `line ${index + 1} of a log that is pasted whole`,
  );
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await prompt(page).focus();
  await page.evaluate((text) => navigator.clipboard.writeText(text), lines.join("\n"));
  await page.keyboard.press("Control+V");
  await page.keyboard.type("x");
  await run(page).click();
  await settled(page);
  expect(upstream.seen.at(-1)?.body["messages"]).toEqual([
    expect.objectContaining({ role: "user", content: `${lines.join("\n")}x` }),
  ]);
});

test("what is typed while a dialog's code is on its way goes into its field, and Esc calls it off", async ({
  page,
  open,
}) => {
  await open(["vllm/plain"]);
  await prompt(page).fill("Draft");
  // Fetched at the first touch of the page, and not what is held back here.
  await page.waitForLoadState("networkidle");
  const bring = await hold(page);
  const palette = page.waitForRequest(SCRIPTS);
  await page.keyboard.press("Control+k");
  await palette;
  await page.keyboard.type("Light");
  bring();
  await expect(page.getByRole("combobox", { name: "Command" })).toHaveValue("Light");
  await page.keyboard.press("Escape");
  await page.unroute(SCRIPTS);
  const bringPicker = await hold(page);
  const picker = page.waitForRequest(SCRIPTS);
  await page.getByRole("button", { name: /^Model of lane 1/u }).click();
  await picker;
  await page.keyboard.press("Escape");
  bringPicker();
  await prompt(page).press("End");
  await page.keyboard.type("ed");
  await expect(prompt(page)).toHaveValue("Drafted");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
