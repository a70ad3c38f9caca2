import { gzipSync } from "node:zlib";

import type { Response } from "@playwright/test";

import { expect, test } from "./fixtures";

const BUDGET_KB = 300;

test("the first load fetches at most 300 kB gz of JavaScript", async ({ page, app }) => {
  const pending: Promise<{ readonly url: string; readonly kilobytes: number }>[] = [];
  page.on("response", (response) => {
    if (/javascript/.test(response.headers()["content-type"] ?? "")) pending.push(sizeOf(response));
  });
  await page.goto(app.url);
  await page.locator("[data-boot=ready]").waitFor();
  await page.waitForLoadState("networkidle");
  const sizes = await Promise.all(pending);
  const total = sizes.reduce((sum, { kilobytes }) => sum + kilobytes, 0);
  expect(sizes.length).toBeGreaterThan(2);
  expect(total, JSON.stringify(sizes, null, 1)).toBeLessThanOrEqual(BUDGET_KB);
});

async function sizeOf(response: Response): Promise<{ readonly url: string; readonly kilobytes: number }> {
  const body = await response.body();
  return { url: response.url(), kilobytes: gzipSync(body, { level: 9 }).length / 1_000 };
}
