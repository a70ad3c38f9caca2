/** (e) The tool lab at its edges, each beside a bare page with the same rows in the same run. */
import type { Page } from "@playwright/test";

import { turnOn } from "../../e2e/lane-setup";
import { openPage } from "../browser/open-page";
import { type BareRow, type RowsFigures, type RowsLength, rowsRun, typeFor } from "../browser/rows-run";
import { floor, vitrine } from "../browser/surface";
import { calmest } from "../calmest";
import type { Lab } from "../lab";
import { importSession, openOther } from "../open-session";
import type { Options } from "../options";
import { repeat } from "../repeat";
import { type Gate, type Row, rowOf } from "../row";
import { heldSession, toolName, toolsSession } from "../tool-sessions";
import { modelOf } from "../upstream/script";

type Sizes = RowsLength & {
  readonly calls: number;
  readonly characters: number;
  readonly tools: number;
  readonly answered: number;
};

const FULL: Sizes = { calls: 4_120, characters: 670_000, tools: 120, answered: 50, keys: 40, frames: 240 };
const SIZES: { readonly [size in Options["size"]]: Sizes } = {
  full: FULL,
  quick: { ...FULL, keys: 20, frames: 120 },
  smoke: { calls: 90, characters: 30_000, tools: 12, answered: 20, keys: 4, frames: 12 },
};

const KEYS: Gate = { on: "vitrine", is: "at most", limit: 50 };
const FRAMES: Gate = { on: "ratio", is: "at least", limit: 0.9 };
const CALLS_A_SECOND = 1_000;
/** Tokens of the lane that streams beside the answered calls, at 1,000 a second. */
const BESIDE = modelOf({ kind: "answer", rate: 1_000, tokens: 30_000 });
const QUIET = modelOf({ kind: "answer", rate: 0, tokens: 10 });

export async function measureTools(lab: Lab, { size, runs }: Options): Promise<readonly Row[]> {
  const sizes = SIZES[size];
  const rows: Row[] = [];
  for (const scene of [callsScene(sizes), resultScene(sizes), toolsScene(sizes), loopScene(sizes)])
    rows.push(...(await repeat(runs, () => sceneRows(lab, scene, sizes))));
  return rows;
}

/** A scene on both pages. What it opens is on the screen when it resolves. */
type Scene = {
  readonly id: string;
  readonly what: string;
  /** What scrolls on the product's page. */
  readonly scrolls: string;
  /** Resolves to the rows that a bare page shows, and to what else was measured on the way. */
  readonly open: (
    page: Page,
    lab: Lab,
  ) => Promise<{ readonly rows: readonly BareRow[]; readonly keysBefore?: number }>;
  /** What streams beside the rows on the bare page. */
  readonly beside: string | null;
};

type Figures = RowsFigures & { readonly keysBefore?: number };

/** The product first, since the bare page shows the rows that it has; then the bare page. */
async function sceneRows(lab: Lab, scene: Scene, sizes: Sizes): Promise<readonly Row[]> {
  const { base, ours } = await calmest(async () => {
    const { rows, ...figures } = await onProduct(lab, scene, sizes);
    return { base: await onFloor(lab, scene, rows, sizes), ours: figures };
  });
  const { id, what } = scene;
  const { foreign } = ours;
  const arriving =
    ours.keysBefore === undefined
      ? []
      : [
          rowOf({
            id: `tools.${id}.keys-arriving`,
            what: `${what}: key while they arrive, 95 of 100`,
            unit: "ms",
            vitrine: ours.keysBefore,
            gate: KEYS,
            foreign,
          }),
        ];
  return [
    ...arriving,
    rowOf({
      id: `tools.${id}.keys`,
      what: `${what}: key until the page has answered, 95 of 100`,
      unit: "ms",
      vitrine: ours.keyP95,
      floor: base.keyP95,
      gate: KEYS,
      foreign,
    }),
    rowOf({
      id: `tools.${id}.fps`,
      what: `${what}, scrolling 6,000 px/s: frames per second`,
      unit: "fps",
      vitrine: ours.fps,
      floor: base.fps,
      gate: FRAMES,
      foreign,
    }),
  ];
}

async function onProduct(
  lab: Lab,
  scene: Scene,
  sizes: Sizes,
): Promise<Figures & { readonly rows: readonly BareRow[] }> {
  const opened = await openPage(lab);
  try {
    const shown = await scene.open(opened.page, lab);
    return { ...shown, ...(await rowsRun(opened.page, scene.scrolls, sizes)) };
  } finally {
    await opened.close();
  }
}

