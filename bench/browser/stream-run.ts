import type { Lab } from "../lab";
import { foreignPercent, markCpu } from "../machine";
import { percentOf, quantile, sum } from "../stats";
import { openPage, type MeasuredPage } from "./open-page";
import { type MeterReading, readWhenDone, startMeter } from "./read-meter";
import type { Surface } from "./surface";

/** One run of some lanes to their end. Times in ms, shares in percent. */
export type StreamFigures = {
  /** From the upstream's last token to the frame after the one that drew it; the slowest lane. */
  readonly lastPainted: number;
  readonly fps: number;
  /** How often a lane's text was drawn, a second; the slowest lane. */
  readonly draws: number;
  /** Frames that came later than one and a half of 60 Hz, and later than 50 ms. */
  readonly late: number;
  readonly over50: number;
  readonly longTasks: number;
  /** The main thread's CPU time, of the time it streamed. */
  readonly busy: number;
  /** Script, style and layout per 1,000 tokens. */
  readonly cpuPer1k: number;
  readonly heapMb: number;
  /** From a key in the composer until the page has made the frame that holds it, and to the screen; NaN where none was pressed. */
  readonly keyP95: number;
  readonly keyShownP95: number;
  readonly foreign: number | null;
};

const LATE_MS = 25;
const KEY_EVERY_MS = 150;

/** Runs `lanes` lanes on `model` until each has drawn its last token. With `typing` a person types in the meantime. */
export async function streamRun(
  lab: Lab,
  surface: Surface,
  what: { readonly model: string; readonly lanes: number; readonly typing?: boolean },
): Promise<StreamFigures> {
  const opened = await openPage(lab);
  const { page, mark } = opened;
  try {
    await lab.upstream.forget();
    await surface.open(
      page,
      Array.from({ length: what.lanes }, () => what.model),
    );
    await page.waitForTimeout(400);
    await startMeter(page, surface, what.lanes);
    const cpu = markCpu();
    const before = await mark();
    await page.getByRole("button", { name: "Run", exact: true }).click();
    const typing = what.typing === true ? typeUntilDone(opened) : Promise.resolve();
    const reading = await readWhenDone(page);
    await typing;
    const after = await mark();
    const foreign = foreignPercent(cpu, markCpu());
    const answers = await lab.upstream.answers();
    const used = { ...after, task: after.task - before.task, work: workOf(after) - workOf(before) };
    const tokens = sum(answers.map(({ sent }) => sent));
    const ends = answers.map(({ endedAt }) => endedAt ?? Number.NaN);
    return { ...figuresOf(reading, ends, used, tokens), foreign };
  } finally {
    await opened.close();
  }
}

function workOf({ script, style, layout }: { script: number; style: number; layout: number }): number {
  return script + style + layout;
}

async function typeUntilDone({ page }: MeasuredPage): Promise<void> {
  await page.getByRole("textbox", { name: "Prompt", exact: true }).focus();
  while (!(await page.evaluate(() => window.benchMeter.isDone()))) {
    await page.keyboard.press("x");
    await page.waitForTimeout(KEY_EVERY_MS);
  }
}

function figuresOf(
  { frames, tasks, keys, answered, lanes }: MeterReading,
  ends: readonly number[],
  used: { readonly task: number; readonly work: number; readonly heap: number },
  tokens: number,
): Omit<StreamFigures, "foreign"> {
  const first = Math.min(...lanes.map((lane) => lane.first ?? Number.POSITIVE_INFINITY));
  const last = Math.max(...lanes.map((lane) => lane.last ?? Number.NaN));
  const during = frames.filter((at) => at >= first && at <= last);
  const gaps = during.slice(1).map((at, index) => at - (during[index] ?? at));
  return {
    lastPainted: last - Math.max(...ends),
    fps: (1000 * gaps.length) / (last - first),
    draws: Math.min(...lanes.map(drawsPerSecond)),
    late: percentOf(gaps, (gap) => gap > LATE_MS),
    over50: percentOf(gaps, (gap) => gap > 50),
    longTasks: sum(tasks.filter(([start]) => start >= first && start <= last).map(([, ms]) => ms)),
    busy: (100 * used.task) / (last - first),
    cpuPer1k: (1000 * used.work) / tokens,
    heapMb: used.heap / 2 ** 20,
    keyP95: quantile(answered, 0.95),
    keyShownP95: quantile(keys, 0.95),
  };
}

function drawsPerSecond({ first, last, draws }: MeterReading["lanes"][number]): number {
  return first === null || last === null ? Number.NaN : (1000 * draws) / (last - first);
}
