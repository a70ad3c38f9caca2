import type { Locator, Page } from "@playwright/test";

/** The words by which a person finds things on the screen. */
export function lane(page: Page, laneNumber: number): Locator {
  return page.getByRole("region", { name: new RegExp(`^Lane ${laneNumber}: `) });
}

export function prompt(page: Page): Locator {
  return page.getByRole("textbox", { name: "Prompt", exact: true });
}

export function run(page: Page): Locator {
  return page.getByRole("button", { name: "Run", exact: true });
}

/** Beside the prompt: "Stop all", and "Stop" where one lane is alone. */
export function stopAll(page: Page): Locator {
  return page.locator("footer").getByRole("button", { name: /^Stop/ });
}

/** The lane's answers, oldest first. */
export function answers(page: Page, laneNumber: number): Locator {
  return lane(page, laneNumber).getByRole("article");
}

export function answer(page: Page, laneNumber: number): Locator {
  return answers(page, laneNumber).last();
}

/** Buttons of the reasoning blocks in a lane: "Thought 0.21 s · 8 tokens". */
export function thoughts(page: Page, laneNumber: number): Locator {
  return lane(page, laneNumber).getByRole("button", { name: /^(Thought|Thinking)/ });
}

/** What the model said in its last answer, without reasoning, calls and timings. */
export function texts(page: Page, laneNumber: number): Locator {
  return answer(page, laneNumber).locator("[data-part=text]");
}

/** What the model has said or thought in its last answer, and nothing of the page's own words. */
export function streamed(page: Page, laneNumber: number): Locator {
  return answer(page, laneNumber).locator("[data-part=text], [data-part=reasoning]").first();
}

export function resultFields(page: Page, laneNumber: number): Locator {
  return lane(page, laneNumber).getByRole("textbox", { name: /^Result for / });
}

/** From the lane's menu, by keys where `by` says so. */
export async function closeLane(
  page: Page,
  laneNumber: number,
  by: "click" | "keys" = "click",
): Promise<void> {
  const menu = page.getByRole("button", { name: `More for lane ${laneNumber}` });
  const close = page.getByRole("menuitem", { name: "Close lane" });
  if (by === "click") {
    await menu.click();
    await close.click();
  } else {
    await menu.press("Enter");
    await close.press("Enter");
  }
}

/** Types a prompt and runs it. */
export async function ask(page: Page, text: string): Promise<void> {
  await prompt(page).fill(text);
  await run(page).click();
}

/** Nothing streams any more: Stop all has become Run again. `limit` in ms. */
export async function settled(page: Page, limit = 90_000): Promise<void> {
  await run(page).waitFor({ timeout: limit });
}
