/** (g) Verifying: four lanes run the whole suite, and a bare page with the same table asks as much in the same time. */
import type { Page } from "@playwright/test";

import { type App, startApp } from "../../e2e/app";
import { type MeasuredPage, openPage } from "../browser/open-page";
import { floor } from "../browser/surface";
import { type BareTableRow, type TableFigures, tableRun } from "../browser/table-run";
import { calmest } from "../calmest";
import type { Lab } from "../lab";
import type { Options } from "../options";
import { repeat } from "../repeat";
import { type Row, rowOf } from "../row";
import { modelOf } from "../upstream/script";

type Sizes = { readonly preset: "Seed" | "Full"; readonly times: number };

const SIZES: { readonly [size in Options["size"]]: Sizes } = {
  full: { preset: "Full", times: 5 },
  quick: { preset: "Full", times: 5 },
  smoke: { preset: "Seed", times: 1 },
};

/** A server for each lane: a server on this machine gets one request at a time. */
const SERVERS = {
  vllm: "VLLM_BASE_URL",
  sglang: "SGLANG_BASE_URL",
  lmstudio: "LMSTUDIO_BASE_URL",
  ollama: "OLLAMA_BASE_URL",
};
/** Wrong answers of a hundred, lane by lane: cells of every kind. */
const WRONG = [0, 10, 30, 60];

const MATRIX = "[role=group][aria-label=Matrix]";
const MEGABYTE = 2 ** 20;

/** Uses a separate app: four servers, and as many answers at once as the browser asks for. */
export async function measureVerify(lab: Lab, { size, runs }: Options): Promise<readonly Row[]> {
  const url = `${lab.upstream.url}/v1`;
  const app = await startApp({
    ...Object.fromEntries(Object.values(SERVERS).map((name) => [name, url])),
    VITRINE_LLAMA: "off",
    VITRINE_MAX_ANSWERS: "100",
  });
  try {
    return await repeat(runs, () => verifyRows(lab, app, SIZES[size]));
  } finally {
    await app.stop();
  }
}

async function verifyRows(lab: Lab, app: App, sizes: Sizes): Promise<readonly Row[]> {
  const { base, ours } = await calmest(async () => {
    const { table, bodies, ...figures } = await onProduct(lab, app, sizes);
    const floorFigures = await onFloor(lab, table, bodies, figures.tookMs / bodies.length);
    return { base: { ...floorFigures, ...NO_MEMORY, trials: 0 }, ours: figures };
  });
  const what = `verifying, ${ours.trials.toLocaleString("en")} trials in four lanes`;
  const { foreign } = ours;
  return [
    rowOf({
      id: "verify.fps",
      what: `${what}: frames per second until the end`,
      unit: "fps",
      vitrine: ours.fps,
      floor: base.fps,
      gate: { on: "ratio", is: "at least", limit: 0.9 },
      foreign,
    }),
    rowOf({
      id: "verify.keys",
      what: "… key in the matrix until the page has answered, 95 of 100",
      unit: "ms",
      vitrine: ours.keyP95,
      floor: base.keyP95,
      gate: { on: "vitrine", is: "at most", limit: 50 },
      foreign,
    }),
    rowOf({
      id: "verify.trials",
      what: "… trials a second",
      unit: "/s",
      vitrine: (1000 * ours.trials) / ours.tookMs,
      foreign,
    }),
    rowOf({
      id: "verify.heap.most",
      what: "… JS heap while it runs at most, garbage too",
      unit: "MB",
      vitrine: ours.heapMost,
      foreign,
    }),
    rowOf({
      id: "verify.heap",
      what: "… JS heap of the run once it has ended",
      unit: "MB",
      vitrine: ours.heapShown,
      gate: { on: "vitrine", is: "at most", limit: 30 },
      foreign,
    }),
    rowOf({
      id: "verify.heap.closed",
      what: "… JS heap left once the run is closed",
      unit: "MB",
      vitrine: ours.heapClosed,
      foreign,
    }),
  ];
}

/** MB of the page's JS heap: at most while it runs, and once it has ended and was closed, more than before it. */
type Memory = { readonly heapMost: number; readonly heapShown: number; readonly heapClosed: number };

const NO_MEMORY: Memory = { heapMost: Number.NaN, heapShown: Number.NaN, heapClosed: Number.NaN };

type Figures = TableFigures & Memory & { readonly trials: number };

