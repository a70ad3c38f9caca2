/** (a) The relay against a bare pass-through in the same run. */
import type { Lab } from "../lab";
import { cpuMs, foreignPercent, markCpu } from "../machine";
import type { Options } from "../options";
import { leave, receive, type Way } from "../relay-client";
import { repeat } from "../repeat";
import { type Gate, type Row, rowOf } from "../row";
import { median, quantile, sum } from "../stats";
import { modelOf } from "../upstream/script";

type Endpoint = Way & { readonly pid: number };

export async function measureRelay(lab: Lab, { size, runs }: Options): Promise<readonly Row[]> {
  const scale = size === "full" ? 1 : size === "quick" ? 0.4 : 0.02;
  const [app, bare, direct] = waysOf(lab);
  await receive(app, modelOf({ kind: "stamps", rate: 0, tokens: 5 }));
  return repeat(runs, async () => {
    const cpu = markCpu();
    const rows = [
      ...(await firstByte(app, bare, direct, Math.ceil(40 * scale))),
      ...(await largeReads(app, bare, Math.ceil(100_000 * scale))),
      ...(await paced(app, bare, direct, { streams: 50, rate: 200, seconds: 4 * scale, limits: null })),
      ...(await paced(app, bare, direct, {
        streams: 8,
        rate: 1_000,
        seconds: 4 * scale,
        limits: { p50: 5 },
      })),
      ...(await stop(lab, app, bare, Math.ceil(8 * scale))),
    ];
    const foreign = foreignPercent(cpu, markCpu());
    return withForeign(rows, foreign);
  });
}

function withForeign(rows: readonly Row[], foreign: number | null): readonly Row[] {
  return rows.map((row) => rowOf({ ...row, foreign }));
}

function waysOf({ app, floor, upstream }: Lab): readonly [Endpoint, Endpoint, Endpoint] {
  return [
    { name: "vitrine", url: `${app.url}/api/chat`, bodyOf: chatOf, pid: app.pid },
    { name: "bare", url: floor.url, bodyOf, pid: floor.pid },
    { name: "direct", url: `${upstream.url}/v1/chat/completions`, bodyOf, pid: upstream.pid },
  ];
}

function bodyOf(model: string): string {
  return JSON.stringify({ model, stream: true, messages: [{ role: "user", content: "Go on." }] });
}

function chatOf(model: string): string {
  return `{"provider":"vllm","body":${bodyOf(model)}}`;
}

async function firstByte(
  app: Endpoint,
  bare: Endpoint,
  direct: Endpoint,
  times: number,
): Promise<readonly Row[]> {
  const model = modelOf({ kind: "stamps", rate: 0, tokens: 5 });
  const found = new Map<Endpoint, number[]>([
    [app, []],
    [bare, []],
    [direct, []],
  ]);
  for (let time = 0; time < times; time += 1)
    for (const [endpoint, all] of found) all.push((await receive(endpoint, model)).firstMs);
  const added = (endpoint: Endpoint) => median(found.get(endpoint) ?? []) - median(found.get(direct) ?? []);
  return [
    rowOf({
      id: "relay.first",
      what: "first token, added to asking directly",
      unit: "ms",
      vitrine: added(app),
      floor: added(bare),
    }),
  ];
}

async function largeReads(app: Endpoint, bare: Endpoint, tokens: number): Promise<readonly Row[]> {
  const model = modelOf({ kind: "stamps", rate: 0, tokens });
  const measure = async (endpoint: Endpoint) => {
    const before = cpuMs(endpoint.pid);
    const { totalMs } = await receive(endpoint, model);
    return { perSecond: tokens / (totalMs / 1000), cpu: ((cpuMs(endpoint.pid) - before) * 100_000) / tokens };
  };
  const base = await measure(bare);
  const ours = await measure(app);
  return [
    rowOf({
      id: "relay.events",
      what: "events a second, one stream",
      unit: "/s",
      vitrine: ours.perSecond,
      floor: base.perSecond,
    }),
    rowOf({
      id: "relay.cpu",
      what: "CPU per 100k events in large reads",
      unit: "ms",
      vitrine: ours.cpu,
      floor: base.cpu,
      gate: { on: "vitrine", is: "at most", limit: 400 },
    }),
  ];
}

async function paced(
  app: Endpoint,
  bare: Endpoint,
  direct: Endpoint,
  load: {
    readonly streams: number;
    readonly rate: number;
    readonly seconds: number;
    readonly limits: { p50: number } | null;
  },
): Promise<readonly Row[]> {
  const { streams, rate, seconds, limits } = load;
  const tokens = Math.max(10, Math.round(rate * seconds));
  const model = modelOf({ kind: "stamps", rate, tokens });
  const measure = async (endpoint: Endpoint) => {
    const before = cpuMs(endpoint.pid);
    const all = await Promise.all(Array.from({ length: streams }, () => receive(endpoint, model)));
    const cpu = ((cpuMs(endpoint.pid) - before) * 100_000) / sum(all.map((each) => each.tokens));
    const ages = all.flatMap((each) => each.ages);
    return { p50: quantile(ages, 0.5), p99: quantile(ages, 0.99), cpu };
  };
  const [alone, base, ours] = [await measure(direct), await measure(bare), await measure(app)];
  const what = `${streams} × ${rate.toLocaleString("en")}/s`;
  const id = `relay.${streams}x${rate}`;
  return [
    rowOf({
      id: `${id}.p50`,
      what: `${what}: added, half of all tokens`,
      unit: "ms",
      vitrine: ours.p50 - alone.p50,
      floor: base.p50 - alone.p50,
      gate: atMost(limits?.p50),
    }),
    rowOf({
      id: `${id}.p99`,
      what: `${what}: added, 99 of 100 tokens`,
      unit: "ms",
      vitrine: ours.p99 - alone.p99,
      floor: base.p99 - alone.p99,
    }),
    rowOf({
      id: `${id}.cpu`,
      what: `${what}: CPU per 100k events`,
      unit: "ms",
      vitrine: ours.cpu,
      floor: base.cpu,
    }),
  ];
}

function atMost(limit: number | undefined): Gate | null {
  return limit === undefined ? null : { on: "vitrine", is: "at most", limit };
}

async function stop(lab: Lab, app: Endpoint, bare: Endpoint, times: number): Promise<readonly Row[]> {
  const measure = async (endpoint: Endpoint, model: string) => {
    const all: number[] = [];
    for (let time = 0; time < times; time += 1) {
      await lab.upstream.forget();
      const left = await leave(endpoint, model, 250);
      all.push((await closedAt(lab)) - left);
    }
    return median(all);
  };
  const rows: Row[] = [];
  const models = {
    streaming: modelOf({ kind: "stamps", rate: 100, tokens: 100_000 }),
    "before the first byte": modelOf({ kind: "silent" }),
  };
  for (const [when, model] of Object.entries(models)) {
    rows.push(
      rowOf({
        id: `relay.stop.${when.split(" ", 1)[0]}`,
        what: `Stop to the upstream's socket closed, ${when}`,
        unit: "ms",
        vitrine: await measure(app, model),
        floor: await measure(bare, model),
        gate: { on: "vitrine", is: "at most", limit: 20 },
      }),
    );
  }
  return rows;
}

/** When the upstream saw its client leave; NaN when it still had not after two seconds. */
async function closedAt(lab: Lab): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const [answer] = await lab.upstream.answers();
    if (answer?.closedAt != null) return answer.closedAt;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return Number.NaN;
}
