import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import type { AttemptRecord } from "@/lib/run/record";
import { replayTurn } from "@/lib/run/replay";
import { type RelayStub, startRelay } from "@/lib/session/__fixtures__/relay-stub";
import { startTestApp, type TestApp } from "@/lib/session/__fixtures__/test-app";

let relay: RelayStub;
let app: TestApp;

beforeEach(async () => {
  relay = await startRelay();
  app = await startTestApp({ fetch: relay.fetch });
});

afterEach(async () => {
  // Whatever a test did: what was recorded of a turn gives the turn that was shown.
  for (const record of app.store.getState().turns.values()) {
    if (app.store.getState().live.has(record.id)) continue;
    const attempts = await app.page.recordsOf(record.id);
    expect(replayTurn(record.events, attempts)).toEqual({ turn: record.turn, incomplete: [] });
  }
  app.actions.stopAll();
  app.end();
  await relay.close();
});

const bytesOf = (record: AttemptRecord | undefined) =>
  record?.chunks.map(({ bytes }) => new TextDecoder().decode(bytes)).join("");
const firstLane = () => [app.lanes()[0]?.id].filter((id) => id !== undefined);
const lastStep = () => app.leaf(0).turn.steps.at(-1);
const textOf = () =>
  lastStep()
    ?.parts.filter((part) => part.type === "text")
    .map((part) => part.text)
    .join("");
const textOfLive = () =>
  app.live
    .current(app.leaf(0).id)
    ?.steps.at(-1)
    ?.parts.map((part) => (part.type === "text" ? part.text : ""))
    .join("");
const settled = () => app.settled();
const waitOf = (ms: number) => app.until(() => app.waits.some((wait) => wait.ms === ms));