/** What the bare page shows and sends. */
type Seen = { readonly table: readonly BareTableRow[]; readonly bodies: readonly string[] };

async function onProduct(lab: Lab, app: App, sizes: Sizes): Promise<Figures & Seen> {
  const opened = await openPage(lab);
  const { page, mark, heapAfterGc } = opened;
  try {
    const bodies = collectBodies(page, app);
    await openPlan(page, app, sizes);
    const before = await heapAfterGc();
    let heapMost = 0;
    await page.getByRole("button", { name: /^Run \d+ cases$/u }).click();
    await page.getByRole("table", { name: "Cases by lane" }).waitFor();
    const figures = await tableRun(page, {
      scrolls: MATRIX,
      focus: "[data-cell][tabindex='0']",
      keyOf: (nth) => (nth % 60 < 30 ? "ArrowDown" : "ArrowUp"),
      isFilling: () => page.getByRole("button", { name: "Pause", exact: true }).isVisible(),
      onRound: async () => {
        heapMost = Math.max(heapMost, (await mark()).heap / MEGABYTE);
      },
    });
    const table = await tableOf(page);
    const trials = await trialsOf(page);
    const heapShown = (await heapAfterGc()) - before;
    return {
      ...figures,
      table,
      bodies,
      trials,
      heapMost,
      heapShown,
      heapClosed: (await closeRun(opened)) - before,
    };
  } finally {
    await opened.close();
  }
}

/** Leads from the playground with a lane on each server to the plan of the suite, all lanes chosen. */
async function openPlan(page: Page, app: App, { preset, times }: Sizes): Promise<void> {
  const lanes = Object.keys(SERVERS).map((provider, index) => [
    "lane",
    `${provider}/${modelOf({ kind: "cases", wrong: WRONG[index] ?? 0 })}`,
  ]);
  await page.goto(`${app.url}/?${new URLSearchParams(lanes)}`);
  await page.locator("[data-boot=ready]").waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Command" }).fill("verify");
  await page.keyboard.press("Enter");
  await page.locator("[data-verify=ready]").waitFor();
  await page.getByRole("radio", { name: preset, exact: true }).check();
  await page.getByRole("textbox", { name: "Times each (N)" }).fill(String(times));
}

/** What the page sends to its models, as it is sent. */
function collectBodies(page: Page, app: App): readonly string[] {
  const bodies: string[] = [];
  page.on("request", (request) => {
    if (request.url() !== `${app.url}/api/chat`) return;
    const sent: { readonly body: object } = request.postDataJSON();
    bodies.push(JSON.stringify(sent.body));
  });
  return bodies;
}

/** The texts and heights of the matrix as it is now. */
async function tableOf(page: Page): Promise<readonly BareTableRow[]> {
  return page
    .getByRole("table", { name: "Cases by lane" })
    .getByRole("row")
    .evaluateAll((rows) =>
      rows.map((row) => ({
        cells: [...row.children].map((cell) => cell.textContent),
        height: Math.round(row.getBoundingClientRect().height),
      })),
    );
}

/** Trials that have ended, as the page says. */
async function trialsOf(page: Page): Promise<number> {
  const facts = (await page.getByRole("region", { name: "Run", exact: true }).textContent()) ?? "";
  const [, trials] = / ([\d,]+) trials? /u.exec(facts) ?? [];
  return Number(trials?.replaceAll(",", ""));
}

async function closeRun({ page, heapAfterGc }: MeasuredPage): Promise<number> {
  await page.getByRole("button", { name: "New run", exact: true }).click();
  await page.getByRole("region", { name: "Plan", exact: true }).waitFor();
  return heapAfterGc();
}

async function onFloor(
  lab: Lab,
  table: readonly BareTableRow[],
  bodies: readonly string[],
  everyMs: number,
): Promise<TableFigures> {
  const opened = await openPage(lab);
  const { page } = opened;
  try {
    await floor(lab).open(page, []);
    await page.evaluate((rows) => window.showTable(rows), table);
    let isFilling = true;
    const filled = page
      .evaluate(([all, every]) => window.fillTable(all, every), [bodies, everyMs] as const)
      .finally(() => {
        isFilling = false;
      });
    const figures = await tableRun(page, {
      scrolls: "#rows",
      focus: "textarea",
      keyOf: () => "x",
      isFilling: () => Promise.resolve(isFilling),
    });
    await filled;
    return figures;
  } finally {
    await opened.close();
  }
}
