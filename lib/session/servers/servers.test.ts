import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createStore } from "zustand/vanilla";

import type { DemoModel } from "@/lib/contract/servers";
import { type RelayStub, startRelay } from "@/lib/session/__fixtures__/relay-stub";
import { llamaReply } from "@/lib/session/__fixtures__/test-app";
import type { BrowserPlatform } from "@/lib/session/page/browser-platform";
import { type AppState, initialState, serverKey } from "@/lib/session/store/app-state";
import { laneId, turnId } from "@/lib/session/store/ids";
import { createKeys } from "@/lib/session/store/keys";
import { changeSetup } from "@/lib/session/store/lanes";

import { createServers } from "./servers";
import { watchTemplates } from "./template-facts";

let relay: RelayStub;
let stop: () => void;

beforeEach(async () => {
  relay = await startRelay();
  stop = () => undefined;
});

afterEach(async () => {
  stop();
  await relay.close();
});

function ignore(): void {}

/** A page whose waits end when the test says so. */
function openPage(begun: Promise<Response> | null = null) {
  const store = createStore<AppState>(initialState);
  const waits: { ms: number; pass: () => void }[] = [];
  let notify = ignore;
  let now = 0;
  const pass = (ms: number) => {
    now += ms;
  };
  const platform: BrowserPlatform = {
    fetch: relay.fetch,
    clock: { now: () => now, wall: () => now },
    random: () => 0,
    every: () => () => undefined,
    onReturn: () => () => undefined,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () => resolve(false), { once: true });
        waits.push({ ms, pass: () => resolve(true) });
        notify();
      }),
  };
  /** The next wait, once it has begun. */
  const nextWait = async () => {
    while (waits.length === 0) {
      await new Promise<void>((resolve) => {
        notify = resolve;
      });
    }
    return waits.shift() ?? { ms: -1, pass: notify };
  };
  const until = (test: (state: AppState) => boolean) =>
    new Promise<void>((resolve) => {
      const look = (state: AppState) => {
        if (test(state)) resolve();
      };
      store.subscribe(look);
      look(store.getState());
    });
  const takeBegun = () => {
    const taken = begun;
    begun = null;
    return taken;
  };
  return { store, platform, keys: createKeys(store), takeBegun, nextWait, until, pass };
}

const OWN = "http://127.0.0.1:9/v1";

/** A page whose lanes ask a person's own llama.cpp. */
function openOwn() {
  const page = openPage();
  page.store.setState(({ session, person, servers }) => ({
    session: { ...session, shared: { ...session.shared, endpoint: OWN } },
    person: { ...person, endpoints: [{ name: "Own", baseUrl: OWN, provider: "llamacpp" }] },
    servers: { ...servers, reply: llamaReply },
  }));
  stop = watchTemplates(page);
  const key = serverKey("llamacpp", OWN);
  return { ...page, facts: () => page.store.getState().servers.llama.get(key) };
}