async function onFloor(lab: Lab, scene: Scene, rows: readonly BareRow[], sizes: Sizes): Promise<Figures> {
  const opened = await openPage(lab);
  const { page } = opened;
  try {
    await floor(lab).open(page, scene.beside === null ? [] : [scene.beside]);
    await page.evaluate((all) => window.showRows(all), rows);
    if (scene.beside !== null) await page.getByRole("button", { name: "Run", exact: true }).click();
    return await rowsRun(page, "#rows", sizes);
  } finally {
    await opened.close();
  }
}

/** One step with thousands of calls, which wait. A person types while they arrive. */
function callsScene({ calls, keys }: Sizes): Scene {
  return {
    id: "calls",
    what: `${calls.toLocaleString("en")} calls in one step`,
    scrolls: "main",
    beside: null,
    open: async (page, lab) => {
      await vitrine(lab).open(page, [modelOf({ kind: "calls", rate: CALLS_A_SECOND, calls })]);
      await turnOn(page, ["weather"]);
      await run(page);
      const keysBefore = await typeFor(page, keys);
      await page.getByText(/calls in one step, and the limit is/u).waitFor({ timeout: 60_000 });
      const texts = Array.from(
        { length: calls },
        (_, index) =>
          `weather ${index + 1} of ${calls} waiting for a result {"location":"Florence ${index + 1}"}`,
      );
      return { rows: await sameHeight(page, "main", texts), keysBefore };
    },
  };
}

/** A result that is held, with its beginning in view and all of it in the page's memory. */
function resultScene({ characters }: Sizes): Scene {
  return {
    id: "result",
    what: `a result of ${characters.toLocaleString("en")} characters`,
    scrolls: BOX,
    beside: null,
    open: async (page, lab) => {
      const text = "The weather of one more day. ".repeat(Math.ceil(characters / 29)).slice(0, characters);
      await vitrine(lab).open(page, [QUIET]);
      await openSession(page, heldSession("Held", text), "Held");
      await page.getByText(/^The result has/u).waitFor();
      const shown = (await page.locator(BOX).textContent()) ?? "";
      return { rows: await sameHeight(page, BOX, shown.match(/[^]{1,400}/gu) ?? []) };
    },
  };
}

/** The box that scrolls a held result. */
const BOX = "[aria-label='Result for weather']";

/** All tools on, in the drawer and in each request. */
function toolsScene({ tools }: Sizes): Scene {
  return {
    id: "drawer",
    what: `${tools} tools on, in the open drawer`,
    scrolls: "[role=dialog] .overflow-y-auto",
    beside: null,
    open: async (page, lab) => {
      await vitrine(lab).open(page, [QUIET]);
      await openSession(page, toolsSession("Many tools", tools), "Many tools");
      await page.getByRole("textbox", { name: "Prompt", exact: true }).fill("Go on.");
      await run(page);
      await page.getByRole("article").waitFor();
      await page
        .getByRole("button", { name: new RegExp(`^Tools, `, "u") })
        .first()
        .click();
      const drawer = page.getByRole("dialog", { name: "Tools", exact: true });
      await drawer.getByRole("button", { name: `Edit ${toolName(tools)}`, exact: true }).waitFor();
      const items = await drawer.locator("ul > li").allTextContents();
      return { rows: await sameHeight(page, "[role=dialog] .overflow-y-auto", items) };
    },
  };
}

/** A loop whose calls are all answered, while another lane streams. */
function loopScene({ answered }: Sizes): Scene {
  return {
    id: "loop",
    what: `${answered} answered calls beside a lane at 1,000 tok/s`,
    scrolls: "main",
    beside: BESIDE,
    open: async (page, lab) => {
      await vitrine(lab).open(page, [modelOf({ kind: "loop", calls: 10, all: answered }), BESIDE]);
      await turnOn(page, ["weather"]);
      await run(page);
      await page.getByText("All of it is known.").waitFor({ timeout: 60_000 });
      const texts = Array.from(
        { length: answered },
        (_, index) => `weather(location: "Florence ${index + 1}") → 22 degrees and sunny`,
      );
      return { rows: texts.map((text) => ({ text, height: LINE_PX })) };
    },
  };
}

/** An answered call is a line of this height. */
const LINE_PX = 28;

async function run(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Run", exact: true }).click();
}

async function openSession(page: Page, file: string, name: string): Promise<void> {
  await importSession(page, file, name);
  await openOther(page);
  await page.keyboard.press("Alt+s");
  await page
    .getByRole("list", { name: "Saved comparisons" })
    .getByRole("button", { name: new RegExp(`^${name}`, "u") })
    .click();
}

/** Rows with these texts that are together as high as what scrolls on the product's page. */
async function sameHeight(
  page: Page,
  selector: string,
  texts: readonly string[],
): Promise<readonly BareRow[]> {
  const whole = await page.locator(selector).evaluate((element) => element.scrollHeight);
  return texts.map((text) => ({ text, height: Math.round(whole / texts.length) }));
}
