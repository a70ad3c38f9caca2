import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { createFakeLocks } from "@/lib/session/__fixtures__/fake-locks";
import { type RelayStub, startRelay } from "@/lib/session/__fixtures__/relay-stub";
import { startTestApp, type TestApp } from "@/lib/session/__fixtures__/test-app";
import { buildTape } from "@/lib/tape/__fixtures__/build-tape";
import { writeTape } from "@/lib/tape/write-tape";

let relay: RelayStub;
let app: TestApp;

beforeEach(async () => {
  relay = await startRelay();
  app = await startTestApp({ fetch: relay.fetch });
});
afterEach(async () => {
  app.actions.stopAll();
  app.end();
  await relay.close();
});

const tape = (name: string) => new File([writeTape(buildTape({ name }))], `${name}.tape`);
const picture = new File(["x"], "cat.png");
const opened = () => app.until(() => app.store.getState().recording !== null);

describe("files that are dropped at once", () => {
  it("open the first recording, which says what else was given", async () => {
    const more = ["c", "d", "e"].map(tape);
    expect(app.recordings.openFirst([picture, tape("a"), tape("b"), ...more])).toBe(true);
    await opened();
    const { recording } = app.store.getState();
    expect(recording?.bundle.session.name).toBe("a");
    expect(recording?.notes).toEqual([
      "One recording plays at a time. Not opened: cat.png, b.tape, c.tape, 2 more.",
    ]);
  });

  it("are left to others where none is a recording", () => {
    expect(app.recordings.openFirst([picture])).toBe(false);
    expect(app.store.getState().recording).toBeNull();
  });

  it("take the place of a recording that plays", async () => {
    app.recordings.openFirst([tape("a")]);
    await opened();
    app.recordings.openFirst([tape("b")]);
    await app.until(() => app.store.getState().recording?.bundle.session.name === "b");
    expect(app.store.getState().recording?.notes).toEqual([]);
  });
});

const texts = () => app.store.getState().notices.map(({ text }) => text);
const bad = (name: string, text: string) => app.recordings.openRecording(new File([text], name));

describe("files that cannot be opened", () => {
  it("leave one notice, of the last of them, which is gone when a recording opens", async () => {
    app.page.notify("info", "Link copied.");
    await bad("a.tape", "Dear diary");
    await bad("b.tape", "");
    await bad("c.png", "PNG");
    expect(texts()).toEqual([
      "Link copied.",
      expect.stringMatching(/^The recording could not be opened\. The file ends in \.png/u),
    ]);
    await app.recordings.openRecording(tape("good"));
    expect(texts()).toEqual(["Link copied."]);
  });

  it("are told all formats that can be", async () => {
    await bad("c.png", "PNG");
    expect(texts().join("")).toContain(
      "Vitrine reads: tape, go-vcr recording, HAR file, event stream, JSON answer, aimock fixture, OpenAI messages.",
    );
  });
});

it("a recording that is opened while a lane runs leaves the run alone, and closing it brings the answer", async () => {
  app.actions.send("Hello", "all");
  const one = await relay.next();
  const two = await relay.next();
  await app.recordings.openRecording(tape("a"));
  one.head().text("still here").finish();
  two.head().text("here too").finish();
  await app.settled();
  app.recordings.closeRecording();
  expect(JSON.stringify(app.steps(0))).toContain("still here");
  expect(JSON.stringify(app.steps(1))).toContain("here too");
});

const long = (name: string) =>
  new File([writeTape(buildTape({ name })), " ".repeat(3_000_000)], `${name}.tape`);

const openLong = (name: string) => app.recordings.openRecording(long(name));

