import { describe, expect, it } from "vitest";
import "fake-indexeddb/auto";

import { toBase64 } from "@/lib/link/base64";
import { attached, png } from "@/lib/session/__fixtures__/image-heads";
import type { Exchange } from "@/lib/session/__fixtures__/relay-stub";
import type { TestApp, TestAppOptions } from "@/lib/session/__fixtures__/test-app";
import { testPages } from "@/lib/session/__fixtures__/test-pages";
import { requestPreview } from "@/lib/session/run/request-preview";
import { openDatabase, type SessionDatabase } from "@/lib/session/storage/database";
import { unpackRecord } from "@/lib/session/storage/record-parts";
import { serverKey } from "@/lib/session/store/app-state";
import { sessionId } from "@/lib/session/store/ids";
import type { ImageRef, SessionId, StoredImage } from "@/lib/session/store/session";

const pages = testPages();

async function openPage(options: Partial<TestAppOptions> = {}): Promise<TestApp> {
  const app = await pages.open(options);
  await app.until(() => sessionOf(app).shared.model === "tiny");
  return app;
}

const sessionOf = (app: TestApp) => app.store.getState().session;
const draftOf = (app: TestApp) => sessionOf(app).draftImages.map(({ sent }) => sent);
const names = (images: readonly ImageRef[]) => images.map((image) => image.name);
const storedOf = (app: TestApp): Promise<readonly StoredImage[]> =>
  pages.database.imagesOfSession(sessionOf(app).id);

const recordsOf = async (database: SessionDatabase, id: SessionId) =>
  Promise.all((await database.recordsOfSession(id)).map(unpackRecord));

async function save(app: TestApp): Promise<void> {
  app.saveNow();
  await app.until(() => app.store.getState().saveState.state !== "saving");
}

/** Sends the draft's images with a prompt to this many lanes and answers each. */
async function ask(app: TestApp, prompt: string, lanes = 1): Promise<readonly Exchange[]> {
  app.actions.send(
    prompt,
    app
      .lanes()
      .slice(0, lanes)
      .map(({ id }) => id),
    draftOf(app),
  );
  return answer(app, lanes);
}

async function answer(app: TestApp, lanes = 1): Promise<readonly Exchange[]> {
  const exchanges = [];
  for (let lane = 0; lane < lanes; lane += 1) exchanges.push(await pages.relay.next());
  for (const exchange of exchanges) exchange.head().text("Seen.").finish();
  await app.settled();
  return exchanges;
}

const messagesOf = (exchange: Exchange | undefined) => exchange?.chat.body["messages"];
const user = (words: string, ...images: readonly string[]) => ({
  role: "user",
  content: [
    { type: "text", text: words },
    ...images.map((image) => ({
      type: "image_url",
      image_url: { url: `data:image/png;base64,${toBase64(png(40, 30, image))}` },
    })),
  ],
});
const seen = { role: "assistant", content: "Seen." };

describe("the images of a draft", () => {
  it("are there again after a reload, each at its chosen size", async () => {
    const app = await openPage();
    app.actions.attachImage(attached("cat.png"));
    app.actions.attachImage(attached("dog.png"));
    const [cat, dog] = sessionOf(app).draftImages;
    app.actions.resizeImage(dog?.original.id ?? expect.unreachable(), attached("dog.png", 20, 15));
    await save(app);
    const again = await openPage({ remembered: sessionOf(app).id });
    expect(sessionOf(again).draftImages).toEqual([
      cat,
      { original: dog?.original, sent: { ...dog?.sent, id: draftOf(again)[1]?.id, width: 20, height: 15 } },
    ]);
    for (const image of draftOf(again)) {
      expect(await again.page.readImage(image.id)).toEqual(png(image.width, image.height, image.name));
    }
  });

  it("give up what nothing names any more: an image taken out, a size not chosen", async () => {
    const app = await openPage();
    app.actions.attachImage(attached("cat.png"));
    app.actions.attachImage(attached("dog.png"));
    const [cat, dog] = sessionOf(app).draftImages.map(({ original }) => original);
    if (!cat || !dog) expect.unreachable();
    app.actions.resizeImage(dog.id, attached("dog.png", 20, 15));
    await save(app);
    app.actions.resizeImage(dog.id, "original");
    app.actions.detachImage(cat.id);
    await save(app);
    expect(sessionOf(app).draftImages).toEqual([{ original: dog, sent: dog }]);
    expect((await storedOf(app)).map(({ id }) => id)).toEqual([dog.id]);
  });

  it("are at most ten", async () => {
    const app = await openPage();
    for (let count = 0; count < 12; count += 1) app.actions.attachImage(attached(`${count}.png`));
    expect(sessionOf(app).draftImages).toHaveLength(10);
  });

  it("do not go into a new comparison", async () => {
    const app = await openPage();
    app.actions.attachImage(attached("cat.png"));
    const { id } = sessionOf(app);
    app.actions.newSession();
    await app.until(() => sessionOf(app).id !== id);
    expect(sessionOf(app).draftImages).toEqual([]);
  });
});

