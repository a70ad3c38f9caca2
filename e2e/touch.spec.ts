import { devices, type Page } from "@playwright/test";

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

test("whatever is pressed or typed into is at least 44 px high under a finger, in every panel", async ({
  open,
}) => {
  const page = await open(["vllm/caller", "vllm/two-words"]);
  await ask(page, "Weather?");
  await settled(page);
  await expect(answer(page, 1).getByRole("button", { name: "Use example" })).toBeVisible();
  expect(await tooLow(page), "the page").toEqual([]);
  for (const opener of [
    /^Tools, /,
    /^Settings of lane 1/,
    /^Model of lane 1/,
    /^Commands/,
    /^Comparisons/,
    /^Servers/,
  ]) {
    await page.getByRole("button", { name: opener }).first().click();
    await page.getByRole("dialog").waitFor();
    expect(await tooLow(page), String(opener)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  await page.getByRole("button", { name: "More for lane 1" }).click();
  await page.getByRole("menuitem").first().waitFor();
  expect(await tooLow(page), "the menu of a lane").toEqual([]);
});

/** Name and height of each control that is too low; a check box, radio button or switch is as high as its label. */
async function tooLow(page: Page): Promise<readonly { readonly name: string; readonly height: number }[]> {
  return page
    .locator(
      "button, select, textarea, summary, input:not([type=file]), [role=option], [role^=menuitem], [role=switch], [role=tab]",
    )
    .evaluateAll((controls) =>
      controls
        .filter((control) => control.checkVisibility())
        .map((control) => ({
          name: control.getAttribute("aria-label") ?? control.textContent,
          height: (control.matches("[type=checkbox], [type=radio], [role=switch]")
            ? (control.closest("label") ?? control)
            : control
          ).getBoundingClientRect().height,
        }))
        .filter(({ height }) => height > 1 && height < 43.5),
    );
}