describe("the list of providers", () => {
  it("is asked for every second while the demo model gets ready, and seldom after that", async () => {
    const states: DemoModel[] = [
      { state: "installing", receivedBytes: 41_000_000, totalBytes: 127_000_000, elapsedMs: 1_000 },
      { state: "starting", elapsedMs: 2_000 },
      { state: "ready", baseUrl: "http://127.0.0.1:9/v1", model: "tiny" },
    ];
    relay.answer("/api/providers", () => ({ ...llamaReply, demo: states.shift() ?? llamaReply.demo }));
    const page = openPage();
    stop = createServers(page).start();
    const pauses: number[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      const wait = await page.nextWait();
      pauses.push(wait.ms);
      wait.pass();
    }
    expect(pauses).toEqual([1_000, 1_000, 15_000]);
  });

  it("takes a call that was begun before the page, once", async () => {
    const versions = ["asked"];
    relay.answer("/api/providers", () => ({ ...llamaReply, version: versions.shift() ?? "asked too often" }));
    const page = openPage(Promise.resolve(Response.json({ ...llamaReply, version: "begun" })));
    stop = createServers(page).start();
    const wait = await page.nextWait();
    expect(page.store.getState().servers.reply?.version).toBe("begun");
    wait.pass();
    await page.nextWait();
    expect(page.store.getState().servers).toMatchObject({ reply: { version: "asked" }, problem: null });
  });

  it("is asked for again at once where that was wanted while it was asked for", async () => {
    relay.answer("/api/providers", () => ({ ...llamaReply, version: "asked again" }));
    let begin: (response: Response) => void = ignore;
    const begun = new Promise<Response>((resolve) => {
      begin = resolve;
    });
    const page = openPage(begun);
    const servers = createServers(page);
    stop = servers.start();
    servers.refresh();
    begin(Response.json({ ...llamaReply, version: "begun" }));
    await page.nextWait();
    expect(page.store.getState().servers.reply?.version).toBe("asked again");
  });

  it.each([
    ["broke off", () => Promise.reject(new TypeError("Failed to fetch"))],
    ["was refused", () => Promise.resolve(Response.json({ odd: true }, { status: 403 }))],
  ])("asks itself, without a word, where the call that was begun %s", async (_what, begin) => {
    relay.answer("/api/providers", () => llamaReply);
    const page = openPage(begin());
    const problems: unknown[] = [];
    page.store.subscribe(({ servers }) => problems.push(servers.problem));
    stop = createServers(page).start();
    await page.nextWait();
    expect(page.store.getState().servers.reply).toEqual(llamaReply);
    expect(problems.filter((problem) => problem !== null)).toEqual([]);
  });

  it("says when the app's own server does not answer, and keeps what was known", async () => {
    let down = false;
    relay.answer("/api/providers", () => (down ? { odd: true } : llamaReply));
    const page = openPage();
    stop = createServers(page).start();
    (await page.nextWait()).pass();
    await page.until(({ servers }) => servers.reply !== null);
    down = true;
    (await page.nextWait()).pass();
    await page.until(({ servers }) => servers.problem !== null);
    expect(page.store.getState().servers).toMatchObject({
      reply: { version: "0.0.0" },
      problem: { source: "app", code: "REPLY_UNREADABLE" },
    });
  });
});

describe("a model list", () => {
  it("is fetched once, and again when asked to", async () => {
    let asked = 0;
    relay.answer("/api/models", () => {
      asked += 1;
      return { models: [{ id: `m${asked}`, contextLength: 4_096, note: null }] };
    });
    const page = openPage();
    const servers = createServers(page);
    const list = () => page.store.getState().servers.models.get(serverKey("groq", null));
    servers.loadModels("groq", null);
    servers.loadModels("groq", null);
    await page.until(() => list()?.state === "ready");
    servers.loadModels("groq", null);
    expect(list()).toEqual({ state: "ready", models: [{ id: "m1", contextLength: 4_096, note: null }] });
    servers.loadModels("groq", null, true);
    await page.until(() => JSON.stringify(list()).includes("m2"));
    expect(asked).toBe(2);
  });

  it("that cannot be had says why", async () => {
    const page = openPage();
    createServers(page).loadModels("groq", null);
    const list = () => page.store.getState().servers.models.get(serverKey("groq", null));
    await page.until(() => list()?.state === "failed");
    expect(list()).toMatchObject({ state: "failed", error: { code: "NO_STUB" } });
  });
});

