import type { Page } from "@playwright/test";

import { END_MARK } from "../../e2e/sample-text";
import type { Surface } from "./surface";

/** What the meter in the page saw; times are epoch ms, null = never. */
export type MeterReading = {
  readonly frames: readonly number[];
  /** Start and length of each long task. */
  readonly tasks: readonly (readonly [start: number, ms: number])[];
  /** ms from a key pressed to the screen that shows it, as the browser tells it: in steps of 8, from 16 on. */
  readonly keys: readonly number[];
  /** ms from a key pressed until the page has made the frame that holds it. */
  readonly answered: readonly number[];
  /** When each lane's first and last token were drawn, and in how many frames its text changed. */
  readonly lanes: readonly {
    readonly first: number | null;
    readonly last: number | null;
    readonly draws: number;
  }[];
};

/** What `meter.js` puts on the window. */
type Meter = {
  readonly start: (what: { pane: string; output: string | null; mark: string; count: number }) => void;
  readonly isDone: () => boolean;
  readonly timeOpening: (button: Element, mark: string) => Promise<number>;
  readonly scrollUp: (speed: number, count: number) => Promise<readonly number[]>;
  readonly scrollThrough: (selector: string, speed: number, count: number) => Promise<readonly number[]>;
  readonly read: () => MeterReading;
};

declare global {
  interface Window {
    readonly benchMeter: Meter;
  }
}

const PATIENCE_MS = 120_000;

/** Starts the meter on `count` lanes of a surface. */
export async function startMeter(page: Page, { pane, output }: Surface, count: number): Promise<void> {
  await page.evaluate((what) => window.benchMeter.start(what), { pane, output, mark: END_MARK, count });
}

/** Waits until every lane has drawn its last token; gives up after two minutes and reads what there is. */
export async function readWhenDone(page: Page): Promise<MeterReading> {
  await page
    .waitForFunction(() => window.benchMeter.isDone(), undefined, { polling: 250, timeout: PATIENCE_MS })
    .catch((error: Error) => {
      if (error.name !== "TimeoutError") throw error;
    });
  return page.evaluate(() => window.benchMeter.read());
}
