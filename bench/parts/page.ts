/** (b) The page while lanes stream, against the floor page in the same run. */
import { probeRun } from "../browser/probe-run";
import { type StreamFigures, streamRun } from "../browser/stream-run";
import { floor, vitrine } from "../browser/surface";
import { calmest } from "../calmest";
import type { Lab } from "../lab";
import type { Options } from "../options";
import { repeat } from "../repeat";
import { type Gate, type Row, rowOf } from "../row";
import { modelOf } from "../upstream/script";
import { measureArguments } from "./arguments";

type Figure = keyof Omit<StreamFigures, "foreign">;
type Gates = Partial<Record<Figure, Gate>>;
type Scene = {
  readonly lanes: number;
  readonly rate: number;
  readonly tokens: number;
  readonly gates: Gates;
  readonly kind?: "arguments";
  readonly typing?: true;
};

const FPS = { on: "ratio", is: "at least" } as const;
const SHARE = { on: "vitrine", is: "at most" } as const;

const SCENES: readonly Scene[] = [
  { lanes: 1, rate: 200, tokens: 5_000, gates: { busy: { on: "ratio", is: "at most", limit: 1.7 } } },
  { lanes: 2, rate: 200, tokens: 1_000, gates: {} },
  { lanes: 4, rate: 200, tokens: 1_000, gates: {} },
  { lanes: 8, rate: 200, tokens: 800, gates: {} },
  { lanes: 1, rate: 1_000, tokens: 5_000, gates: {} },
  { lanes: 2, rate: 1_000, tokens: 5_000, gates: { lastPainted: { ...SHARE, limit: 100 } } },
  {
    lanes: 4,
    rate: 1_000,
    tokens: 5_000,
    gates: { fps: { ...FPS, limit: 0.9 }, over50: { ...SHARE, limit: 1 } },
  },
  { lanes: 8, rate: 1_000, tokens: 4_000, gates: { keyP95: { ...SHARE, limit: 50 } }, typing: true },
  { lanes: 1, rate: 2_000, tokens: 20_000, gates: { fps: { ...FPS, limit: 0.9 } } },
  { lanes: 1, rate: 4_000, tokens: 16_000, gates: {} },
  { lanes: 2, rate: 4_000, tokens: 16_000, gates: {} },
  {
    lanes: 4,
    rate: 4_000,
    tokens: 16_000,
    gates: { fps: { ...FPS, limit: 0.65 }, over50: { ...SHARE, limit: 5 } },
  },
  { lanes: 8, rate: 4_000, tokens: 8_000, gates: {} },
  { lanes: 1, rate: 1_000, tokens: 25_000, kind: "arguments", gates: {} },
];

const QUICK_IDS: ReadonlySet<string> = new Set(["1x200", "2x1000", "4x1000", "8x1000", "1x2000", "4x4000"]);

export async function measurePage(lab: Lab, options: Options): Promise<readonly Row[]> {
  if (options.size === "smoke")
    return sceneRows(lab, { lanes: 2, rate: 2_000, tokens: 300, gates: {}, typing: true });
  const scenes = options.size === "quick" ? SCENES.filter((scene) => QUICK_IDS.has(nameOf(scene))) : SCENES;
  const rows: Row[] = [];
  for (const scene of scenes) rows.push(...(await repeat(options.runs, () => sceneRows(lab, scene))));
  rows.push(...(await repeat(options.runs, () => probeRows(lab, options.size === "quick" ? 2_000 : 4_000))));
  return [...rows, ...(await repeat(options.runs, measureArguments))];
}

/** The floor first, the product right after it. */
async function sceneRows(lab: Lab, scene: Scene): Promise<readonly Row[]> {
  const { lanes, rate, tokens, kind, typing = false } = scene;
  const model =
    kind === "arguments"
      ? modelOf({ kind, rate, bytes: tokens * 4 })
      : modelOf({ kind: "answer", rate, tokens });
  const { base, ours } = await calmest(async () => ({
    base: await streamRun(lab, floor(lab), { model, lanes, typing }),
    ours: await streamRun(lab, vitrine(lab), { model, lanes, typing }),
  }));
  const name = nameOf(scene);
  return FIGURES.filter(([figure]) => typing || !figure.startsWith("key")).map(([figure, what, unit]) =>
    rowOf({
      id: `page.${name}.${figure}`,
      what: `${title(scene)}: ${what}`,
      unit,
      vitrine: ours[figure],
      floor: base[figure],
      gate: scene.gates[figure] ?? null,
      foreign: ours.foreign,
    }),
  );
}

const FIGURES: readonly (readonly [Figure, string, string])[] = [
  ["lastPainted", "last token painted after the upstream's end", "ms"],
  ["fps", "frames per second", "fps"],
  ["draws", "text drawn, times a second", "/s"],
  ["late", "frames over 16.7 ms", "%"],
  ["over50", "frames over 50 ms", "%"],
  ["longTasks", "long tasks", "ms"],
  ["busy", "main thread busy", "%"],
  ["cpuPer1k", "script + style + layout per 1k tokens", "ms"],
  ["heapMb", "JS heap at the end", "MB"],
  ["keyP95", "key until the page has answered, 95 of 100", "ms"],
  ["keyShownP95", "key until the screen shows it, 95 of 100", "ms"],
];

async function probeRows(lab: Lab, measureMs: number): Promise<readonly Row[]> {
  const [few, many] = [1_000, 49_000];
  const [floorFew, floorMany] = [
    await probeRun(lab, floor(lab), few, measureMs),
    await probeRun(lab, floor(lab), many, measureMs),
  ];
  const [oursFew, oursMany] = [
    await probeRun(lab, vitrine(lab), few, measureMs),
    await probeRun(lab, vitrine(lab), many, measureMs),
  ];
  const unit = "ms";
  const what = "CPU per 1k tokens";
  const gate: Gate = { on: "ratio", is: "at most", limit: 4 };
  const growth: Gate = { on: "vitrine", is: "at most", limit: 1.5 };
  return [
    rowOf({
      id: "page.probe.1k",
      what: `${what}, 1k shown`,
      unit,
      vitrine: oursFew.work,
      floor: floorFew.work,
    }),
    rowOf({
      id: "page.probe.49k",
      what: `${what}, 49k shown`,
      unit,
      vitrine: oursMany.work,
      floor: floorMany.work,
      gate,
    }),
    rowOf({
      id: "page.probe.49k.script",
      what: `${what}, 49k shown, script alone`,
      unit,
      vitrine: oursMany.script,
      floor: floorMany.script,
    }),
    rowOf({
      id: "page.probe.49k.task",
      what: `${what}, 49k shown, painting too`,
      unit,
      vitrine: oursMany.task,
      floor: floorMany.task,
    }),
    rowOf({
      id: "page.probe.growth",
      what: `${what}, 49k over 1k`,
      unit: "×",
      vitrine: oursMany.work / oursFew.work,
      floor: floorMany.work / floorFew.work,
      gate: growth,
    }),
    rowOf({
      id: "page.probe.heap",
      what: "JS heap, 49k shown",
      unit: "MB",
      vitrine: oursMany.heapMb,
      floor: floorMany.heapMb,
    }),
  ];
}

function nameOf({ lanes, rate, kind }: Scene): string {
  return `${lanes}x${rate}${kind === undefined ? "" : `.${kind}`}`;
}

function title({ lanes, rate, tokens, kind }: Scene): string {
  if (kind === "arguments") return `${tokens / 250} kB of tool arguments at ${rate} tok/s`;
  return `${lanes} × ${rate.toLocaleString("en")} tok/s`;
}
