import type { Lab } from "../lab";
import { sum } from "../stats";
import { modelOf } from "../upstream/script";
import { openPage, type ThreadMark } from "./open-page";
import type { Surface } from "./surface";

/** What 1,000 more tokens cost once that many are shown: ms of the main thread's CPU time. */
export type ProbeFigures = {
  readonly script: number;
  readonly style: number;
  readonly layout: number;
  /** Script, style and layout. */
  readonly work: number;
  /** Everything, painting included. */
  readonly task: number;
  readonly heapMb: number;
};

const RATE = 1000;
const SETTLE_MS = 1_500;
const WARM_MS = 700;

/** Shows `shown` tokens, lets the page come to rest, then measures a while of a steady stream in its middle. */
export async function probeRun(
  lab: Lab,
  surface: Surface,
  shown: number,
  measureMs: number,
): Promise<ProbeFigures> {
  const opened = await openPage(lab);
  const { page, mark } = opened;
  try {
    await lab.upstream.forget();
    await surface.open(page, [modelOf({ kind: "probe", rate: RATE, shown })]);
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await waitForSent(lab, shown);
    await page.waitForTimeout(SETTLE_MS + shown / 20);
    await lab.upstream.goOn();
    await page.waitForTimeout(WARM_MS);
    const [before, sentBefore] = [await mark(), await sent(lab)];
    await page.waitForTimeout(measureMs);
    const [after, sentAfter] = [await mark(), await sent(lab)];
    return perThousand(before, after, sentAfter - sentBefore);
  } finally {
    await opened.close();
  }
}

async function sent(lab: Lab): Promise<number> {
  return sum((await lab.upstream.answers()).map((answer) => answer.sent));
}

async function waitForSent(lab: Lab, count: number): Promise<void> {
  while ((await sent(lab)) < count) await new Promise((resolve) => setTimeout(resolve, 50));
}

function perThousand(before: ThreadMark, after: ThreadMark, tokens: number): ProbeFigures {
  const cost = (key: "script" | "style" | "layout" | "task") => (1000 * (after[key] - before[key])) / tokens;
  const [script, style, layout, task] = [cost("script"), cost("style"), cost("layout"), cost("task")];
  return { script, style, layout, task, work: script + style + layout, heapMb: after.heap / 2 ** 20 };
}
