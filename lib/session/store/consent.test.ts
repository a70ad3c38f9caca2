import "fake-indexeddb/auto";
import { afterEach, describe, expect, it, vi } from "vitest";

import { unpackText } from "@/lib/link/packed-text";
import { type RelayStub, startRelay } from "@/lib/session/__fixtures__/relay-stub";
import { startTestApp, type TestApp } from "@/lib/session/__fixtures__/test-app";

import { laneId } from "./ids";

const apps: TestApp[] = [];
const relays: RelayStub[] = [];

afterEach(async () => {
  for (const app of apps.splice(0)) {
    app.actions.stopAll();
    app.end();
  }
  for (const relay of relays.splice(0)) await relay.close();
});

async function openPage(): Promise<{ readonly app: TestApp; readonly relay: RelayStub }> {
  const relay = await startRelay();
  const app = await startTestApp({ fetch: relay.fetch, from: apps.length * 1_000 });
  apps.push(app);
  relays.push(relay);
  return { app, relay };
}

const mine = { name: "Attic", baseUrl: "http://10.0.0.7:8080/v1", provider: "llamacpp" };
const theirs = { name: "OpenAI", baseUrl: "http://127.0.0.1:4699/v1", provider: "llamacpp" };
const QUESTION = { origin: "http://127.0.0.1:4699", name: "OpenAI" };

/** A page with an imported comparison of two lanes, both on a server of the file's. */
async function imported() {
  const first = await openPage();
  first.app.actions.addEndpoint(theirs, null);
  for (const lane of first.app.lanes()) {
    first.app.actions.changeSetup(lane.id, { endpoint: theirs.baseUrl, model: "m" });
  }
  const text = await first.app.exported();
  const second = await openPage();
  second.app.actions.addEndpoint(mine, null);
  await second.app.actions.importSession(text);
  return second;
}

/** What the link to the open comparison holds, as text. */
async function linkText(app: TestApp): Promise<string> {
  const link = await app.page.shareLink("http://here");
  if (!link.ok) throw new Error(link.why);
  const unpacked = await unpackText(link.url.slice(link.url.indexOf("=") + 1), 1_000_000);
  return unpacked.ok ? unpacked.text : expect.unreachable(unpacked.why);
}

const errors = (app: TestApp) =>
  [0, 1].map((lane) => {
    const status = app.leaf(lane).turn.steps.at(-1)?.status;
    return status?.state === "failed" ? status.error.message : status?.state;
  });

describe("an imported comparison's server", () => {
  it("is asked for once, at the first Run, and gets nothing before the person says yes", async () => {
    const { app, relay } = await imported();
    expect(app.store.getState().question).toBeNull();
    app.actions.send("Hi", "all");
    await app.until(() => app.store.getState().question !== null);
    expect([app.store.getState().question, relay.waiting()]).toEqual([QUESTION, 0]);

    app.page.answerQuestion(true);
    for (let lane = 0; lane < 2; lane += 1) (await relay.next()).head().text("Hello").finish();
    await app.settled();
    expect(app.store.getState().question).toBeNull();
    expect(app.store.getState().person.endpoints).toEqual([mine, theirs]);

    app.actions.send("Again", [app.lanes()[0]?.id ?? laneId("none")]);
    (await relay.next()).head().text("Hello").finish();
    await app.settled();
    expect(app.store.getState().question).toBeNull();
  });

  it("gets nothing when the person says no, every lane says so, and Retry asks again", async () => {
    const { app, relay } = await imported();
    app.actions.send("Hi", "all");
    await app.until(() => app.store.getState().question !== null);
    app.page.answerQuestion(false);
    await app.settled();
    const message =
      "Nothing was sent: http://127.0.0.1:4699/v1 is not one of your servers, and you did not allow it. Retry to be asked again.";
    expect([errors(app), relay.waiting(), app.store.getState().person.endpoints]).toEqual([
      [message, message],
      0,
      [mine],
    ]);
    app.actions.retry(app.leaf(0).id);
    await app.until(() => app.store.getState().question !== null);
    expect(app.store.getState().question).toEqual(QUESTION);
  });

  it("is no longer asked for once every lane that waits for it is stopped", async () => {
    const { app, relay } = await imported();
    app.actions.send("Hi", "all");
    await app.until(() => app.store.getState().question !== null);
    app.actions.stopAll();
    await app.settled();
    expect([app.store.getState().question, relay.waiting()]).toEqual([null, 0]);
  });

  it("is not asked for where the person has a server on the same origin", async () => {
    const { app, relay } = await imported();
    app.actions.addEndpoint({ ...theirs, name: "Mine too", baseUrl: "http://127.0.0.1:4699/other" }, null);
    app.actions.send("Hi", [app.lanes()[0]?.id ?? laneId("none")]);
    (await relay.next()).head().text("Hello").finish();
    await app.settled();
    expect(app.store.getState().question).toBeNull();
  });

  it("is not asked for its template by itself either", async () => {
    const { app, relay } = await imported();
    const asked = vi.fn<() => unknown>();
    relay.answer("/api/llama/props", asked);
    for (const wait of app.waits.splice(0)) wait.pass();
    app.actions.changeSetup(app.lanes()[0]?.id ?? laneId("none"), { effort: "high" });
    await app.until(() => app.waits.length > 0);
    for (const wait of app.waits.splice(0)) wait.pass();
    app.actions.send("Hi", "all");
    await app.until(() => app.store.getState().question !== null);
    expect(asked).not.toHaveBeenCalled();
  });
});

