import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { type RelayStub, startRelay } from "@/lib/session/__fixtures__/relay-stub";
import {
  llamaReply,
  startTestApp,
  type TestApp,
  type TestAppOptions,
} from "@/lib/session/__fixtures__/test-app";
import { laneId } from "@/lib/session/store/ids";

let relay: RelayStub;
let app: TestApp;

beforeEach(async () => {
  relay = await startRelay();
});

afterEach(async () => {
  app.actions.stopAll();
  app.end();
  await relay.close();
});

async function open(options: Partial<TestAppOptions> = {}): Promise<void> {
  app = await startTestApp({ fetch: relay.fetch, ...options });
}

const lane = (index: number) => app.lanes()[index]?.id ?? laneId("none");
const draft = () => app.store.getState().session.draft;
const savedDraft = async () => (await app.database.load(app.store.getState().session.id))?.session.draft;
const prompts = () => [...app.store.getState().turns.values()].map((turn) => [turn.laneId, turn.prompt]);

/** A page whose servers have not answered yet; the function returned lets them. */
async function openEarly(): Promise<() => void> {
  const answers: (() => void)[] = [];
  const replied = new Promise<typeof llamaReply>((resolve) => answers.push(() => resolve(llamaReply)));
  relay.answer("/api/providers", () => replied);
  await open({ reply: null });
  app.actions.setDraft("Hi");
  return () => {
    for (const answer of answers) answer();
  };
}
const answered = () => app.until(() => app.store.getState().servers.reply !== null);

describe("a prompt sent while some lanes answer", () => {
  it("goes to the idle lanes, names the busy ones there and in the result, and leaves the draft", async () => {
    await open();
    app.actions.send("Hi", [lane(0)]);
    const first = await relay.next();
    app.actions.setDraft(" More ");
    expect(app.actions.send("More", "all")).toEqual({ state: "sent", lanes: [lane(1)], busy: [lane(0)] });
    const second = await relay.next();
    expect(draft()).toBe("");
    expect([...app.store.getState().laneNotices.keys()]).toEqual([lane(0)]);
    first.head().text("one").finish();
    second.head().text("two").finish();
    await app.settled();
    expect([app.leaf(0).prompt, app.leaf(1).prompt]).toEqual(["Hi", "More"]);
  });

  it("is refused with a reason and stays in the draft when nobody is idle", async () => {
    await open();
    app.actions.send("Hi", [lane(0)]);
    await relay.next();
    app.actions.setDraft("More");
    expect(app.actions.send("More", [lane(0)])).toEqual({
      state: "refused",
      why: "The lane is still answering. Wait or press Stop, then send again.",
    });
    expect([draft(), prompts()]).toEqual(["More", [[lane(0), "Hi"]]]);
  });
});

describe("a prompt that cannot be sent", () => {
  it("is refused with a reason and stays in the draft", async () => {
    await open();
    app.actions.setDraft("Hi");
    app.store.setState({ ownership: "elsewhere" });
    expect(app.actions.send("Hi", "all")).toEqual({
      state: "refused",
      why: "This comparison is open in another tab, so nothing was sent.",
    });
    app.store.setState({ ownership: "owner" });
    expect(app.actions.send("  ", "all")).toEqual({ state: "refused", why: "The prompt is empty." });
    expect(app.actions.send("Hi", [laneId("gone")])).toEqual({
      state: "refused",
      why: "The lane is closed, so nothing was sent.",
    });
    expect([draft(), prompts()]).toEqual(["Hi", []]);
  });
});

describe("a prompt sent before any server has answered", () => {
  it("waits in the draft, then goes to the lanes it was meant for and to no later one", async () => {
    const answer = await openEarly();
    const asked = [lane(0), lane(1)];
    expect(app.actions.send("Hi", "all")).toEqual({ state: "waiting" });
    expect([draft(), app.store.getState().waitingSend?.lanes]).toEqual(["Hi", asked]);
    app.actions.addLane();
    answer();
    await app.until(() => app.store.getState().live.size > 0);
    expect(prompts()).toEqual(asked.map((id) => [id, "Hi"]));
    expect([draft(), app.store.getState().waitingSend]).toEqual(["", null]);
  });

  it("is not sent after Stop all, and not to a lane that was stopped", async () => {
    const answer = await openEarly();
    app.actions.send("Hi", "all");
    app.actions.stopAll();
    expect([draft(), app.store.getState().waitingSend]).toEqual(["Hi", null]);
    app.actions.send("Hi", "all");
    app.actions.stop(lane(0));
    answer();
    await app.until(() => app.store.getState().live.size > 0);
    expect(prompts()).toEqual([[lane(1), "Hi"]]);
  });

  it("is never sent into another session, which is said, and stays in its own", async () => {
    const answer = await openEarly();
    const first = app.store.getState().session.id;
    app.actions.send("Hi", "all");
    app.actions.newSession();
    await app.until(() => app.store.getState().session.id !== first);
    answer();
    await answered();
    expect([prompts(), app.store.getState().waitingSend]).toEqual([[], null]);
    expect(app.store.getState().notices.map(({ text }) => text)).toEqual([
      "A prompt was not sent because you opened another comparison before a server answered. It is still in the first comparison's composer.",
    ]);
    await app.actions.openSession(first);
    expect([draft(), prompts()]).toEqual(["Hi", []]);
  });

  it("gives way to a second send", async () => {
    const answer = await openEarly();
    app.actions.send("Hi", "all");
    app.actions.send("Hello", [lane(1)]);
    answer();
    await app.until(() => app.store.getState().live.size > 0);
    expect(prompts()).toEqual([[lane(1), "Hello"]]);
  });
});

