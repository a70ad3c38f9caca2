import type { Page } from "@playwright/test";

/** Imports a session file that holds a session of this name, and closes the panel. */
export async function importSession(page: Page, text: string, name: string): Promise<void> {
  await page.keyboard.press("Alt+s");
  const file = { name: "long.vitrine.json", mimeType: "application/json", buffer: Buffer.from(text) };
  await page.getByLabel("Comparison or recording to import").setInputFiles(file);
  await page.getByRole("button", { name }).first().waitFor();
  await page.keyboard.press("Escape");
}

/** Opens a new comparison, so that nothing of the one before is in the page. */
export async function openOther(page: Page): Promise<void> {
  await page.keyboard.press("Alt+s");
  await page.getByRole("button", { name: "New comparison" }).first().click();
  await page.getByRole("article").first().waitFor({ state: "detached" });
}