describe("a long file", () => {
  it("is named while it is read", async () => {
    const opening = openLong("a");
    expect(app.store.getState().opening).toEqual({ name: "a.tape", bytes: long("a").size });
    expect(await opening).toBe(true);
    expect(app.store.getState().opening).toBeNull();
  });

  it("is not opened once a person cancels, and nothing else changes", async () => {
    await app.recordings.openRecording(tape("before"));
    const opening = openLong("a");
    app.recordings.cancelOpening();
    expect(app.store.getState().opening).toBeNull();
    expect(await opening).toBe(false);
    expect(app.store.getState().recording?.bundle.session.name).toBe("before");
    expect(texts()).toEqual([]);
  });

  it("gives way to a file that is given after it", async () => {
    const first = openLong("a");
    const second = app.recordings.openRecording(tape("b"));
    expect(await Promise.all([first, second])).toEqual([false, true]);
    expect(app.store.getState().recording?.bundle.session.name).toBe("b");
    expect(app.store.getState().opening).toBeNull();
  });
});

const keptAs = () => app.store.getState().recording?.keptAs ?? null;
const isKept = async (id: string | null) => id !== null && (await app.database.keptRecording(id)) !== null;
/** The page after a reload, in an entry of the history that stands for this recording. */
const reload = async (marked: string | null) => {
  app.end();
  app = await startTestApp({ fetch: relay.fetch, database: app.database, marked, from: 10_000 });
};
const openKept = async (file: File) => {
  await app.recordings.openRecording(file);
  await expect.poll(() => isKept(keptAs())).toBe(true);
  return keptAs();
};

describe("a recording that was opened from a file", () => {
  it("plays again after a reload", async () => {
    const id = await openKept(tape("a"));
    await reload(id);
    await opened();
    const { recording } = app.store.getState();
    expect(recording?.bundle.session.name).toBe("a");
    expect(recording?.keptAs).toBe(id);
    expect(texts()).toEqual([]);
  });

  it("is not kept any longer than it is open", async () => {
    const first = await openKept(tape("a"));
    const second = await openKept(tape("b"));
    await expect.poll(() => isKept(first)).toBe(false);
    app.recordings.closeRecording();
    await expect.poll(() => isKept(second)).toBe(false);
    expect(app.cleared()).toBe(1);
  });

  it.each([
    ["closed", (tab: TestApp) => Promise.resolve(tab.recordings.closeRecording())],
    ["replaced", (tab: TestApp) => tab.recordings.openRecording(tape("b"))],
  ])(
    "stays for a tab that was duplicated where it is %s in the other one, and goes with the last",
    async (_how, leave) => {
      app.end();
      const locks = createFakeLocks();
      app = await startTestApp({ fetch: relay.fetch, locks });
      const id = await openKept(tape("a"));
      const { database } = app;
      const other = await startTestApp({ fetch: relay.fetch, locks, database, marked: id, from: 10_000 });
      await other.until(() => other.store.getState().recording !== null);
      await leave(app);
      await expect.poll(() => app.store.getState().recording?.keptAs ?? null).not.toBe(id);
      // The other tab leaves later, and its file is the only one that goes.
      expect(await isKept(id)).toBe(true);
      other.recordings.closeRecording();
      await expect.poll(() => isKept(id)).toBe(false);
      other.end();
    },
  );

  it("that is gone since says so after a reload", async () => {
    await reload("elsewhere");
    await expect
      .poll(texts)
      .toEqual(["The recording that was open is not in this browser any more. Open its file again."]);
    expect(app.store.getState().recording).toBeNull();
    expect(app.cleared()).toBe(1);
  });

  it("that cannot be kept plays, and says what a reload does", async () => {
    app.end();
    const refused = { ...app.database, keepRecording: () => Promise.reject(new Error("No room.")) };
    app = await startTestApp({ fetch: relay.fetch, database: refused });
    await app.recordings.openRecording(tape("a"));
    await expect
      .poll(texts)
      .toEqual([
        "A reload of the page will close this recording: its file could not be kept in the browser. Browser error: No room.",
      ]);
    expect(app.store.getState().recording?.bundle.session.name).toBe("a");
  });
});
