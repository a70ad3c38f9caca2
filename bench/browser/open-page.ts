import path from "node:path";

import type { CDPSession, Page } from "@playwright/test";

import type { Lab } from "../lab";

/** What the main thread has used since the page began, in ms of its own CPU time, and the JS heap in bytes. */
export type ThreadMark = {
  readonly script: number;
  readonly style: number;
  readonly layout: number;
  /** Everything, the browser's own work for the page included. */
  readonly task: number;
  readonly heap: number;
};

export type MeasuredPage = {
  readonly page: Page;
  readonly cdp: CDPSession;
  readonly mark: () => Promise<ThreadMark>;
  /** The JS heap in MB once garbage is gone. */
  readonly heapAfterGc: () => Promise<number>;
  readonly close: () => Promise<void>;
};

/** A page with nothing stored and the meter in it. */
export async function openPage(lab: Lab): Promise<MeasuredPage> {
  const context = await lab.browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const page = await context.newPage();
  await page.addInitScript({ path: path.join(import.meta.dirname, "meter.js") });
  const cdp = await context.newCDPSession(page);
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  const mark = async () => readMark(cdp);
  return {
    page,
    cdp,
    mark,
    heapAfterGc: async () => {
      // Twice: what the first collection lets go of may hold more.
      await cdp.send("HeapProfiler.collectGarbage");
      await cdp.send("HeapProfiler.collectGarbage");
      return (await mark()).heap / 2 ** 20;
    },
    close: () => context.close(),
  };
}

async function readMark(cdp: CDPSession): Promise<ThreadMark> {
  const { metrics } = await cdp.send("Performance.getMetrics");
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return {
    script: value("ScriptDuration") * 1000,
    style: value("RecalcStyleDuration") * 1000,
    layout: value("LayoutDuration") * 1000,
    task: value("TaskDuration") * 1000,
    heap: value("JSHeapUsedSize"),
  };
}