const noModels = (demo: typeof llamaReply.demo): typeof llamaReply => ({
  ...llamaReply,
  providers: [],
  demo,
});

const NO_MODEL = "Nothing to run: there is no model yet. Add a server or choose a model, then run again.";
const notices = () => app.store.getState().notices.map(({ text }) => text);

describe("a prompt without any model", () => {
  it("is refused with one sentence and no failed answer, and stays in the draft", async () => {
    const reply = noModels({ state: "off", reason: "test" });
    relay.answer("/api/providers", () => reply);
    await open({ reply });
    app.actions.setDraft("Hi");
    expect(app.actions.send("Hi", "all")).toEqual({ state: "refused", why: NO_MODEL });
    // The composer says it, and nothing else.
    expect([prompts(), draft(), notices()]).toEqual([[], "Hi", []]);
  });
});

/** Sends "Hi" while the demo model installs; the function returned is what the servers report next. */
async function sendEarly() {
  const demo = {
    state: "installing",
    receivedBytes: 1,
    totalBytes: 2,
    elapsedMs: 1,
  } as const;
  let reply = noModels(demo);
  relay.answer("/api/providers", () => reply);
  await open({ reply });
  app.actions.setDraft("Hi");
  expect(app.actions.send("Hi", "all")).toEqual({ state: "waiting" });
  return async (next: typeof llamaReply.demo) => {
    reply = noModels(next);
    await app.until(() => app.waits.length > 0);
    for (const { pass } of app.waits.splice(0)) pass();
  };
}

describe("a prompt sent while the demo model is on its way", () => {
  it("waits, also while it starts, and goes out once it is ready", async () => {
    const report = await sendEarly();
    await report({ state: "starting", elapsedMs: 1 });
    await app.until(() => app.store.getState().servers.reply?.demo.state === "starting");
    expect([prompts(), draft(), app.store.getState().waitingSend?.prompt]).toEqual([[], "Hi", "Hi"]);
    await report({ state: "ready", baseUrl: "http://127.0.0.1:9/v1", model: "tiny" });
    await app.until(() => app.store.getState().live.size > 0);
    expect([prompts(), draft()]).toEqual([[0, 1].map((index) => [lane(index), "Hi"]), ""]);
  });

  it("is refused where the model fails, and stays in the draft", async () => {
    const report = await sendEarly();
    await report({ state: "failed", what: "No disk space.", next: "Free 127 MB." });
    await app.until(() => app.store.getState().waitingSend === null);
    expect([prompts(), draft(), notices()]).toEqual([[], "Hi", [NO_MODEL]]);
  });

  it("waits for no demo model where a lane has a model of its own", async () => {
    await sendEarly();
    app.actions.stopAll();
    app.actions.setLinked(lane(0), "model", false);
    app.actions.changeSetup(lane(0), { model: "own" });
    expect(app.actions.send("Hi", [lane(0)])).toMatchObject({ state: "sent" });
  });
});

/** A page whose first HTML has this for it, once. */
const early = (typed: string, run: string | null = null): Partial<TestAppOptions> => {
  const inputs = [{ draft: typed, run }];
  return { first: { takeInput: () => inputs.shift() ?? null } };
};

describe("what was typed before the page was alive", () => {
  it("stands in the composer in the place of the example, and is saved", async () => {
    await open(early("Hello"));
    expect([draft(), prompts()]).toEqual(["Hello", []]);
    app.saveNow();
    await expect.poll(savedDraft).toBe("Hello");
  });

  it("leaves the example alone where it is nothing", async () => {
    await open(early(""));
    expect(draft()).toBe("What is the weather in Florence?");
  });

  it("follows the prompt of a link, and is saved with it", async () => {
    await open({ ...early("Hello"), search: "?prompt=Linked" });
    expect(draft()).toBe("Linked\nHello");
    app.saveNow();
    await expect.poll(savedDraft).toBe("Linked\nHello");
  });

  it("is sent once to all lanes where Run was pressed, without what was saved before", async () => {
    await open({ ...early("Hello", "Hello"), search: "?prompt=Linked" });
    await app.until(() => app.store.getState().live.size > 0);
    expect(prompts()).toEqual([0, 1].map((index) => [lane(index), "Hello"]));
    expect([draft(), app.store.getState().waitingSend]).toEqual(["Linked", null]);
  });

  it("stays in the composer where more was typed after Run", async () => {
    await open(early("Hello, and more", "Hello"));
    await app.until(() => app.store.getState().live.size > 0);
    expect([prompts().length, draft()]).toEqual([2, "Hello, and more"]);
  });

  it("waits for a model after that, and Stop all takes it back", async () => {
    const never = new Promise<typeof llamaReply>(() => undefined);
    relay.answer("/api/providers", () => never);
    await open({ ...early("Hello", "Hello"), reply: null });
    expect(app.store.getState().waitingSend).toMatchObject({
      sessionId: app.store.getState().session.id,
      lanes: [lane(0), lane(1)],
    });
    app.actions.stopAll();
    expect([prompts(), draft(), app.store.getState().waitingSend]).toEqual([[], "Hello", null]);
  });
});
