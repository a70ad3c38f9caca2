/** (d) The first load, with nothing cached. */
import { watchReplies } from "../../e2e/watch-replies";
import { openPage } from "../browser/open-page";
import type { Lab } from "../lab";
import type { Options } from "../options";
import { repeat } from "../repeat";
import { type Row, rowOf } from "../row";
import { sum } from "../stats";

const SETTLE_MS = 1_000;

export async function measureLoad(lab: Lab, { size, runs }: Options): Promise<readonly Row[]> {
  const slowdowns = size === "smoke" ? [1] : [1, 4];
  const rows: Row[] = [];
  for (const slowdown of slowdowns) rows.push(...(await repeat(runs, () => loadRows(lab, slowdown))));
  return rows;
}

async function loadRows(lab: Lab, slowdown: number): Promise<readonly Row[]> {
  const ours = await load(lab, lab.app.url, slowdown);
  const base = await load(lab, `${lab.floor.url}/?lane=none`, slowdown);
  const at = `${slowdown}× slower CPU`;
  const timed = [
    rowOf({
      id: `load.fcp.${slowdown}`,
      what: `first contentful paint, ${at}`,
      unit: "ms",
      vitrine: ours.fcp,
      floor: base.fcp,
    }),
    rowOf({
      id: `load.ready.${slowdown}`,
      what: `prompt takes input, ${at}`,
      unit: "ms",
      vitrine: ours.ready,
      floor: base.ready,
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

type Loaded = {
  readonly fcp: number;
  readonly ready: number;
  /** Largest first. */
  readonly chunks: readonly { readonly name: string; readonly kb: number }[];
};

async function load(lab: Lab, url: string, slowdown: number): Promise<Loaded> {
  const opened = await openPage(lab);
  const { page, cdp } = opened;
  try {
    const received = await watchReplies(cdp);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    await page.goto(url, { waitUntil: "commit" });
    const ready = await page.waitForFunction(readyAt, undefined, { polling: "raf" });
    await page.waitForTimeout(SETTLE_MS);
    const fcp = await page.evaluate(
      () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
    );
    const chunks = received()
      .filter(({ type }) => type === "Script")
      .map(({ url: file, bytes }) => ({
        name: new URL(file).pathname.split("/").at(-1) ?? "",
        kb: bytes / 1000,
      }))
      .toSorted((a, b) => b.kb - a.kb);
    return { fcp: fcp ?? Number.NaN, ready: await ready.jsonValue(), chunks };
  } finally {
    await opened.close();
  }
}

/** Runs in the page: when the prompt can be typed in and what is saved has been read; 0 before. */
function readyAt(): number {
  const field = document.querySelector("textarea");
  const isBooting = document.querySelector("[data-boot]:not([data-boot=ready])") !== null;
  return field === null || field.disabled || isBooting ? 0 : performance.now();
}
