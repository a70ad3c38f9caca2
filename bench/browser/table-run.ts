import type { Page } from "@playwright/test";

import { foreignPercent, markCpu } from "../machine";
import { quantile } from "../stats";

/** What a person feels while a table is being filled. */
export type TableFigures = {
  /** Frames a second, from the first look to the end. */
  readonly fps: number;
  /** ms from a key until the page has made the frame after it, 95 of 100. */
  readonly keyP95: number;
  /** ms from the first look to the end. */
  readonly tookMs: number;
  /** Share of the machine that others used, in percent; null if unknown. */
  readonly foreign: number | null;
};

/** A row of a table: the texts of its cells, and how high it is in px. */
export type BareTableRow = { readonly cells: readonly string[]; readonly height: number };

declare global {
  interface Window {
    /** What the floor page puts there: shows a table in `#rows`. */
    readonly showTable: (rows: readonly BareTableRow[]) => void;
    /** What the floor page puts there: asks with each body, this many ms apart, and writes a cell for each answer. */
    readonly fillTable: (bodies: readonly string[], everyMs: number) => Promise<void>;
  }
}

/** What a person does at a table that is being filled. */
export type TableVisit = {
  /** Selects what scrolls. */
  readonly scrolls: string;
  /** Selects what takes the keys. */
  readonly focus: string;
  /** The nth key. */
  readonly keyOf: (nth: number) => string;
  readonly isFilling: () => Promise<boolean>;
  /** Called after each round of keys and scrolling. */
  readonly onRound?: () => Promise<void>;
};

const SCROLL_PX_A_SECOND = 6_000;
const KEY_EVERY_MS = 150;
const KEYS_A_ROUND = 8;
const FRAMES_A_ROUND = 60;

/** Presses keys and scrolls, in turn, until the table is filled. */
export async function tableRun(page: Page, visit: TableVisit): Promise<TableFigures> {
  const { scrolls, focus, keyOf, isFilling, onRound } = visit;
  const cpu = markCpu();
  await page.evaluate(() => window.benchMeter.start({ pane: "none", output: null, mark: "", count: 0 }));
  let nth = 0;
  do {
    await page.locator(focus).first().focus();
    for (let key = 0; key < KEYS_A_ROUND; key += 1) {
      await page.keyboard.press(keyOf(nth));
      nth += 1;
      await page.waitForTimeout(KEY_EVERY_MS);
    }
    await page.evaluate(
      ([selector, speed, count]) => window.benchMeter.scrollThrough(selector, speed, count),
      [scrolls, SCROLL_PX_A_SECOND, FRAMES_A_ROUND] as const,
    );
    await onRound?.();
  } while (await isFilling());
  const { frames, answered } = await page.evaluate(() => window.benchMeter.read());
  const tookMs = (frames.at(-1) ?? Number.NaN) - (frames[0] ?? Number.NaN);
  return {
    fps: (1000 * (frames.length - 1)) / tookMs,
    keyP95: quantile(answered, 0.95),
    tookMs,
    foreign: foreignPercent(cpu, markCpu()),
  };
}
