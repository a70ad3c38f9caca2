import "fake-indexeddb/auto";
import { afterEach, describe, expect, it, vi } from "vitest";

import { attached } from "@/lib/session/__fixtures__/image-heads";
import { callChunk, type RelayStub, startRelay } from "@/lib/session/__fixtures__/relay-stub";
import { freshName, startTestApp, type TestApp } from "@/lib/session/__fixtures__/test-app";
import { laneId } from "@/lib/session/store/ids";

import { openDatabase, type SessionDatabase } from "./database";

let relay: RelayStub;
let app: TestApp;
let database: SessionDatabase;

afterEach(async () => {
  vi.restoreAllMocks();
  app.actions.stopAll();
  app.end();
  await relay.close();
});

const lane = (index: number) => app.lanes()[index]?.id ?? laneId("none");

/** A page whose database refuses records that hold this text, as it refuses what is nested too deep. */
async function openWith(isBad: (store: string, record: unknown) => boolean): Promise<void> {
  relay = await startRelay();
  database = openDatabase(freshName());
  app = await startTestApp({ fetch: relay.fetch, database });
  // oxlint-disable-next-line typescript/unbound-method -- it is called with the store it belongs to
  const { put } = IDBObjectStore.prototype;
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function refuse(
    this: IDBObjectStore,
    value: unknown,
    key?: IDBValidKey,
  ) {
    if (isBad(this.name, value)) throw new RangeError("Maximum call stack size exceeded");
    return put.call(this, value, key);
  });
}

async function ask(laneNumber: number, text: string, reply: string): Promise<void> {
  app.actions.send(text, [lane(laneNumber)]);
  (await relay.next()).head().text(reply).finish();
  await app.settled();
}

async function save(): Promise<string> {
  app.saveNow();
  await app.until(() => app.store.getState().saveState.state !== "saving");
  const { saveState } = app.store.getState();
  return saveState.state === "not-saved" ? saveState.message : saveState.state;
}

const holds = (text: string) => (_store: string, record: unknown) => JSON.stringify(record).includes(text);

describe("a record that cannot be saved", () => {
  it("keeps back no other record, is named, and is saved once it can be", async () => {
    await openWith((store, record) => store === "turns" && holds("BAD")(store, record));
    await ask(0, "Hi", "BAD");
    await ask(1, "Hi", "good");
    expect(await save()).toBe(
      "The browser could not save one answer (Maximum call stack size exceeded). Everything stays on screen: export this comparison before you close the page.",
    );
    await ask(1, "More", "better");
    app.saveNow();
    const { session } = app.store.getState();
    const lanesSaved = async () => (await database.load(session.id))?.turns.map((turn) => turn.laneId);
    await vi.waitFor(async () => expect(await lanesSaved()).toEqual([lane(1), lane(1)]));
    expect((await database.load(session.id))?.session).toEqual(session);
    await vi.waitFor(async () => expect(await database.recordsOfSession(session.id)).toHaveLength(3));

    vi.restoreAllMocks();
    app.saveNow();
    await app.until(() => app.store.getState().saveState.state === "saved");
    expect((await database.load(session.id))?.turns).toHaveLength(3);
  });

  it("is shown again when its session is left and opened, and the lane's other answers with it", async () => {
    await openWith((store, record) => store === "turns" && holds("BAD")(store, record));
    await ask(0, "Hi", "good");
    await ask(0, "More", "BAD");
    const { id } = app.store.getState().session;
    app.actions.newSession();
    await app.until(() => app.store.getState().session.id !== id);
    await app.actions.openSession(id);
    expect(app.leaf(0).prompt).toBe("More");
    expect(app.store.getState().turns.size).toBe(2);
  });

  it("that is a raw response keeps back neither answers nor images", async () => {
    await openWith((store) => store === "attempts");
    app.actions.attachImage(attached("cat.png"));
    await ask(0, "Hi", "good");
    expect(await save()).toMatch(/^The browser could not save the raw response of one attempt \(/);
    const { id } = app.store.getState().session;
    expect(await database.imagesOfSession(id)).toHaveLength(1);
    expect((await database.load(id))?.turns).toHaveLength(1);
    expect(app.store.getState().summaries.map((summary) => summary.id)).toContain(id);
    expect(await app.page.recordsOf(app.leaf(0).id)).toHaveLength(1);
  });

  it("in an imported file leaves the rest of the file saved", async () => {
    await openWith((store, record) => store === "turns" && holds("BAD")(store, record));
    app.actions.send("Weather?", [lane(0)]);
    (await relay.next())
      .head()
      .data(callChunk("c", "BAD", "{}"))
      .finish("tool_calls");
    await app.settled();
    await ask(1, "Hi", "good");
    const file = await app.exported();
    await app.actions.importSession(file);
    // That of the first session, and its copy.
    expect(await save()).toMatch(/^The browser could not save 2 answers \(/);
    const loaded = await database.load(app.store.getState().session.id);
    expect([loaded?.session, loaded?.turns]).toEqual([app.store.getState().session, [app.leaf(1)]]);
  });
});

it("a lane whose newest answer was not saved shows the one before it after a reload", async () => {
  await openWith((store, record) => store === "turns" && holds("BAD")(store, record));
  await ask(0, "Hi", "good");
  await ask(0, "More", "BAD");
  await save();
  const { id } = app.store.getState().session;
  const again = await startTestApp({ fetch: relay.fetch, database, remembered: id, from: 1_000 });
  expect(again.leaf(0).prompt).toBe("Hi");
  again.end();
});
