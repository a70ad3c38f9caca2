import { expect, type Page } from "@playwright/test";

import type { DialectId } from "@/lib/providers/dialect-id";

import { lane, resultFields } from "./screen";

/** The small model that the real llama.cpp serves. */
const MODEL = "llamacpp/smollm2-135m";

export async function openOne(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/?${new URLSearchParams({ lane: MODEL })}`);
  await page.locator("[data-boot=ready]").waitFor();
  await setTemperatureZero(page);
}

async function settings(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Settings of lane 1" }).click();
}

export async function closePanel(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

async function setTemperatureZero(page: Page): Promise<void> {
  await settings(page);
  await page.getByRole("textbox", { name: "Temperature" }).fill("0");
  await closePanel(page);
}

export async function setEffort(page: Page, effort: string): Promise<void> {
  await settings(page);
  await page.getByRole("radio", { name: effort, exact: true }).check({ force: true });
  await closePanel(page);
}

/** Picks the wire format in which lane 1 asks its server. */
export async function setDialect(page: Page, dialect: DialectId): Promise<void> {
  await settings(page);
  await page.getByRole("combobox", { name: "Dialect" }).selectOption(dialect);
  await closePanel(page);
}

export async function setTools(page: Page, names: readonly string[]): Promise<void> {
  await page.getByRole("button", { name: /^Tools, / }).click();
  for (const name of ["weather", "add", "multiply", "search"]) {
    const toggle = page.getByRole("button", { name: `${name} on`, exact: true });
    const isOn = (await toggle.getAttribute("aria-pressed")) === "true";
    if (isOn !== names.includes(name)) await toggle.click();
  }
  await closePanel(page);
}

/** Turns tools that are off on in all lanes. */
export async function turnOn(page: Page, names: readonly string[]): Promise<void> {
  await page.getByRole("button", { name: /^Tools, / }).click();
  for (const name of names)
    await page.getByRole("button", { name: new RegExp(`^${name} (?:on|in all lanes)$`, "u") }).click();
  await closePanel(page);
}

/** Every call of the lanes waits for the person from now on. */
export async function answerByHand(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Tools, / }).click();
  await page.getByRole("radiogroup", { name: "Calls answered by" }).getByText("me", { exact: true }).click();
  await closePanel(page);
}

export async function answerOpenCalls(page: Page, laneNumber: number, result: string): Promise<void> {
  const fields = resultFields(page, laneNumber);
  while ((await fields.count()) > 0) {
    const card = lane(page, laneNumber)
      .getByRole("group", { name: /^Tool call/ })
      .filter({ has: page.getByRole("textbox") })
      .first();
    await card.getByRole("textbox", { name: /^Result for / }).fill(result);
    await card.getByRole("button", { name: "Send result" }).click();
  }
}