describe("a prompt with images", () => {
  it("goes to every lane with their bytes, which are stored once", async () => {
    const app = await openPage();
    app.actions.attachImage(attached("cat.png"));
    const exchanges = await ask(app, "What is this?", 2);
    expect(exchanges.map(messagesOf)).toEqual([
      [user("What is this?", "cat.png")],
      [user("What is this?", "cat.png")],
    ]);
    expect(sessionOf(app).draftImages).toEqual([]);
    await save(app);
    expect((await storedOf(app)).map(({ id }) => id)).toEqual(app.leaf(0).images.map(({ id }) => id));
    expect(app.leaf(1).images).toBe(app.leaf(0).images);
  });

  it("goes out smaller where that was chosen, and the original is given up", async () => {
    const app = await openPage();
    app.actions.attachImage(attached("cat.png", 4_000, 3_000));
    const original = draftOf(app)[0]?.id ?? expect.unreachable();
    app.actions.resizeImage(original, attached("cat.png"));
    const [exchange] = await ask(app, "What is this?");
    expect(messagesOf(exchange)).toEqual([user("What is this?", "cat.png")]);
    await save(app);
    expect((await storedOf(app)).map(({ id }) => id)).toEqual(app.leaf(0).images.map(({ id }) => id));
    expect(await app.page.readImage(original)).toBeNull();
  });

  it("sends them again with every later turn, after a reload too", async () => {
    const app = await openPage();
    app.actions.attachImage(attached("cat.png"));
    await ask(app, "What is this?");
    await save(app);
    const again = await openPage({ remembered: sessionOf(app).id });
    const [exchange] = await ask(again, "And its color?");
    expect(messagesOf(exchange)).toEqual([
      user("What is this?", "cat.png"),
      seen,
      { role: "user", content: "And its color?" },
    ]);
  });

  it("keeps them on retry, in a clone and when it is edited, and can drop them then", async () => {
    const app = await openPage();
    app.actions.attachImage(attached("cat.png"));
    app.actions.attachImage(attached("dog.png"));
    await ask(app, "Which?");
    app.actions.retry(app.leaf(0).id);
    const [retried] = await answer(app);
    expect(messagesOf(retried)).toEqual([user("Which?", "cat.png", "dog.png")]);

    app.actions.cloneLane(app.lanes()[0]?.id ?? expect.unreachable());
    expect(names(app.leaf(1).images)).toEqual(["cat.png", "dog.png"]);
    app.actions.closeLane(app.lanes()[1]?.id ?? expect.unreachable());

    app.actions.editPrompt(app.leaf(0).promptId, "Which one?");
    const [edited] = await answer(app);
    expect(messagesOf(edited)).toEqual([user("Which one?", "cat.png", "dog.png")]);
    app.actions.editPrompt(app.leaf(0).promptId, "Which one?", app.leaf(0).images.slice(1));
    const [dropped] = await answer(app);
    expect(messagesOf(dropped)).toEqual([user("Which one?", "dog.png")]);
    app.actions.showSibling(app.leaf(0).id, -1);
    expect(names(app.leaf(0).images)).toEqual(["cat.png", "dog.png"]);
  });

  it("leaves them out and says so where the server has no vision, and sends them where that is not known", async () => {
    const app = await openPage();
    const blind = {
      contextLength: null,
      slots: null,
      build: null,
      model: null,
      router: false,
      vision: false,
      quantization: null,
      templateHash: null,
      caps: {},
    };
    app.store.setState(({ servers }) => ({
      servers: { ...servers, llama: new Map([[serverKey("llamacpp", null), blind]]) },
    }));
    app.actions.attachImage(attached("cat.png"));
    const [exchange] = await ask(app, "What is this?");
    expect(messagesOf(exchange)).toEqual([{ role: "user", content: "What is this?" }]);
    expect(app.leaf(0).notes).toEqual(["Images were left out because this model does not accept them."]);
    app.store.setState(({ servers }) => ({ servers: { ...servers, llama: new Map() } }));
    app.actions.retry(app.leaf(0).id);
    const [retried] = await answer(app);
    expect(messagesOf(retried)).toEqual([user("What is this?", "cat.png")]);
    expect(app.leaf(0).notes).toEqual([]);
  });

  it("is sent without an image whose bytes are gone, and says which", async () => {
    const app = await openPage();
    app.actions.attachImage(attached("cat.png"));
    await save(app);
    await pages.database.removeImages(draftOf(app).map(({ id }) => id));
    const [exchange] = await ask(app, "What is this?");
    expect(messagesOf(exchange)).toEqual([{ role: "user", content: "What is this?" }]);
    expect(app.leaf(0).notes).toEqual(["cat.png was left out: its bytes are not stored here."]);
  });

  it("shows sizes in the preview, references in the record, and the exact bytes when asked for", async () => {
    const app = await openPage();
    app.actions.attachImage(attached("cat.png"));
    const lane = app.lanes()[0]?.id ?? expect.unreachable();
    app.actions.setDraft("Look");
    const { session, person, turns, servers } = app.store.getState();
    expect(requestPreview(lane, session, person, turns, servers)?.body["messages"]).toEqual([
      {
        role: "user",
        content: [
          { type: "text", text: "Look" },
          { type: "image_url", image_url: { url: "data:image/png;base64,… 31 B" } },
        ],
      },
    ]);
    const [exchange] = await ask(app, "Look");
    const [wire] = await app.page.recordsOf(app.leaf(0).id);
    if (!wire) expect.unreachable();
    expect(wire.request).not.toContain(toBase64(png(40, 30, "cat.png")));
    expect(await app.page.sentRequest(wire)).toBe(JSON.stringify(exchange?.chat.body));
  });
});

