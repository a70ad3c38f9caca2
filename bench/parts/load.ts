/** (d) The first load, with nothing cached. */
import type { Page } from "@playwright/test";

import { watchReplies } from "../../e2e/watch-replies";
import { openPage } from "../browser/open-page";
import type { Lab } from "../lab";
import type { Options } from "../options";
import { repeat } from "../repeat";
import { type Row, rowOf } from "../row";
import { sum } from "../stats";

const SETTLE_MS = 1_000;
const LETTER = "x";

/** The prompt takes input at most so many times later than the same load first paints, by how much slower the CPU is. */
const INPUT_LIMITS: Readonly<Record<number, number>> = { 1: 1.3, 4: 2 };

export async function measureLoad(lab: Lab, { size, runs }: Options): Promise<readonly Row[]> {
  const slowdowns = size === "smoke" ? [1] : [1, 4];
  const rows: Row[] = [];
  for (const slowdown of slowdowns) rows.push(...(await repeat(runs, () => loadRows(lab, slowdown))));
  return rows;
}

async function loadRows(lab: Lab, slowdown: number): Promise<readonly Row[]> {
  const ours = await load(lab, lab.app.url, slowdown, "send");
  const base = await load(lab, `${lab.floor.url}/?lane=none`, slowdown, "keep");
  const at = `${slowdown}× slower CPU`;
  const limit = INPUT_LIMITS[slowdown];
  const timed = [
    rowOf({
      id: `load.fcp.${slowdown}`,
      what: `first contentful paint, ${at}`,
      unit: "ms",
      vitrine: ours.fcp,
      floor: base.fcp,
    }),
    rowOf({
      id: `load.input.${slowdown}`,
      what: `prompt takes input, ${at}`,
      unit: "ms",
      vitrine: ours.input,
      floor: base.input,
    }),
    rowOf({
      id: `load.input-to-paint.${slowdown}`,
      what: `… of that load's first contentful paint, ${at}`,
      unit: "×",
      vitrine: ours.input / ours.fcp,
      floor: base.input / base.fcp,
      gate: limit === undefined ? null : { on: "vitrine", is: "at most", limit },
    }),
    rowOf({
      id: `load.servers.${slowdown}`,
      what: `servers asked for, ${at}`,
      unit: "ms",
      vitrine: ours.servers ?? Number.NaN,
    }),
    rowOf({
      id: `load.ready.${slowdown}`,
      what: `saved comparisons read, ${at}`,
      unit: "ms",
      vitrine: ours.ready,
    }),
  ];
  if (slowdown !== 1) return timed;
  const { chunks } = ours;
  const total = sum(chunks.map(({ kb }) => kb));
  return [
    rowOf({
      id: "load.js",
      what: `JavaScript of the first load as received, ${chunks.length} files`,
      unit: "kB",
      vitrine: total,
      gate: { on: "vitrine", is: "at most", limit: 300 },
    }),
    ...chunks.map(({ name, kb }) =>
      rowOf({ id: `load.js.${name}`, what: `… ${name}`, unit: "kB", vitrine: kb }),
    ),
    ...timed,
  ];
}

/** Times in ms since the page was asked for. */
type Loaded = {
  readonly fcp: number;
  /** When the first letter was in the prompt. It stayed there. */
  readonly input: number;
  /** When the servers were asked for; null where nobody asks. */
  readonly servers: number | null;
  /** When what is saved had been read. */
  readonly ready: number;
  /** Largest first. */
  readonly chunks: readonly { readonly name: string; readonly kb: number }[];
};

/** Loads a page once, with a letter typed as soon as it has painted, which must stay, and be sent where that is wanted. */
async function load(lab: Lab, url: string, slowdown: number, then: "send" | "keep"): Promise<Loaded> {
  const opened = await openPage(lab);
  const { page, cdp } = opened;
  try {
    const received = await watchReplies(cdp);
    await page.addInitScript(watchLoad);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    await page.goto(url, { waitUntil: "commit" });
    await page.waitForFunction(isLoaded, undefined, { polling: "raf" });
    await page.waitForTimeout(SETTLE_MS);
    const { fcp, input, ready } = await page.evaluate(() => window.benchLoad);
    const servers = await page.evaluate(serversAt);
    const chunks = received()
      .filter(({ type }) => type === "Script")
      .map(({ url: file, bytes }) => ({
        name: new URL(file).pathname.split("/").at(-1) ?? "",
        kb: bytes / 1000,
      }))
      .toSorted((a, b) => b.kb - a.kb);
    const kept = await page.locator("textarea").inputValue();
    if (kept !== LETTER)
      throw new Error(`"${LETTER}" was typed while the page loaded, and "${kept}" stayed.`);
    if (then === "send") await expectSent(page);
    return { fcp, input, servers, ready, chunks };
  } finally {
    await opened.close();
  }
}

async function expectSent(page: Page): Promise<void> {
  const [request] = await Promise.all([
    page.waitForRequest((each) => new URL(each.url()).pathname === "/api/chat"),
    page.keyboard.press("Enter"),
  ]);
  if (!(request.postData() ?? "").includes(`"${LETTER}"`))
    throw new Error(`"${LETTER}" was typed while the page loaded, and something else was sent.`);
}

declare global {
  interface Window {
    /** When the page first painted, its prompt took a letter and what is saved had been read; 0 = not yet. */
    benchLoad: { fcp: number; input: number; ready: number };
  }
}

/**
 * Runs in the page, before anything of it, and types the letter in the first task after the first paint. Its functions
 * have no names, which the runner of this file would write into them.
 */
function watchLoad(): void {
  const seen = { fcp: 0, input: 0, ready: 0 };
  window.benchLoad = seen;
  addEventListener("input", () => (seen.input ||= performance.now()), true);
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) {
      if (name !== "first-contentful-paint") continue;
      seen.fcp = startTime;
      document.querySelector("textarea")?.focus();
      // What a key does to a field, without the way of a key through the machine that measures.
      document.execCommand("insertText", false, "x");
    }
  }).observe({ type: "paint" });
  new MutationObserver((_changes, observer) => {
    const isBooting = document.querySelector("[data-boot]:not([data-boot=ready])") !== null;
    if (isBooting || document.querySelector("textarea") === null) return;
    observer.disconnect();
    seen.ready = performance.now();
  }).observe(document, { subtree: true, childList: true, attributeFilter: ["data-boot"] });
}

/** Runs in the page. */
function isLoaded(): boolean {
  return window.benchLoad.ready > 0 && window.benchLoad.input > 0;
}

/** Runs in the page: when it asked for the servers, in ms. */
function serversAt(): number | null {
  const calls = performance.getEntriesByType("resource");
  return calls.find(({ name }) => new URL(name).pathname === "/api/providers")?.startTime ?? null;
}
