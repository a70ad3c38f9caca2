/** (c) Long sessions: opening, scrolling, memory, and what a closed lane leaves behind; answers of extreme shapes. */
import type { Page } from "@playwright/test";

import { longSession, NEWEST_MARK } from "../../e2e/long-session";
import { type MeasuredPage, openPage } from "../browser/open-page";
import { vitrine } from "../browser/surface";
import type { Lab } from "../lab";
import { importSession, openOther } from "../open-session";
import type { Options } from "../options";
import { repeat } from "../repeat";
import { type Row, rowOf } from "../row";
import { percentOf, sum } from "../stats";
import { modelOf } from "../upstream/script";
import { shapeRows } from "./shapes";

const NAME = "Long session";

export async function measureLong(lab: Lab, { size, runs }: Options): Promise<readonly Row[]> {
  const scale = size === "smoke" ? 0.02 : 1;
  const million = size === "full" ? 1_000_000 : size === "quick" ? 200_000 : 2_000;
  return [
    ...(await repeat(runs, () => openingRows(lab, Math.ceil(500 * scale), Math.ceil(200_000 * scale)))),
    ...(await closedLaneRows(lab, million)),
    ...(await repeat(runs, () => shapeRows(lab, scale))),
  ];
}

async function openingRows(lab: Lab, messages: number, tokens: number): Promise<readonly Row[]> {
  const opened = await openPage(lab);
  const { page, heapAfterGc } = opened;
  try {
    await vitrine(lab).open(page, [modelOf({ kind: "answer", rate: 0, tokens: 10 })]);
    await importSession(page, longSession(NAME, messages, tokens), NAME);
    await openOther(page);
    const before = await heapAfterGc();
    const painted = await openLong(page);
    const whole = await wholeAfter(page, messages / 2);
    const scroll = await scrollUp(page);
    const shown = await heapAfterGc();
    await openOther(page);
    await page.waitForTimeout(500);
    const after = await heapAfterGc();
    return [
      rowOf({
        id: "long.painted",
        what: `${messages} messages, ${tokens / 1000}k tokens: click to newest answer painted`,
        unit: "ms",
        vitrine: painted,
        gate: { on: "vitrine", is: "at most", limit: 300 },
      }),
      rowOf({
        id: "long.whole",
        what: "… to every answer in the page, so that find sees it",
        unit: "ms",
        vitrine: painted + whole,
      }),
      rowOf({
        id: "long.fps",
        what: "… scrolling 6,000 px/s: frames per second",
        unit: "fps",
        vitrine: scroll.fps,
      }),
      rowOf({ id: "long.late", what: "… scrolling: frames over 16.7 ms", unit: "%", vitrine: scroll.late }),
      rowOf({ id: "long.heap", what: "… JS heap while it is open", unit: "MB", vitrine: shown - before }),
      rowOf({
        id: "long.closed",
        what: "… JS heap left after another was opened",
        unit: "MB",
        vitrine: after - before,
      }),
    ];
  } finally {
    await opened.close();
  }
}

/** ms from the click on the session to the frame after its newest answer was in view. */
async function openLong(page: Page): Promise<number> {
  await page.keyboard.press("Alt+s");
  const row = page
    .getByRole("list", { name: "Saved comparisons" })
    .getByRole("button", { name: new RegExp(`^${NAME}`) });
  await row.waitFor();
  return row.evaluate((button, mark) => window.benchMeter.timeOpening(button, mark), NEWEST_MARK);
}

/** ms until this many answers are in the page. */
async function wholeAfter(page: Page, count: number): Promise<number> {
  const start = performance.now();
  await page.waitForFunction(
    (all) => document.querySelectorAll("article [data-part=text]").length >= all,
    count,
  );
  return performance.now() - start;
}

async function scrollUp(page: Page): Promise<{ fps: number; late: number }> {
  const gaps = await page.evaluate(() => window.benchMeter.scrollUp(6_000, 240));
  return { fps: (1000 * gaps.length) / sum(gaps), late: percentOf(gaps, (gap) => gap > 25) };
}

/**
 * A lane streams this many tokens over four turns and is closed; the other lane stays. That one answers once
 * before the first look at the heap: the code that a first answer brings stays with the page, not with a lane.
 */
async function closedLaneRows(lab: Lab, tokens: number): Promise<readonly Row[]> {
  const opened = await openPage(lab);
  try {
    const { page, heapAfterGc } = opened;
    const short = modelOf({ kind: "answer", rate: 0, tokens: 20 });
    await vitrine(lab).open(page, [modelOf({ kind: "answer", rate: 0, tokens: tokens / 4 }), short]);
    // "All lanes" comes first, then lane 1 and lane 2.
    const target = page.getByRole("combobox", { name: "Send to" });
    await target.selectOption({ index: 2 });
    await askAndWait(opened);
    await target.selectOption({ index: 0 });
    const before = await heapAfterGc();
    for (let turn = 1; turn <= 4; turn += 1) await askAndWait(opened);
    const shown = await heapAfterGc();
    await page.getByRole("button", { name: "More for lane 1" }).click();
    await page.getByRole("menuitem", { name: "Close lane" }).click();
    await page.waitForTimeout(3_000);
    const after = await heapAfterGc();
    const what = `a lane that streamed ${tokens.toLocaleString("en")} tokens`;
    return [
      rowOf({
        id: "long.lane",
        what: `${what}: JS heap while it is open`,
        unit: "MB",
        vitrine: shown - before,
      }),
      rowOf({
        id: "long.lane.closed",
        what: `${what}: JS heap left once it is closed`,
        unit: "MB",
        vitrine: after - before,
        gate: { on: "vitrine", is: "at most", limit: 5 },
      }),
    ];
  } finally {
    await opened.close();
  }
}

async function askAndWait({ page }: MeasuredPage): Promise<void> {
  await page.getByRole("textbox", { name: "Prompt", exact: true }).fill("Go on.");
  const run = page.getByRole("button", { name: "Run", exact: true });
  const answers = page.getByRole("article");
  const before = await answers.count();
  await run.click();
  // A short answer may be over before its Stop all was ever seen; its place in the page stays.
  await answers.nth(before).waitFor();
  await run.waitFor({ timeout: 180_000 });
}
