import type { Page } from "@playwright/test";

import { foreignPercent, markCpu } from "../machine";
import { quantile, sum } from "../stats";

/** What a person feels while rows are on the screen. */
export type RowsFigures = {
  /** Frames a second while the rows scroll. */
  readonly fps: number;
  /** ms from a key in the composer until the page has made the frame that holds it, 95 of 100. */
  readonly keyP95: number;
  /** Share of the machine that others used, in percent; null if unknown. */
  readonly foreign: number | null;
};

/** A row of the bare page: its text, and how high it is in px. */
export type BareRow = { readonly text: string; readonly height: number };

declare global {
  interface Window {
    /** What the floor page puts there: shows rows beside its lanes, in `#rows`. */
    readonly showRows: (rows: readonly BareRow[]) => void;
  }
}

const SCROLL_PX_A_SECOND = 6_000;
const KEY_EVERY_MS = 150;

/** How long it is measured: letters that are typed, and frames that scroll. */
export type RowsLength = { readonly keys: number; readonly frames: number };

/** Types, then scrolls what `scrolls` selects. */
export async function rowsRun(
  page: Page,
  scrolls: string,
  { keys, frames }: RowsLength,
): Promise<RowsFigures> {
  const cpu = markCpu();
  const keyP95 = await typeFor(page, keys);
  const gaps = await page.evaluate(
    ([selector, speed, count]) => window.benchMeter.scrollThrough(selector, speed, count),
    [scrolls, SCROLL_PX_A_SECOND, frames] as const,
  );
  return { fps: (1000 * gaps.length) / sum(gaps), keyP95, foreign: foreignPercent(cpu, markCpu()) };
}

/** Presses this many letters in the prompt, and gives the p95 of the time until each was answered, in ms. */
export async function typeFor(page: Page, keys: number): Promise<number> {
  const earlier = await page.evaluate(() => {
    const { answered } = window.benchMeter.read();
    window.benchMeter.start({ pane: "none", output: null, mark: "", count: 0 });
    return answered.length;
  });
  await page.getByRole("textbox", { name: "Prompt", exact: true }).focus();
  for (let key = 0; key < keys; key += 1) {
    await page.keyboard.press("x");
    await page.waitForTimeout(KEY_EVERY_MS);
  }
  const { answered } = await page.evaluate(() => window.benchMeter.read());
  return quantile(answered.slice(earlier), 0.95);
}
