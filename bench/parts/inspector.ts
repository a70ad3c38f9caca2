/** The inspector with a very long answer: until its frames are listed, and how they scroll beside a bare page with the same rows. */
import type { Page } from "@playwright/test";

import { openPage } from "../browser/open-page";
import { type BareRow, type RowsFigures, rowsRun } from "../browser/rows-run";
import { floor, vitrine } from "../browser/surface";
import { calmest } from "../calmest";
import type { Lab } from "../lab";
import type { Options } from "../options";
import { repeat } from "../repeat";
import { type Row, rowOf } from "../row";
import { modelOf } from "../upstream/script";

type Sizes = { readonly events: number; readonly keys: number; readonly frames: number };

const FULL: Sizes = { events: 50_000, keys: 40, frames: 240 };
const SIZES: { readonly [size in Options["size"]]: Sizes } = {
  full: FULL,
  quick: { ...FULL, keys: 20, frames: 120 },
  smoke: { events: 1_000, keys: 4, frames: 12 },
};

const LIST = "[role=listbox][aria-label=Frames]";
/** px of a row. */
const ROW_PX = 24;

export async function measureInspector(lab: Lab, { size, runs }: Options): Promise<readonly Row[]> {
  return repeat(runs, () => inspectorRows(lab, SIZES[size]));
}

async function inspectorRows(lab: Lab, sizes: Sizes): Promise<readonly Row[]> {
  const { base, ours } = await calmest(async () => {
    const { rows, ...figures } = await onProduct(lab, sizes);
    return { base: await onFloor(lab, rows, sizes), ours: figures };
  });
  const what = `the inspector with ${sizes.events.toLocaleString("en")} events`;
  const { foreign } = ours;
  return [
    rowOf({
      id: "inspector.listed",
      what: `${what}: click until its frames are listed`,
      unit: "ms",
      vitrine: ours.listed ?? Number.NaN,
      foreign,
    }),
    rowOf({
      id: "inspector.keys",
      what: `${what}: key until the page has answered, 95 of 100`,
      unit: "ms",
      vitrine: ours.keyP95,
      floor: base.keyP95,
      gate: { on: "vitrine", is: "at most", limit: 50 },
      foreign,
    }),
    rowOf({
      id: "inspector.fps",
      what: `${what}, scrolling 6,000 px/s: frames per second`,
      unit: "fps",
      vitrine: ours.fps,
      floor: base.fps,
      gate: { on: "ratio", is: "at least", limit: 0.9 },
      foreign,
    }),
  ];
}

type Figures = RowsFigures & { readonly listed?: number };

async function onProduct(lab: Lab, sizes: Sizes): Promise<Figures & { readonly rows: readonly BareRow[] }> {
  const opened = await openPage(lab);
  try {
    const { page } = opened;
    await vitrine(lab).open(page, [modelOf({ kind: "answer", rate: 0, tokens: sizes.events })]);
    await page.getByRole("textbox", { name: "Prompt", exact: true }).fill("Go on.");
    const run = page.getByRole("button", { name: "Run", exact: true });
    await run.click();
    await page.getByRole("article").first().waitFor();
    await run.waitFor({ timeout: 180_000 });
    const started = performance.now();
    await page.getByRole("article").getByRole("button", { name: "Inspect" }).first().click();
    await page.getByRole("radio", { name: "Frames" }).check();
    await page.locator(LIST).getByRole("option").nth(10).waitFor({ timeout: 60_000 });
    const listed = performance.now() - started;
    const rows = await bareRows(page);
    return { listed, rows, ...(await rowsRun(page, LIST, sizes)) };
  } finally {
    await opened.close();
  }
}

/** As many rows as there are frames, with the texts of those that are drawn. */
async function bareRows(page: Page): Promise<readonly BareRow[]> {
  const options = page.locator(LIST).getByRole("option");
  const texts = await options.allTextContents();
  const count = Number(await options.first().getAttribute("aria-setsize"));
  return Array.from({ length: count }, (_, index) => ({
    text: texts[index % texts.length] ?? "",
    height: ROW_PX,
  }));
}

async function onFloor(lab: Lab, rows: readonly BareRow[], sizes: Sizes): Promise<Figures> {
  const opened = await openPage(lab);
  try {
    await floor(lab).open(opened.page, []);
    await opened.page.evaluate((all) => window.showRows(all), rows);
    return await rowsRun(opened.page, "#rows", sizes);
  } finally {
    await opened.close();
  }
}
