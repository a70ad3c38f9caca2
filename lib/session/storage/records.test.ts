import "fake-indexeddb/auto";
import { describe, expect, it, vi } from "vitest";

import { bytesOf, incompleteFrom } from "@/lib/run/record";
import { replayTurn } from "@/lib/run/replay";
import type { TestApp } from "@/lib/session/__fixtures__/test-app";
import { testPages } from "@/lib/session/__fixtures__/test-pages";
import { laneId } from "@/lib/session/store/ids";

const pages = testPages();

/** A page; with another given, one that opens that page's session again. */
async function openPage(remembered?: TestApp): Promise<TestApp> {
  return pages.open(remembered === undefined ? {} : { remembered: remembered.store.getState().session.id });
}

const firstLane = (app: TestApp) => app.lanes()[0]?.id ?? laneId("none");
const textOf = (app: TestApp) =>
  (app.live.current(app.leaf(0).id) ?? app.leaf(0).turn).steps
    .flatMap((step) => step.parts)
    .map((part) => (part.type === "text" ? part.text : ""))
    .join("");

/** Keys of the parts that are stored, in their order. */
async function storedParts(): Promise<readonly unknown[]> {
  const { result } = await done(indexedDB.open(pages.databaseName));
  const keys = await done(result.transaction("reads").objectStore("reads").getAllKeys());
  result.close();
  return keys.result.map((key) => (Array.isArray(key) ? key.slice(1) : key));
}

function done<T>(request: IDBRequest<T>): Promise<IDBRequest<T>> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request));
    request.addEventListener("error", () => reject(request.error));
  });
}

/** An answer of which "Hel" and "lo" were stored one after the other while it streams. */
async function halfWay(app: TestApp) {
  app.actions.send("Hi", [firstLane(app)]);
  const exchange = await pages.relay.next();
  exchange.head();
  for (const text of ["Hel", "lo"]) {
    const before = textOf(app);
    exchange.text(text);
    await app.until(() => textOf(app) === before + text);
    app.saveNow();
    await app.until(() => app.store.getState().saveState.state === "saved");
  }
  return exchange;
}

describe("the bytes of an answer", () => {
  it("are stored in parts while they arrive, each once, and are one record in the end", async () => {
    const app = await openPage();
    const exchange = await halfWay(app);
    expect(await storedParts()).toEqual([
      [1, 0],
      [1, 1],
    ]);
    exchange.finish();
    await app.settled();
    app.saveNow();
    await app.until(() => app.store.getState().saveState.state === "saved");
    expect(await storedParts()).toHaveLength(3);
    const { turn, events, id } = app.leaf(0);
    expect(replayTurn(events, await app.page.recordsOf(id))).toEqual({ turn, incomplete: [] });
    const after = await openPage(app);
    expect(replayTurn(events, await after.page.recordsOf(id))).toEqual({ turn, incomplete: [] });
  });

  it("stay as far as they were stored when the page is closed in the middle, and replay says from where they are missing", async () => {
    const app = await openPage();
    await halfWay(app);
    const after = await openPage(app);
    const { turn, events, id } = after.leaf(0);
    const [record] = await after.page.recordsOf(id);
    if (record === undefined) throw new Error("there is no record");
    const fromByte = bytesOf(record.chunks);
    expect(new TextDecoder().decode(record.chunks.at(-1)?.bytes)).toContain('"lo"');
    expect(incompleteFrom(record)).toBe(fromByte);
    const replay = replayTurn(events, [record]);
    expect(replay.incomplete).toEqual([{ stepId: record.stepId, attempt: 1, fromByte }]);
    expect(replay.turn.steps[0]?.parts).toMatchObject([{ type: "text", text: "Hello" }]);
    expect(turn.steps[0]?.parts).toMatchObject([{ type: "text", text: "Hello" }]);
  });

  it("are whole also where a part could not be stored at first", async () => {
    const app = await openPage();
    const refusing = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("no room", "QuotaExceededError");
    });
    app.actions.send("Hi", [firstLane(app)]);
    const exchange = await pages.relay.next();
    exchange.head().text("Hel");
    await app.until(() => textOf(app) === "Hel");
    app.saveNow();
    await app.until(() => app.store.getState().saveState.state === "not-saved");
    exchange.text("lo");
    await app.until(() => textOf(app) === "Hello");
    refusing.mockRestore();
    exchange.finish();
    await app.settled();
    for (let pass = 0; pass < 2; pass += 1) app.saveNow();
    await app.until(() => app.store.getState().saveState.state === "saved");
    const { turn, events, id } = app.leaf(0);
    const after = await openPage(app);
    expect(replayTurn(events, await after.page.recordsOf(id))).toEqual({ turn, incomplete: [] });
  });

  it("stay compressed while their comparison is duplicated, deleted and brought back, and replay after all of it", async () => {
    const app = await openPage();
    (await halfWay(app)).finish();
    await app.settled();
    const { id } = app.store.getState().session;
    const expectReplay = async () => {
      const { id: shown, turn, events } = app.leaf(0);
      expect(replayTurn(events, await app.page.recordsOf(shown))).toEqual({ turn, incomplete: [] });
    };
    const unpacking = vi.spyOn(globalThis, "DecompressionStream");
    await app.actions.duplicateSession(id);
    expect(unpacking).not.toHaveBeenCalled();
    unpacking.mockRestore();
    await expectReplay();
    const unpackingAgain = vi.spyOn(globalThis, "DecompressionStream");
    await app.actions.deleteSession(id);
    await app.actions.undoDelete();
    expect([app.store.getState().session.id, unpackingAgain.mock.calls]).toEqual([id, []]);
    unpackingAgain.mockRestore();
    await expectReplay();
  });

  it("that are being written while their comparison is deleted are gone with it", async () => {
    const app = await openPage();
    const { id } = app.store.getState().session;
    const refusing = vi
      .spyOn(pages.database, "writeRecords")
      .mockRejectedValue(new DOMException("no room", "QuotaExceededError"));
    app.actions.send("Hi", [firstLane(app)]);
    (await pages.relay.next()).head().text("Hello").finish();
    await app.settled();
    app.actions.newSession();
    await app.until(() => app.store.getState().session.id !== id);
    refusing.mockRestore();

    const { writeRecords } = pages.database;
    const begun: (() => void)[] = [];
    const isAllowed = new Promise<void>((resolve) => begun.push(resolve));
    const writing = vi.spyOn(pages.database, "writeRecords").mockImplementation(async (records) => {
      await isAllowed;
      return writeRecords(records);
    });
    app.saveNow();
    await vi.waitUntil(() => writing.mock.calls.length > 0);
    const reading = vi.spyOn(pages.database, "imagesOfSession");
    const deleting = app.actions.deleteSession(id);
    await vi.waitUntil(() => reading.mock.calls.length > 0);
    // Whatever the deletion does before the bytes are written is done when the database has answered these.
    for (let round = 0; round < 2; round += 1) await pages.database.list();
    begun[0]?.();
    await deleting;
    await Promise.all(writing.mock.results.map(({ value }) => value));
    expect(await storedParts()).toEqual([]);
  });

  it("are gone with their comparison", async () => {
    const app = await openPage();
    await halfWay(app);
    app.actions.stopAll();
    await app.settled();
    app.saveNow();
    await app.until(() => app.store.getState().saveState.state === "saved");
    await pages.database.remove(app.store.getState().session.id);
    expect(await storedParts()).toEqual([]);
  });
});