describe("one step", () => {
  it("folds what the upstream sent and keeps its bytes and the exact body", async () => {
    app.actions.send("Hi", firstLane());
    const exchange = await relay.next();
    exchange.head().text("Hel").text("lo").finish();
    await settled();
    expect(textOf()).toBe("Hello");
    expect(lastStep()?.status).toEqual({ state: "done" });
    const [record] = await app.page.recordsOf(app.leaf(0).id);
    expect(record?.request).toBe(JSON.stringify(exchange.chat.body));
    expect(bytesOf(record)).toContain('{"content":"Hel"}');
  });

  it("lets the connection of a finished answer end by itself", async () => {
    app.actions.send("Hi", firstLane());
    const exchange = await relay.next();
    exchange.head().text("Hello").done();
    await settled();
    // A connection that was broken would be seen by now.
    for (let time = 0; time < 3; time += 1) await relay.fetch("/api/elsewhere");
    exchange.end();
    expect(await exchange.broken).toBe(false);
  });

  it("closes the connection of a finished answer that stays open", async () => {
    app.actions.send("Hi", firstLane());
    const exchange = await relay.next();
    exchange.head().text("Hello").done();
    await settled();
    expect(lastStep()?.status).toEqual({ state: "done" });
    app.waits.find(({ ms }) => ms === 50)?.pass();
    expect(await exchange.broken).toBe(true);
  });

  it("shows the exact request and the bytes so far while the answer still streams", async () => {
    app.actions.send("Hi", firstLane());
    const exchange = await relay.next();
    exchange.head().text("Hel");
    await app.until(() => textOfLive() === "Hel");
    const [record] = await app.page.recordsOf(app.leaf(0).id);
    expect(record?.request).toBe(JSON.stringify(exchange.chat.body));
    expect(bytesOf(record)).toContain('{"content":"Hel"}');
    exchange.finish();
    await settled();
    expect(await app.page.recordsOf(app.leaf(0).id)).toHaveLength(1);
  });

  it("sends the page's own header, and a pasted key in its header only", async () => {
    app.actions.setKey("llamacpp", null, " CANARY ");
    app.actions.send("Hi", firstLane());
    const exchange = await relay.next();
    exchange.head().text("x").finish();
    await settled();
    expect([exchange.headers["x-vitrine"], exchange.headers["x-vitrine-key"]]).toEqual(["1", "CANARY"]);
    const everything = JSON.stringify([
      exchange.chat,
      app.store.getState(),
      await app.page.recordsOf(app.leaf(0).id),
      await app.exported(),
      [...app.store.getState().turns],
    ]);
    expect(everything).not.toContain("CANARY");
  });

  it("stops while tokens come: the text stays and the connection is closed", async () => {
    app.actions.send("Hi", firstLane());
    const exchange = await relay.next();
    exchange.head().text("Hel");
    await app.until(() => textOf() === "Hel");
    app.actions.stopAll();
    await exchange.closed;
    await settled();
    expect([textOf(), lastStep()?.status]).toEqual(["Hel", { state: "stopped" }]);
  });

  it("stops before the first byte", async () => {
    app.actions.send("Hi", firstLane());
    const exchange = await relay.next();
    app.actions.stopAll();
    await exchange.closed;
    await settled();
    expect(lastStep()?.status).toEqual({ state: "stopped" });
  });

  it("keeps the text of a connection that breaks, and does not send again", async () => {
    app.actions.send("Hi", firstLane());
    const exchange = await relay.next();
    exchange.head().text("Hel");
    await app.until(() => textOf() === "Hel");
    exchange.cut();
    await settled();
    expect(textOf()).toBe("Hel");
    expect(lastStep()?.status).toMatchObject({ state: "truncated", error: { code: "CONNECTION_CUT" } });
    expect([lastStep()?.retries, relay.waiting()]).toEqual([[], 0]);
  });

  it("does not send again after the answer began, however retryable the failure", async () => {
    app.actions.send("Hi", firstLane());
    (await relay.next()).head().text("Hel").fail({ code: "UPSTREAM_CUT" });
    await settled();
    expect([textOf(), lastStep()?.retries]).toEqual(["Hel", []]);
  });

  it("ends a finished answer whose socket stays open, and says so", async () => {
    app.actions.send("Hi", firstLane());
    const exchange = await relay.next();
    exchange.head().text("Hello");
    exchange.data({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
    await waitOf(5_000);
    exchange.data({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 } });
    await app.until(() => app.waits.filter(({ ms }) => ms === 5_000).length === 2);
    app.pass(5_000);
    app.waits.findLast(({ ms }) => ms === 5_000)?.pass();
    await exchange.closed;
    await settled();
    expect([textOf(), lastStep()?.status, lastStep()?.usage?.input]).toEqual(["Hello", { state: "done" }, 3]);
    expect(lastStep()?.warnings.map(({ code }) => code)).toEqual(["left-open"]);
    expect(lastStep()?.endedAt).toBe(0);
  });

  it("is silent while only keep-alives come, and not while the answer or the reading of the prompt moves", async () => {
    const isSilent = () => app.store.getState().silent.size === 1;
    const standStill = () => {
      app.pass(21_000);
      app.tick();
    };
    app.actions.send("Hi", firstLane());
    const exchange = await relay.next();
    exchange.head().text("Hel");
    await app.until(() => textOfLive() === "Hel");
    standStill();
    expect(isSilent()).toBe(true);
    exchange.data({ choices: [], prompt_progress: { total: 9, cache: 0, processed: 3, time_ms: 1 } });
    await app.until(() => !isSilent());
    standStill();
    expect(isSilent()).toBe(true);
    exchange.data({ choices: [] }).text("lo");
    await app.until(() => !isSilent());
    exchange.finish();
    await settled();
  });

  it("sends nothing with a key that no header can carry, and blames the key", async () => {
    app.actions.setKey("llamacpp", null, "sk-good\u200b");
    app.actions.send("Hi", firstLane());
    await settled();
    expect(lastStep()?.status).toMatchObject({ state: "failed", error: { source: "app", code: "KEY" } });
    expect(relay.waiting()).toBe(0);
  });

  it("waits for its turn when five streams run, and starts when one ends", async () => {
    for (let lane = 2; lane < 6; lane += 1) app.actions.addLane();
    app.actions.send("Hi", "all");
    const running = [];
    for (let stream = 0; stream < 5; stream += 1) running.push(await relay.next());
    await app.until(() => app.leaf(5).turn.steps[0]?.status.state === "queued");
    expect(relay.waiting()).toBe(0);
    running[0]?.head().text("x").finish();
    const sixth = await relay.next();
    for (const exchange of [...running.slice(1), sixth]) exchange.head().text("x").finish();
    await settled();
    expect(app.lanes().map((_, lane) => app.leaf(lane).turn.steps[0]?.status.state)).toEqual(
      Array.from({ length: 6 }, () => "done"),
    );
  });
});

describe("a failure before the first byte", () => {
  it("is tried again visibly, at most twice, and then shown", async () => {
    app.actions.send("Hi", firstLane());
    (await relay.next()).fail({ message: "Loading model" });
    await waitOf(600);
    expect(lastStep()?.status).toMatchObject({ state: "retrying", retry: { attempt: 1, of: 2 } });
    app.waits.find((wait) => wait.ms === 600)?.pass();
    (await relay.next()).refuse(503, { message: "Loading model" });
    await waitOf(1_200);
    app.waits.find((wait) => wait.ms === 1_200)?.pass();
    (await relay.next()).head(503).fail({ message: "Still loading" });
    await settled();
    expect(lastStep()?.retries).toHaveLength(2);
    expect(lastStep()?.status).toMatchObject({ state: "failed", error: { message: "Still loading" } });
    // Each attempt has a record of its own, the one that our own server refused too.
    const records = await app.page.recordsOf(app.leaf(0).id);
    expect(records.map(({ attempt, end }) => [attempt, end?.how])).toEqual([
      [1, "closed"],
      [2, "broken"],
      [3, "closed"],
    ]);
  });

  it("waits as long as the server asks when that is at most a minute", async () => {
    app.actions.send("Hi", firstLane());
    (await relay.next()).head(429).fail({ code: "HTTP_429", retryAfterMs: 20_000 });
    await waitOf(20_000);
    app.waits.find((wait) => wait.ms === 20_000)?.pass();
    (await relay.next()).head().text("ok").finish();
    await settled();
    expect([textOf(), lastStep()?.status]).toEqual(["ok", { state: "done" }]);
  });

  it("does not wait longer than a minute: it keeps the server's words and how long it asked for", async () => {
    app.actions.send("Hi", firstLane());
    (await relay.next()).head(429).fail({ code: "HTTP_429", message: "Slow down", retryAfterMs: 3_600_000 });
    await settled();
    expect(lastStep()?.status).toMatchObject({
      state: "failed",
      error: { message: "Slow down", retryAfterMs: 3_600_000 },
    });
  });

  it("is not tried again when trying cannot help", async () => {
    app.actions.send("Hi", firstLane());
    (await relay.next()).head(400).fail({ code: "exceed_context_size_error", retryable: false });
    await settled();
    expect(lastStep()?.status).toMatchObject({
      state: "failed",
      error: { code: "exceed_context_size_error" },
    });
    expect(lastStep()?.retries).toEqual([]);
  });

  it("can be stopped while it waits", async () => {
    app.actions.send("Hi", firstLane());
    (await relay.next()).fail({});
    await waitOf(600);
    app.actions.stopAll();
    await settled();
    expect(lastStep()?.status).toEqual({ state: "stopped" });
  });
});
