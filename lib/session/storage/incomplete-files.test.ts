import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { attached } from "@/lib/session/__fixtures__/image-heads";
import { type RelayStub, startRelay } from "@/lib/session/__fixtures__/relay-stub";
import { startTestApp, type TestApp } from "@/lib/session/__fixtures__/test-app";
import { laneId } from "@/lib/session/store/ids";
import type { TurnRecord } from "@/lib/session/store/session";
import type { Json } from "@/lib/stream/turn/json";

let relay: RelayStub;
let app: TestApp;

beforeEach(async () => {
  relay = await startRelay();
  app = await startTestApp({ fetch: relay.fetch });
});

afterEach(async () => {
  vi.restoreAllMocks();
  app.actions.stopAll();
  app.end();
  await relay.close();
});

const notices = () => app.store.getState().notices.map(({ text }) => text);

async function ask(prompt: string, reply: string): Promise<void> {
  app.actions.send(prompt, [app.lanes()[0]?.id ?? laneId("none")]);
  (await relay.next()).head().text(reply).finish();
  await app.settled();
}

/** Gives an answer of the open session data to send back that is nested this deep, as older Vitrines kept it. */
function deepen({ id }: TurnRecord, levels: number): void {
  let item: Json = 0;
  for (let level = 0; level < levels; level += 1) item = [item];
  app.store.setState(({ turns }) => {
    const record = turns.get(id);
    if (!record) throw new Error("The turn is gone");
    const steps = record.turn.steps.map((step) =>
      Object.assign({}, step, {
        parts: step.parts.map((part) => Object.assign({}, part, { replay: [item] })),
      }),
    );
    return { turns: new Map(turns).set(id, { ...record, turn: { steps } }) };
  });
}

function blobOf(size: number, text: () => Promise<string>): Blob {
  return Object.defineProperties(new Blob([]), { size: { value: size }, text: { value: text } });
}

describe("an export", () => {
  it.each([200, 5_000])(
    "leaves out an answer nested %i deep, says so, and joins the branch around it",
    async (levels) => {
      await ask("One", "first");
      await ask("Two", "second");
      deepen(app.leaf(0), levels);
      await ask("Three", "third");
      const file = await app.exported();
      expect(notices()).toEqual([
        "The exported file is incomplete. Missing: one answer that Vitrine could not read back.",
      ]);
      expect(await app.actions.importSession(file)).toMatchObject({ ok: true });
      const leaf = app.leaf(0);
      const parent = leaf.parentId && app.store.getState().turns.get(leaf.parentId);
      expect([leaf.prompt, parent && parent.prompt]).toEqual(["Three", "One"]);
    },
  );

  it("ends a branch before an answer that it leaves out at its end", async () => {
    await ask("One", "first");
    await ask("Two", "second");
    deepen(app.leaf(0), 200);
    await app.actions.importSession(await app.exported());
    expect(app.leaf(0).prompt).toBe("One");
  });

  it("says that raw responses and images could not be read", async () => {
    app.actions.attachImage(attached("cat.png"));
    app.actions.attachImage(attached("dog.png"));
    await ask("Hi", "Hello");
    app.saveNow();
    await app.until(() => app.store.getState().saveState.state === "saved");
    vi.spyOn(IDBIndex.prototype, "getAll").mockImplementation(() => {
      throw new DOMException("The disk failed", "UnknownError");
    });
    const file = await app.exported();
    expect(JSON.parse(file)).toMatchObject({ turns: [{ prompt: "Hi" }], records: [], images: [] });
    expect(notices()).toEqual([
      "The exported file is incomplete. Missing: raw responses, which could not be read from this browser's storage; 2 images, which this browser's storage does not have.",
    ]);
  });

  it("that cannot be made says so and gives no file", async () => {
    vi.spyOn(JSON, "stringify").mockImplementation(() => {
      throw new RangeError("Invalid string length");
    });
    const { id } = app.store.getState().session;
    expect(await app.actions.exportSession(id)).toBeNull();
    vi.restoreAllMocks();
    expect(notices()).toEqual(["The comparison could not be exported. Browser error: Invalid string length"]);
  });
});

it("raw responses that cannot be read for the inspector are not passed off as never made", async () => {
  await ask("Hi", "Hello");
  app.saveNow();
  await app.until(() => app.store.getState().saveState.state === "saved");
  vi.spyOn(IDBObjectStore.prototype, "get").mockImplementation(() => {
    throw new DOMException("The disk failed", "UnknownError");
  });
  expect(await app.page.recordsOf(app.leaf(0).id)).toEqual([]);
  expect(notices()).toEqual(["The saved raw responses could not be read. Browser error: The disk failed"]);
});

describe("an import", () => {
  it("of a file that is too large names its size and reads nothing of it", async () => {
    const text = vi.fn<() => Promise<string>>();
    const file = blobOf(600_000_000, text);
    expect(await app.actions.importSession(file)).toEqual({
      ok: false,
      reason: "The file is 600 MB. Vitrine imports files of at most 200 MB.",
    });
    expect(text).not.toHaveBeenCalled();
  });

  it("of a file that cannot be read says why", async () => {
    const file = blobOf(10, () => Promise.reject(new DOMException("The file was moved", "NotFoundError")));
    expect(await app.actions.importSession(file)).toEqual({
      ok: false,
      reason: "The file could not be imported. Browser error: The file was moved",
    });
  });

  it("of a file brings its session", async () => {
    await ask("Hi", "Hello");
    const before = app.store.getState().session.id;
    expect(await app.actions.importSession(new Blob([await app.exported()]))).toMatchObject({ ok: true });
    expect([app.leaf(0).prompt, app.store.getState().session.id === before]).toEqual(["Hi", false]);
  });

  it("says that a file was cut off only where it ends too early", async () => {
    const whole = await app.exported();
    const reasonOf = async (text: string) => {
      const result = await app.actions.importSession(text);
      return result.ok ? "imported" : result.reason;
    };
    expect(await reasonOf(whole.slice(0, -20))).toMatch(/^The file ends before its JSON does\./);
    expect(await reasonOf(whole.replace('"name":', '"name"'))).toMatch(/^The file is not JSON\./);
    expect(await reasonOf(`{"text":"${"x".repeat(70 * 1024 * 1024)}"}`)).toBe(
      "The file has a string of 70 MB at text. Vitrine reads strings of at most 64 MB.",
    );
  });
});
