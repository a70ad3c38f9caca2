/** The inspector with a very long answer: until its frames are listed, and how smoothly they scroll. */
import type { Locator, Page } from "@playwright/test";

import { openPage } from "../browser/open-page";
import { vitrine } from "../browser/surface";
import type { Lab } from "../lab";
import type { Options } from "../options";
import { repeat } from "../repeat";
import { type Row, rowOf } from "../row";
import { percentOf, sum } from "../stats";
import { modelOf } from "../upstream/script";

/** px a second and frames of one scroll. */
const SPEED = 6_000;
const FRAMES = 240;

export async function measureInspector(lab: Lab, { size, runs }: Options): Promise<readonly Row[]> {
  const frames = size === "smoke" ? 1_000 : 50_000;
  return repeat(runs, () => inspectorRows(lab, frames));
}

async function inspectorRows(lab: Lab, frames: number): Promise<readonly Row[]> {
  const opened = await openPage(lab);
  try {
    const { page } = opened;
    await vitrine(lab).open(page, [modelOf({ kind: "answer", rate: 0, tokens: frames })]);
    await page.getByRole("textbox", { name: "Prompt", exact: true }).fill("Go on.");
    const run = page.getByRole("button", { name: "Run", exact: true });
    await run.click();
    await page.getByRole("article").first().waitFor();
    await run.waitFor({ timeout: 180_000 });
    const started = performance.now();
    await page.getByRole("article").getByRole("button", { name: "Inspect" }).first().click();
    await page.getByRole("radio", { name: "Frames" }).check();
    const list = page.getByRole("listbox", { name: "Frames" });
    await list.getByRole("option").nth(10).waitFor({ timeout: 60_000 });
    const listed = performance.now() - started;
    const own = await scrollDown(list);
    const bare = await openBare(page, list, frames);
    const floor = await scrollDown(bare.list);
    await bare.page.close();
    const what = `inspector with ${frames.toLocaleString("en")} frames`;
    return [
      rowOf({ id: "inspector.listed", what: `${what}: click to the list`, unit: "ms", vitrine: listed }),
      rowOf({
        id: "inspector.fps",
        what: "… scrolling 6,000 px/s: frames per second",
        unit: "fps",
        vitrine: own.fps,
        floor: floor.fps,
        gate: { on: "ratio", is: "at least", limit: 0.9 },
      }),
      rowOf({
        id: "inspector.late",
        what: "… scrolling: frames over 16.7 ms",
        unit: "%",
        vitrine: own.late,
        floor: floor.late,
      }),
    ];
  } finally {
    await opened.close();
  }
}

/** A page that has nothing but this many rows, with the texts and the size of those that the inspector draws. */
async function openBare(
  page: Page,
  list: Locator,
  rows: number,
): Promise<{ readonly page: Page; readonly list: Locator }> {
  const texts = await list
    .getByRole("option")
    .evaluateAll((options) =>
      options.map((option) => Array.from(option.children, (cell) => cell.textContent ?? "")),
    );
  const box = (await list.boundingBox()) ?? { width: 440, height: 600 };
  const bare = await page.context().newPage();
  await bare.setContent("<!doctype html><div id=list></div>");
  await bare.evaluate(
    ({ cells, count, width, height }) => {
      const holder = document.querySelector<HTMLElement>("#list");
      if (holder === null) return;
      holder.style.cssText = `width: ${String(width)}px; height: ${String(height)}px; overflow-y: auto; contain: strict; font: 12px monospace`;
      for (let index = 0; index < count; index += 1) {
        const row = document.createElement("div");
        row.style.cssText = "display: flex; gap: 8px; height: 24px; overflow: hidden; white-space: nowrap";
        for (const text of cells[index % cells.length] ?? []) {
          const cell = document.createElement("span");
          cell.textContent = text;
          row.append(cell);
        }
        holder.append(row);
      }
    },
    { cells: texts, count: rows, width: box.width, height: box.height },
  );
  return { page: bare, list: bare.locator("#list") };
}

async function scrollDown(list: Locator): Promise<{ readonly fps: number; readonly late: number }> {
  const gaps = await list.evaluate(
    (element, { speed, count }) =>
      new Promise<readonly number[]>((resolve) => {
        const found: number[] = [];
        let last = performance.now();
        const frame = () => {
          const now = performance.now();
          found.push(now - last);
          element.scrollTop += (speed * (now - last)) / 1_000;
          last = now;
          if (found.length < count) requestAnimationFrame(frame);
          else resolve(found);
        };
        requestAnimationFrame(frame);
      }),
    { speed: SPEED, count: FRAMES },
  );
  return { fps: (1_000 * gaps.length) / sum(gaps), late: percentOf(gaps, (gap) => gap > 25) };
}