describe("the secret part of an address", () => {
  const secrets = { login: "anna:päss", query: "sig=abc" };

  it("travels in the key's header alone, and is in no storage and no export", async () => {
    const { app, relay } = await openPage();
    app.actions.addEndpoint(mine, "sk-key", secrets);
    const lane = app.lanes()[0]?.id ?? laneId("none");
    app.actions.changeSetup(lane, { endpoint: mine.baseUrl, model: "m" });
    app.actions.send("Hi", [lane]);
    const exchange = await relay.next();
    const header = String(exchange.headers["x-vitrine-key"]);
    expect(header).toMatch(/^parts [\w-]+$/u);
    expect(JSON.parse(Buffer.from(header.slice("parts ".length), "base64url").toString())).toEqual({
      key: "sk-key",
      ...secrets,
    });
    expect(exchange.chat.endpoint).toBe(mine.baseUrl);
    exchange.head().text("Hello").finish();
    await app.settled();
    app.saveNow();
    await app.until(() => app.store.getState().saveState.state === "saved");
    const { id } = app.store.getState().session;
    const kept = JSON.stringify([
      await app.exported(),
      await app.database.load(id),
      await app.database.recordsOfSession(id),
      await app.database.person(),
      await linkText(app),
    ]);
    expect(["anna", "päss", "abc", "sk-key"].filter((secret) => kept.includes(secret))).toEqual([]);
    expect(app.store.getState().person.endpoints).toEqual([
      { ...mine, asks: { login: true, query: ["sig"] } },
    ]);
  });

  it("is asked for again after a reload, and nothing is sent without it", async () => {
    const before = await openPage();
    before.app.actions.addEndpoint(mine, null, secrets);
    const lane = before.app.lanes()[0]?.id ?? laneId("none");
    before.app.actions.changeSetup(lane, { endpoint: mine.baseUrl, model: "m" });
    before.app.saveNow();
    await before.app.until(() => before.app.store.getState().saveState.state === "saved");
    await vi.waitUntil(async () => (await before.app.database.person()).person.endpoints.length > 0);
    const app = await startTestApp({ fetch: before.relay.fetch, database: before.app.database, from: 5_000 });
    apps.push(app);
    app.actions.send("Hi", "all");
    await app.until(() => app.store.getState().turns.size > 0 && app.store.getState().live.size === 0);
    expect(errors(app)[0]).toBe(
      "Attic needs the secret part of its address again: it was kept in this tab's memory only. Enter it in the lane's model menu, then retry.",
    );
    const [endpoint] = app.store.getState().person.endpoints;
    if (!endpoint) expect.unreachable();
    app.actions.setAddressSecrets(endpoint, secrets);
    app.actions.retry(app.leaf(0).id);
    const exchange = await before.relay.next();
    expect(exchange.headers["x-vitrine-key"]).toMatch(/^parts /u);
    exchange.head().text("Hello").finish();
    await app.settled();
  });

  it("moves with its server to another address, and so do the lanes", async () => {
    const { app, relay } = await openPage();
    app.actions.addEndpoint(mine, null, secrets);
    const lane = app.lanes()[0]?.id ?? laneId("none");
    app.actions.changeSetup(lane, { endpoint: mine.baseUrl, model: "m" });
    const to = "http://10.0.0.7:8080/llama/v1";
    app.actions.moveEndpoint(mine.baseUrl, to);
    expect(app.store.getState().person.endpoints.map(({ baseUrl }) => baseUrl)).toEqual([to]);
    app.actions.send("Hi", [lane]);
    const exchange = await relay.next();
    expect([exchange.chat.endpoint, exchange.headers["x-vitrine-key"]]).toEqual([
      to,
      expect.stringMatching(/^parts /u),
    ]);
    exchange.head().text("Hello").finish();
    await app.settled();
  });
});
