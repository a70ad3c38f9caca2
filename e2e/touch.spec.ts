import { devices } from "@playwright/test";

import { expect, test } from "./fixtures";
import { answer, ask, prompt, run, settled } from "./screen";

test.use({ byHand: true });

const { viewport, userAgent, deviceScaleFactor, isMobile, hasTouch } = devices["Pixel 7"] ?? {
  viewport: { width: 412, height: 839 },
  userAgent: "",
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

test.use({ viewport, userAgent, deviceScaleFactor, isMobile, hasTouch });

test("Enter on an on-screen keyboard makes a new line, and Run sends", async ({ open, upstream }) => {
  const page = await open(["vllm/two-words"]);
  await prompt(page).tap();
  const before = upstream.seen.length;
  await page.keyboard.insertText("First line");
  await page.keyboard.press("Enter");
  await page.keyboard.insertText("Second line");
  await expect(prompt(page)).toHaveValue("First line\nSecond line");
  expect(upstream.seen.length).toBe(before);
  await run(page).tap();
  await settled(page);
  expect(upstream.seen.at(-1)?.body["messages"]).toEqual([
    { role: "user", content: "First line\nSecond line" },
  ]);
});

test("Enter on a keyboard attached to a touch screen runs", async ({ open }) => {
  const page = await open(["vllm/two-words"]);
  await prompt(page).tap();
  await page.keyboard.press("Escape");
  await page.keyboard.insertText("Which one?");
  await page.keyboard.press("Enter");
  await expect(answer(page, 1)).toContainText("It depends.");
});

test("a lane's settings are not cut off in its header", async ({ open }) => {
  const page = await open(["vllm/plain", "openai/two-words"]);
  const list = page.getByRole("list", { name: "Settings of this lane that differ" }).first();
  await expect(list.getByRole("button").first()).toBeVisible();
  const cut = await list.evaluate((element) => {
    const chip = element.querySelector("button");
    return (chip?.getBoundingClientRect().bottom ?? 0) - element.getBoundingClientRect().bottom;
  });
  expect(cut).toBeLessThanOrEqual(1);
});

test("every button is at least 44 px high under a finger", async ({ open }) => {
  const page = await open(["vllm/caller"]);
  await ask(page, "Weather?");
  await settled(page);
  await expect(answer(page, 1).getByRole("button", { name: "Use example" })).toBeVisible();
  const low = await page.getByRole("button").evaluateAll((buttons) =>
    buttons
      .filter((button) => button.checkVisibility())
      .map((button) => ({ name: button.textContent, height: button.getBoundingClientRect().height }))
      // The file picker behind "Attach images" is there for its name alone.
      .filter(({ height }) => height > 1 && height < 43.5),
  );
  expect(low).toEqual([]);
});