describe("the images of a session", () => {
  it("are deleted with it and brought back with it", async () => {
    const app = await openPage();
    app.actions.attachImage(attached("cat.png"));
    await ask(app, "What is this?");
    await save(app);
    const { id } = sessionOf(app);
    const stored = await pages.database.imagesOfSession(id);
    await app.actions.deleteSession(id);
    expect(await pages.database.imagesOfSession(id)).toEqual([]);
    await app.actions.undoDelete();
    expect([stored.length, await pages.database.imagesOfSession(id)]).toEqual([1, stored]);
  });

  it("get their own copies in a duplicate", async () => {
    const app = await openPage();
    app.actions.attachImage(attached("cat.png"));
    await ask(app, "What is this?");
    await save(app);
    const first = sessionOf(app).id;
    await app.actions.duplicateSession(first);
    await app.actions.deleteSession(first);
    const [exchange] = await ask(app, "And now?");
    expect(messagesOf(exchange)).toEqual([
      user("What is this?", "cat.png"),
      seen,
      { role: "user", content: "And now?" },
    ]);
  });

  it("travel in an export, draft and wire records included", async () => {
    const app = await openPage();
    app.actions.attachImage(attached("cat.png"));
    const [exchange] = await ask(app, "What is this?");
    app.actions.attachImage(attached("dog.png"));
    await save(app);
    const first = sessionOf(app).id;
    const json = (await app.actions.exportSession(first)) ?? "";
    await app.actions.deleteSession(first);
    expect(await app.actions.importSession(json)).toEqual({ ok: true, id: sessionOf(app).id });
    expect([names(app.leaf(0).images), names(draftOf(app))]).toEqual([["cat.png"], ["dog.png"]]);
    const [dog] = draftOf(app);
    expect(dog && (await app.page.readImage(dog.id))).toEqual(png(40, 30, "dog.png"));
    const [wire] = await app.page.recordsOf(app.leaf(0).id);
    expect(wire && (await app.page.sentRequest(wire))).toBe(JSON.stringify(exchange?.chat.body));
  });

  it("stay on screen, are sent and can be exported while the store is full; once there is room they are saved", async () => {
    let isFull = true;
    const writeImage: SessionDatabase["writeImage"] = (id, image) =>
      isFull
        ? Promise.reject(new DOMException("no room", "QuotaExceededError"))
        : pages.database.writeImage(id, image);
    const app = await openPage({ database: { ...pages.database, writeImage } });
    await save(app);
    app.actions.attachImage(attached("cat.png"));
    await save(app);
    expect(app.store.getState().saveState.state).toBe("not-saved");
    const [exchange] = await ask(app, "What is this?");
    expect(messagesOf(exchange)).toEqual([user("What is this?", "cat.png")]);
    const json = await app.exported();
    expect(JSON.parse(json).images).toEqual([
      { id: app.leaf(0).images[0]?.id, base64: toBase64(png(40, 30, "cat.png")) },
    ]);
    isFull = false;
    app.saveNow();
    await app.until(() => app.store.getState().saveState.state === "saved");
    expect(await storedOf(app)).toHaveLength(1);
  });
});