describe("what a template reads", () => {
  const props = {
    contextLength: 2_048,
    slots: 4,
    build: "b1",
    model: "tiny",
    router: false,
    vision: null,
    quantization: null,
    templateHash: null,
    caps: { supports_tools: false },
  };

  it("is asked once per server and per setting, when the person has stopped typing", async () => {
    const bodies: unknown[] = [];
    relay.answer("/api/llama/props", () => props);
    relay.answer("/api/llama/apply-template", (body) => {
      bodies.push(body);
      return { prompt: "same" };
    });
    const page = openPage();
    page.store.setState(({ servers }) => ({ servers: { ...servers, reply: llamaReply } }));
    stop = watchTemplates(page);
    (await page.nextWait()).pass();
    await page.until(({ servers }) => servers.llama.size === 1 && servers.renders.size === 2);
    expect([...page.store.getState().servers.llama.values()]).toEqual([props]);
    expect([...page.store.getState().servers.renders.values()]).toEqual([
      { chosen: "same", other: "same" },
      { chosen: "same", other: "same" },
    ]);
    const lane = page.store.getState().session.lanes[0];
    if (!lane) expect.unreachable("a session has a lane");
    page.store.setState(({ session }) => ({ session: changeSetup(session, lane.id, { effort: "high" }) }));
    (await page.nextWait()).pass();
    page.store.setState(({ session }) => ({ session: changeSetup(session, lane.id, { effort: "medium" }) }));
    (await page.nextWait()).pass();
    await page.until(({ servers }) => servers.renders.size === 3);
    expect(bodies).toHaveLength(6);
  });

  it("is asked again of a person's own server that did not answer at first", async () => {
    let isUp = false;
    relay.answer("/api/llama/props", () => (isUp ? props : { odd: true }));
    relay.answer("/api/llama/apply-template", () => ({ prompt: "same" }));
    const page = openOwn();
    (await page.nextWait()).pass();
    const again = await page.nextWait();
    expect([again.ms, page.facts()]).toEqual([15_000, undefined]);
    isUp = true;
    again.pass();
    await page.until(() => page.facts() !== undefined);
    expect(page.facts()).toEqual(props);
  });

  it("is asked again when a run begins, and what was known of another model is forgotten", async () => {
    let model = "tiny";
    let renders = 0;
    relay.answer("/api/llama/props", () => ({ ...props, model, vision: model === "large" }));
    relay.answer("/api/llama/apply-template", () => ({ prompt: `${(renders += 1)}` }));
    const page = openOwn();
    (await page.nextWait()).pass();
    await page.until(({ servers }) => servers.renders.size === 2);
    expect(page.facts()).toMatchObject({ model: "tiny", vision: false });
    model = "large";
    const run = (turn: string) =>
      page.store.setState((state) => ({ live: new Map(state.live).set(turnId(turn), laneId("a")) }));
    run("at once");
    expect(page.facts()).toMatchObject({ model: "tiny" });
    page.pass(15_000);
    run("later");
    await page.until(() => page.facts()?.model === "large");
    await page.until(
      ({ servers }) => [...servers.renders.values()].filter(({ chosen }) => Number(chosen) > 4).length === 2,
    );
    expect(page.store.getState().servers.renders.size).toBe(2);
  });

  it("is asked again after its models were fetched, and stays while it does not answer", async () => {
    let reply: unknown = props;
    relay.answer("/api/llama/props", () => reply);
    relay.answer("/api/llama/apply-template", () => ({ prompt: "same" }));
    const page = openOwn();
    (await page.nextWait()).pass();
    await page.until(({ servers }) => servers.renders.size === 2);
    const fetched = () =>
      page.store.setState(({ servers }) => ({
        servers: {
          ...servers,
          models: new Map([[serverKey("llamacpp", OWN), { state: "ready", models: [] }]]),
        },
      }));
    reply = { odd: true };
    fetched();
    (await page.nextWait()).pass();
    const again = await page.nextWait();
    expect([again.ms, page.facts()]).toEqual([15_000, props]);
    reply = { ...props, vision: true };
    fetched();
    (await page.nextWait()).pass();
    await page.until(() => page.facts()?.vision === true);
  });

  it("is not asked of a server that is not there", async () => {
    const page = openPage();
    stop = watchTemplates(page);
    (await page.nextWait()).pass();
    page.store.setState({ saveState: { state: "saving" } });
    expect(page.store.getState().servers.llama.size).toBe(0);
  });
});