describe("a database of a Vitrine without images", () => {
  it("keeps every session, turn and wire, and takes images from then on", async () => {
    const app = await openPage();
    await ask(app, "Hi");
    await save(app);
    const { id } = sessionOf(app);
    const before = await pages.database.load(id);
    const [attempt] = await recordsOf(pages.database, id);
    const old = await downgraded(pages.databaseName);

    const upgraded = openDatabase(old);
    // What the run itself did was not kept then, nor how the bytes of an answer were read.
    const turns = before?.turns.map((turn) => ({ ...turn, events: [] }));
    expect(await upgraded.load(id)).toEqual({ ...before, turns });
    expect(await recordsOf(upgraded, id)).toEqual([{ ...attempt, speech: null, end: null }]);
    const again = await openPage({ database: upgraded, remembered: id });
    again.actions.attachImage(attached("cat.png"));
    await save(again);
    expect(await upgraded.imagesOfSession(id)).toHaveLength(1);
  });
});

/** The id of the only session of a database. */
async function onlySession(source: IDBDatabase): Promise<string> {
  const [session] = await request(source.transaction("sessions").objectStore("sessions").getAllKeys());
  if (typeof session !== "string") throw new Error("A session is saved under its id");
  return session;
}

/** Copies a database into the form of version 1: no images, and records that do not know of them. */
async function downgraded(from: string): Promise<string> {
  const source = await request(indexedDB.open(from));
  const to = `${from}-v1`;
  const opening = indexedDB.open(to, 1);
  opening.addEventListener("upgradeneeded", () => {
    const target = opening.result;
    target.createObjectStore("sessions");
    target.createObjectStore("turns", { keyPath: "id" }).createIndex("session", "sessionId");
    const wires = target.createObjectStore("wires", { keyPath: "stepId" });
    wires.createIndex("session", "sessionId");
    wires.createIndex("turn", "turnId");
  });
  const target = await request(opening);
  for (const record of await recordsOf(pages.database, sessionId(await onlySession(source)))) {
    const { stepId, url, request: sent, droppedBytes, chunks } = record;
    const texts = chunks.map(({ at, bytes }) => ({ at, text: new TextDecoder().decode(bytes) }));
    const value = { stepId, turnId: "t", url, request: sent, droppedBytes, chunks: texts };
    const wire = { version: 1, sessionId: await onlySession(source), stepId, turnId: "t", value };
    await request(target.transaction("wires", "readwrite").objectStore("wires").put(wire));
  }
  for (const store of ["sessions", "turns"]) {
    for (const record of await request(source.transaction(store).objectStore(store).getAll())) {
      const { images: _images, draftImages: _draftImages, events: _events, ...value } = record.value;
      const key = store === "sessions" ? record.sessionId : undefined;
      const old = { ...record, version: 1, value };
      await request(target.transaction(store, "readwrite").objectStore(store).put(old, key));
    }
  }
  source.close();
  target.close();
  return to;
}

function request<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.addEventListener("success", () => resolve(asked.result));
    asked.addEventListener("error", () => reject(asked.error));
  });
}
