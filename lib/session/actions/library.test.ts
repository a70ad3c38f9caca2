import "fake-indexeddb/auto";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";

import { sortedJson } from "@/lib/providers/dialects/shared/arguments";
import { createFakeLocks } from "@/lib/session/__fixtures__/fake-locks";
import { attached } from "@/lib/session/__fixtures__/image-heads";
import { callChunk } from "@/lib/session/__fixtures__/relay-stub";
import { freshName, llamaReply, type TestApp } from "@/lib/session/__fixtures__/test-app";
import { testPages } from "@/lib/session/__fixtures__/test-pages";
import { openDatabase } from "@/lib/session/storage/database";
import { laneId } from "@/lib/session/store/ids";

import type { TabChannel } from "./create-app";
import type { TakeNews } from "./take-over";

const pages = testPages();

const sessionOf = (app: TestApp) => app.store.getState().session;
const firstLane = (app: TestApp) => app.lanes()[0]?.id ?? laneId("none");
const texts = (app: TestApp) =>
  app.leaf(0).turn.steps.flatMap((step) => step.parts.map((part) => (part.type === "text" ? part.text : "")));

async function ask(app: TestApp, prompt: string, answer: string): Promise<void> {
  app.actions.send(prompt, [firstLane(app)]);
  (await pages.relay.next()).head().text(answer).finish();
  await app.settled();
}

async function save(app: TestApp): Promise<void> {
  app.saveNow();
  await app.until(() => app.store.getState().saveState.state !== "saving");
}

/** A lane whose answer needed a second step, because a person answers its calls, and the steps that were recorded. */
async function askWithCall(app: TestApp): Promise<readonly string[]> {
  for (const tool of app.store.getState().person.tools) app.actions.saveTool({ ...tool, approval: "each" });
  app.actions.send("Weather?", [firstLane(app)]);
  (await pages.relay.next())
    .head()
    .data(callChunk("c", "weather", "{}"))
    .finish("tool_calls");
  await app.settled();
  const { id, turn } = app.leaf(0);
  const [step] = turn.steps;
  app.actions.answerCall(
    { turnId: id, stepId: step?.id ?? "", partId: step?.parts[0]?.id ?? "" },
    { output: "22", isError: false, origin: { by: "typed" } },
  );
  (await pages.relay.next()).head().text("It i").fail({ code: "UPSTREAM_CUT", retryable: false });
  await app.settled();
  return app.leaf(0).turn.steps.map(({ id: stepId }) => stepId);
}
const recorded = async (app: TestApp, lane = 0) =>
  (await app.page.recordsOf(app.leaf(lane).id)).map((wire) => wire.stepId);

describe("the first visit", () => {
  it("is a ready comparison on the model that was found", async () => {
    const app = await pages.open();
    await app.until(() => sessionOf(app).shared.model === "tiny");
    expect(sessionOf(app).lanes.map((lane) => lane.own)).toEqual([{ effort: "low" }, { effort: "high" }]);
    expect(sessionOf(app)).toMatchObject({
      draft: "What is the weather in Florence?",
      shared: {
        provider: "llamacpp",
        model: "tiny",
        samplers: { temperature: 0 },
        tools: ["sample-weather"],
      },
    });
    expect(pages.relay.waiting()).toBe(0);
  });
});

describe("a prompt sent before the servers have answered", () => {
  it("goes out once they have, and is saved as it then is", async () => {
    const answers: ((reply: typeof llamaReply) => void)[] = [];
    const replied = new Promise<typeof llamaReply>((resolve) => {
      answers.push(resolve);
    });
    pages.relay.answer("/api/providers", () => replied);
    const app = await pages.open({ reply: null });
    app.actions.send("Hi", "all");
    app.actions.setDraft("");
    expect(app.store.getState().turns.size).toBe(0);
    answers[0]?.(llamaReply);
    for (let lane = 0; lane < 2; lane += 1) (await pages.relay.next()).head().text("Hello").finish();
    await app.until(() => app.store.getState().turns.size > 0 && app.store.getState().live.size === 0);
    await save(app);
    expect((await pages.database.load(sessionOf(app).id))?.session).toEqual(sessionOf(app));
    expect([sessionOf(app).name, sessionOf(app).shared.model]).toEqual(["Hi", "tiny"]);
  });
});

describe("a reload", () => {
  it("brings the open session back, its turns and its wire", async () => {
    const before = await pages.open();
    await ask(before, "Hi", "Hello");
    await save(before);
    const after = await pages.open({ remembered: sessionOf(before).id });
    expect(sessionOf(after)).toEqual(sessionOf(before));
    expect([...after.store.getState().turns]).toEqual([...before.store.getState().turns]);
    expect(await after.page.recordsOf(after.leaf(0).id)).toEqual(
      await before.page.recordsOf(before.leaf(0).id),
    );
  });

  it("keeps the text of an answer that was still coming in", async () => {
    const before = await pages.open();
    before.actions.send("Hi", [firstLane(before)]);
    (await pages.relay.next()).head().text("Half an ans");
    await before.until(() => texts(before).join("") === "Half an ans");
    await save(before);
    const after = await pages.open({ remembered: sessionOf(before).id });
    expect(texts(after)).toEqual(["Half an ans"]);
    expect(after.leaf(0).turn.steps[0]?.status).toMatchObject({
      state: "truncated",
      error: {
        code: "INTERRUPTED",
        message:
          "The page was closed or reloaded while this answer was running. What arrived is kept. Retry runs it again.",
      },
    });
  });

  it("says of an answer that had not begun that it was interrupted", async () => {
    const before = await pages.open();
    await ask(before, "Hi", "Hello");
    await save(before);
    await rewriteTurn(pages.databaseName, before.leaf(0).id, ({ value, ...record }) => ({
      ...record,
      value: { ...z.looseObject({}).parse(value), turn: { steps: [] } },
    }));
    const after = await pages.open({ remembered: sessionOf(before).id });
    expect(after.leaf(0).turn.steps.map(({ status, request: { model } }) => [status, model])).toEqual([
      [
        expect.objectContaining({
          state: "truncated",
          error: expect.objectContaining({ code: "INTERRUPTED" }),
        }),
        "tiny",
      ],
    ]);
  });

  it("keeps a result that was sent right before the page was gone: Retry goes on from it", async () => {
    const before = await pages.open();
    await askWithCall(before);
    await save(before);
    const [withResult] = before.leaf(0).turn.steps;
    await rewriteTurn(pages.databaseName, before.leaf(0).id, ({ value, ...record }) => ({
      ...record,
      value: { ...z.looseObject({}).parse(value), turn: { steps: [withResult] } },
    }));
    const after = await pages.open({ remembered: sessionOf(before).id });
    expect(after.leaf(0).turn.steps[1]?.status).toMatchObject({ error: { code: "INTERRUPTED" } });
    after.actions.retry(after.leaf(0).id);
    const exchange = await pages.relay.next();
    expect(JSON.stringify(exchange.chat.body)).toContain('"22"');
    exchange.head().text("It is 22").finish();
    await after.settled();
    expect(after.leaf(0).turn.steps[0]).toEqual(withResult);
  });

  it("refuses a record of a newer version, says so and leaves it as it is", async () => {
    const before = await pages.open();
    await ask(before, "Hi", "Hello");
    await save(before);
    const { id } = before.leaf(0);
    await rewriteTurn(pages.databaseName, id, (record) => ({ ...record, version: 99 }));
    const after = await pages.open({ remembered: sessionOf(before).id });
    expect(after.store.getState().turns.size).toBe(0);
    expect(after.store.getState().notices.map((notice) => notice.text)).toEqual([
      "One answer in this comparison can't be read by this version and was left unchanged.",
    ]);
    await save(after);
    expect(await readTurn(pages.databaseName, id)).toMatchObject({ version: 99 });
  });
});

describe("wire records", () => {
  it("are found for a cloned lane, also after a reload and without the lane that it was cloned from", async () => {
    const before = await pages.open();
    const steps = await askWithCall(before);
    before.actions.cloneLane(firstLane(before));
    expect(await recorded(before, 1)).toEqual(steps);
    before.actions.closeLane(firstLane(before));
    await save(before);
    const { id } = sessionOf(before);
    before.actions.newSession();
    await before.until(() => sessionOf(before).id !== id);
    const after = await pages.open({ remembered: id });
    expect(await recorded(after)).toEqual(steps);
  });

  it("are found for the steps that a retry kept", async () => {
    const app = await pages.open();
    const [first] = await askWithCall(app);
    app.actions.retry(app.leaf(0).id);
    (await pages.relay.next()).head().text("22").finish();
    await app.settled();
    const steps = app.leaf(0).turn.steps.map((step) => step.id);
    expect(steps[0]).toBe(first);
    expect(await recorded(app)).toEqual(steps);
  });

  it("go along with clones and kept steps when a session is exported and imported", async () => {
    const app = await pages.open();
    await askWithCall(app);
    app.actions.cloneLane(firstLane(app));
    app.actions.closeLane(firstLane(app));
    await save(app);
    const imported = await app.actions.importSession(await app.exported());
    expect(imported.ok).toBe(true);
    expect(await recorded(app)).toEqual(app.leaf(0).turn.steps.map((step) => step.id));
  });
});

describe("a comparison that is exported, imported and exported again", () => {
  it("is the same file but for its ids and the time of the export", async () => {
    const app = await pages.open();
    app.actions.changeSetup(firstLane(app), {
      system: "Be brief.",
      samplers: { temperature: 0.5, seed: 7 },
      responseSchema: { type: "object" },
      limits: { steps: 3, calls: 4 },
    });
    app.actions.attachImage(attached("cat.png"));
    await app.until(() => sessionOf(app).draftImages.length > 0);
    await askWithCall(app);
    app.actions.retry(app.leaf(0).id);
    (await pages.relay.next())
      .head()
      .text("It i")
      .fail({ code: "UPSTREAM_CUT", message: "cut", retryable: false });
    await app.settled();
    app.actions.cloneLane(firstLane(app));
    app.actions.setDraft("Next");
    await save(app);
    const first = await app.exported();
    const imported = await app.actions.importSession(first);
    expect(imported.ok).toBe(true);
    await save(app);
    const second = await app.exported();
    expect(withoutIds(second)).toEqual(withoutIds(first));
    // What is compared holds all of it.
    expect(JSON.parse(first)).toMatchObject({
      session: { draft: "Next", shared: { limits: expect.anything() } },
      records: expect.arrayContaining([expect.objectContaining({ attempt: 1 })]),
      images: [expect.anything()],
    });
    expect(JSON.parse(first).turns.length).toBeGreaterThan(1);
  });
});

/** An exported file with its ids replaced by the order in which they first stand in it, without its own times. */
function withoutIds(text: string): unknown {
  const names = new Map<string, string>();
  const plain = JSON.stringify(sortedJson(JSON.parse(text))).replaceAll(/\b(?:id-\d+)\b/g, (id) => {
    const name = names.get(id) ?? `#${names.size}`;
    names.set(id, name);
    return name;
  });
  const file = z
    .looseObject({ exportedAt: z.number(), session: z.looseObject({ updatedAt: z.number() }) })
    .parse(JSON.parse(plain));
  return { ...file, exportedAt: 0, session: { ...file.session, updatedAt: 0 } };
}

describe("a lane that was closed", () => {
  it("leaves nothing behind once the page was left, and what a clone shares with it stays", async () => {
    const before = await pages.open();
    await ask(before, "Hi", "Hello");
    before.actions.cloneLane(firstLane(before));
    const closed = before.leaf(0).id;
    before.actions.closeLane(firstLane(before));
    await save(before);
    const { id } = sessionOf(before);
    expect((await pages.database.load(id))?.turns.map((turn) => turn.id)).toContain(closed);
    const after = await pages.open({ remembered: id });
    await after.actions.openSession(id);
    expect((await pages.database.load(id))?.turns).toEqual([after.leaf(0)]);
    expect(await after.page.recordsOf(after.leaf(0).id)).toHaveLength(1);
  });
});

describe("a store that fails", () => {
  it.each(["QuotaExceededError", "AbortError", "UnknownError"])(
    "with %s says not saved, loses nothing on screen, exports all, and saves later",
    async (error) => {
      const app = await pages.open();
      const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
        throw new DOMException("no room", error);
      });
      await ask(app, "Hi", "Hello");
      await save(app);
      expect(app.store.getState().saveState.state).toBe("not-saved");
      expect(texts(app)).toEqual(["Hello"]);
      const exported = await app.exported();
      expect(JSON.parse(exported)).toMatchObject({
        turns: [{ prompt: "Hi" }],
        records: [{ droppedBytes: 0 }],
      });
      put.mockRestore();
      app.saveNow();
      await app.until(() => app.store.getState().saveState.state === "saved");
      expect((await pages.database.load(sessionOf(app).id))?.turns).toEqual([app.leaf(0)]);
    },
  );

  it("keeps a session that was left unsaved, and opens it again", async () => {
    const app = await pages.open();
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("no room", "QuotaExceededError");
    });
    await ask(app, "Hi", "Hello");
    const first = sessionOf(app).id;
    app.actions.newSession();
    await app.until(() => sessionOf(app).id !== first);
    await app.actions.openSession(first);
    expect(texts(app)).toEqual(["Hello"]);
  });
});

/** A page with one answer whose next write waits for `go`, and fails with `refuse`. */
const openSlow = async (refuse?: string) => {
  const app = await pages.open();
  await ask(app, "One", "Hello");
  await save(app);
  const { write } = pages.database;
  const begun: (() => void)[] = [];
  const gate = new Promise<void>((resolve) => begun.push(resolve));
  const spy = vi.spyOn(pages.database, "write").mockImplementation(async (writing) => {
    await gate;
    if (refuse !== undefined) throw new DOMException("no room", refuse);
    return write(writing);
  });
  app.actions.setDraft("half");
  return {
    app,
    go: () => begun[0]?.(),
    isWriting: () => spy.mock.calls.length > 0,
    free: () => spy.mockRestore(),
  };
};

describe("what a person does while another comparison opens", () => {
  it("keeps a prompt that is sent in the meantime, and stops its answer", async () => {
    const { app, go, isWriting } = await openSlow();
    const { id } = sessionOf(app);
    app.actions.newSession();
    await vi.waitUntil(isWriting);
    app.actions.send("Two", [firstLane(app)]);
    go();
    await app.until(() => sessionOf(app).id !== id);
    expect([...app.store.getState().live.values()]).toEqual([]);
    await save(app);
    expect((await pages.database.load(id))?.turns.map(({ prompt }) => prompt).toSorted()).toEqual([
      "One",
      "Two",
    ]);
    await app.actions.openSession(id);
    expect(app.leaf(0)).toMatchObject({ prompt: "Two", turn: { steps: [{ status: { state: "stopped" } }] } });
  });

  it("keeps it where it cannot be saved either", async () => {
    const { app, go, isWriting, free } = await openSlow("QuotaExceededError");
    const { id } = sessionOf(app);
    app.actions.newSession();
    await vi.waitUntil(isWriting);
    app.actions.send("Two", [firstLane(app)]);
    app.actions.setDraft("Three");
    go();
    await app.until(() => sessionOf(app).id !== id);
    await app.actions.openSession(id);
    expect([app.leaf(0).prompt, sessionOf(app).draft]).toEqual(["Two", "Three"]);
    app.actions.newSession();
    await app.until(() => sessionOf(app).id !== id);
    free();
    app.saveNow();
    await app.until(() => app.store.getState().saveState.state === "saved");
    const saved = await pages.database.load(id);
    expect([saved?.session.draft, saved?.turns.map(({ prompt }) => prompt).toSorted()]).toEqual([
      "Three",
      ["One", "Two"],
    ]);
  });
});

/** What was typed before a page was ready. */
const typedSecond = () => ({ draft: "Second", run: null });

describe("two tabs", () => {
  it("let only the first change a session; the other becomes the owner when it is closed", async () => {
    const locks = createFakeLocks();
    const first = await pages.open({ locks });
    await ask(first, "Hi", "Hello");
    await save(first);
    const second = await pages.open({ locks, remembered: sessionOf(first).id });
    expect(second.store.getState().ownership).toBe("elsewhere");
    second.actions.send("Mine", "all");
    second.actions.setDraft("Mine");
    expect([second.store.getState().live.size, sessionOf(second).draft]).toEqual([0, sessionOf(first).draft]);
    first.actions.newSession();
    await second.until(() => second.store.getState().ownership === "owner");
    second.actions.setDraft("Mine");
    expect(sessionOf(second).draft).toBe("Mine");
  });

  it("let what was typed in the second before it was ready follow what the first had in its draft", async () => {
    const locks = createFakeLocks();
    const first = await pages.open({ locks });
    await ask(first, "Hi", "Hello");
    first.actions.setDraft("First");
    await save(first);
    const second = await pages.open({
      locks,
      remembered: sessionOf(first).id,
      first: { takeInput: typedSecond },
    });
    expect(second.store.getState().ownership).toBe("elsewhere");
    first.actions.newSession();
    await second.until(() => second.store.getState().ownership === "owner");
    expect(sessionOf(second).draft).toBe("First\nSecond");
    await save(second);
    expect((await second.database.load(sessionOf(second).id))?.session.draft).toBe("First\nSecond");
  });

  it("save what was typed before a page was ready without waiting for the next write", async () => {
    const first = await pages.open({});
    await ask(first, "Hi", "Hello");
    first.actions.setDraft("First");
    await save(first);
    first.leave();
    const second = await pages.open({ remembered: sessionOf(first).id, first: { takeInput: typedSecond } });
    await expect
      .poll(async () => (await second.database.load(sessionOf(second).id))?.session.draft)
      .toBe("First\nSecond");
  });

  it("let the second take it over: the first stops, saves, says so, and gets it back when the second goes", async () => {
    const locks = createFakeLocks();
    const listeners = new Set<(news: TakeNews) => void>();
    const takeChannel: TabChannel<TakeNews> = {
      post: (news) => {
        for (const listener of listeners) listener(news);
      },
      listen: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
    const first = await pages.open({ locks, takeChannel });
    await ask(first, "Hi", "Hello");
    first.actions.send("More", [firstLane(first)]);
    (await pages.relay.next()).head().text("Half");
    await first.until(() => texts(first).join("") === "Half");
    const second = await pages.open({ locks, takeChannel, remembered: sessionOf(first).id });
    expect(second.store.getState().ownership).toBe("elsewhere");

    second.actions.useHere();
    await second.until(() => second.store.getState().ownership === "owner");
    expect([first.store.getState().ownership, texts(first), texts(second)]).toEqual([
      "elsewhere",
      ["Half"],
      ["Half"],
    ]);
    expect(second.leaf(0).turn.steps[0]?.status).toEqual({ state: "stopped" });
    expect(first.store.getState().notices.map(({ text }) => text)).toEqual([
      "“Hi” is now in use in another tab. Here you can read and export it.",
    ]);
    await ask(second, "Mine", "Yours");
    second.actions.newSession();
    await first.until(() => first.store.getState().ownership === "owner");
    expect(texts(first)).toEqual(["Yours"]);
  });

  it("let the second work on a copy", async () => {
    const locks = createFakeLocks();
    const first = await pages.open({ locks });
    await ask(first, "Hi", "Hello");
    await save(first);
    const second = await pages.open({ locks, remembered: sessionOf(first).id });
    await second.actions.duplicateSession(sessionOf(second).id);
    expect([second.store.getState().ownership, sessionOf(second).name, texts(second)]).toEqual([
      "owner",
      "Hi (copy)",
      ["Hello"],
    ]);
    expect(sessionOf(second).id).not.toBe(sessionOf(first).id);
  });
});

describe("sessions as a whole", () => {
  it("are listed, renamed and opened", async () => {
    const app = await pages.open();
    await ask(app, "Hi", "Hello");
    const first = sessionOf(app).id;
    app.actions.newSession();
    await app.until(() => sessionOf(app).id !== first);
    await ask(app, "Second", "Yes");
    await save(app);
    app.actions.renameSession(first, " Greetings ");
    await app.until(() => app.store.getState().summaries.some((summary) => summary.name === "Greetings"));
    expect(app.store.getState().summaries.map((summary) => summary.name)).toEqual(["Second", "Greetings"]);
    await app.actions.openSession(first);
    expect([sessionOf(app).name, texts(app)]).toEqual(["Greetings", ["Hello"]]);
  });

  it.each([
    ["the browser's store fails", () => Promise.reject(new Error("The disk is broken"))],
    ["this version cannot read it", () => Promise.resolve(null)],
  ])("keep their name where %s, which a notice says", async (_title, load) => {
    const app = await pages.open();
    await ask(app, "Hi", "Hello");
    const first = sessionOf(app).id;
    app.actions.newSession();
    await app.until(() => sessionOf(app).id !== first);
    const spy = vi.spyOn(pages.database, "load").mockImplementation(load);
    app.actions.renameSession(first, "Greetings");
    await app.until(() => app.store.getState().notices.length > 0);
    spy.mockRestore();
    expect(app.store.getState().notices).toMatchObject([
      {
        tone: "error",
        text: expect.stringMatching(
          /^That comparison could not be read, so it keeps its name\.( Browser error: The disk is broken)?$/u,
        ),
      },
    ]);
    expect(app.store.getState().summaries.map((summary) => summary.name)).toEqual(["Hi"]);
  });

  it.each([
    ["the browser's store fails", () => Promise.reject(new Error("The disk is broken"))],
    ["this version cannot read it", () => Promise.resolve(null)],
  ])("are neither copied, deleted nor exported where %s, which a notice says", async (_title, load) => {
    const app = await pages.open();
    await ask(app, "Hi", "Hello");
    const first = sessionOf(app).id;
    app.actions.newSession();
    await app.until(() => sessionOf(app).id !== first);
    const second = sessionOf(app).id;
    const spy = vi.spyOn(pages.database, "load").mockImplementation(load);
    await app.actions.duplicateSession(first);
    expect(await app.actions.deleteSession(first)).toBe(false);
    expect(await app.actions.exportSession(first)).toBeNull();
    spy.mockRestore();
    const { notices, summaries, undo } = app.store.getState();
    expect(notices.map(({ tone, text }) => [tone, text])).toEqual([
      ["error", "That comparison could not be read, so it was not copied."],
      ["error", "That comparison could not be read, so it was not deleted."],
      ["error", "That comparison could not be read, so it was not exported."],
    ]);
    expect([summaries.map(({ name }) => name), undo.deleted, sessionOf(app).id]).toEqual([
      ["Hi"],
      null,
      second,
    ]);
  });

  it("come back after delete and undo, wire included", async () => {
    const app = await pages.open();
    await ask(app, "Hi", "Hello");
    await save(app);
    const { id } = sessionOf(app);
    const wires = await app.page.recordsOf(app.leaf(0).id);
    await app.actions.deleteSession(id);
    expect([sessionOf(app).id === id, app.store.getState().summaries, await pages.database.load(id)]).toEqual(
      [false, [], null],
    );
    expect(app.store.getState().undo.deleted?.name).toBe("Hi");
    await app.actions.undoDelete();
    expect([sessionOf(app).id, texts(app), await app.page.recordsOf(app.leaf(0).id)]).toEqual([
      id,
      ["Hello"],
      wires,
    ]);
  });

  it("stay deleted, whatever is typed or changed until another one is open", async () => {
    const app = await pages.open();
    await ask(app, "Hi", "Hello");
    await save(app);
    const { id } = sessionOf(app);
    const whenDeleted = app.until(() => app.store.getState().undo.deleted !== null);
    const deleting = app.actions.deleteSession(id);
    await whenDeleted;
    expect(sessionOf(app).id).toBe(id);
    app.actions.setDraft("typed too late");
    app.actions.addLane();
    await deleting;
    await save(app);
    await app.actions.openSession(sessionOf(app).id);
    expect(await pages.database.load(id)).toBeNull();
  });

  it("survive export and import whole, under new ids", async () => {
    const app = await pages.open();
    await ask(app, "Hi", "Hello");
    await save(app);
    const json = await app.exported();
    const before = app.leaf(0);
    const imported = await app.actions.importSession(json);
    expect(imported).toEqual({ ok: true, id: sessionOf(app).id });
    expect(app.leaf(0).id).not.toBe(before.id);
    expect(texts(app)).toEqual(["Hello"]);
    const steps = (turn: typeof before) => turn.turn.steps.map((step) => ({ ...step, id: "" }));
    expect(steps(app.leaf(0))).toEqual(steps(before));
    expect(await app.page.recordsOf(app.leaf(0).id)).toHaveLength(1);
  });
});

describe("a link", () => {
  it("opens its lanes and prompt, and runs nothing", async () => {
    const app = await pages.open({
      search: "?lane=llamacpp/gpt-oss-20b&lane=groq/moonshotai/kimi-k2&lane=nope/x&prompt=Hi%20there",
    });
    expect(app.lanes().map(({ own }) => [own.provider, own.model])).toEqual([
      ["llamacpp", "gpt-oss-20b"],
      ["groq", "moonshotai/kimi-k2"],
      ["llamacpp", ""],
    ]);
    expect([...app.store.getState().laneNotices.values()]).toEqual([
      'The link asks for "nope/x", but Vitrine knows no provider "nope". Choose a model.',
    ]);
    expect([sessionOf(app).draft, app.store.getState().live.size]).toEqual(["Hi there", 0]);
  });

  it("that carries a whole setup opens it at the start, asks no new server and is forgotten", async () => {
    const from = await pages.open();
    from.actions.addEndpoint(
      { name: "Attic", baseUrl: "http://10.0.0.7:8080/v1", provider: "llamacpp" },
      null,
    );
    const [lane] = from.lanes();
    if (lane === undefined) throw new Error("There is a lane");
    from.actions.changeSetup(lane.id, {
      endpoint: "http://10.0.0.7:8080/v1",
      model: "m",
      system: "Be brief.",
    });
    from.actions.setDraft("Hi there");
    const before = sessionOf(from);
    const asked: string[] = [];
    const app = await pages.open({
      hash: await hashOf(from),
      database: openDatabase(freshName()),
      fetch: async (input) => {
        asked.push(input instanceof Request ? input.url : String(input));
        return Response.json({}, { status: 500 });
      },
    });
    const { name: opened, shared, lanes, draft, endpoints } = sessionOf(app);
    expect({ opened, shared, draft, endpoints, own: lanes.map(({ own }) => own) }).toEqual({
      opened: "Linked comparison",
      shared: before.shared,
      draft: "Hi there",
      endpoints: before.endpoints,
      own: before.lanes.map(({ own }) => own),
    });
    const state = app.store.getState();
    expect([state.person.endpoints, state.live.size, app.forgotten()]).toEqual([[], 0, 1]);
    expect(state.notices.map(({ text }) => text)).toEqual([
      "Opened from a link. Nothing runs until you press Run.",
    ]);
    expect([...state.laneNotices.values()][0]).toBe(
      "The link names the server http://10.0.0.7:8080/v1, which is not one of yours. Vitrine asks you before it sends anything there.",
    );
    expect(asked.filter((url) => url.includes("10.0.0.7"))).toEqual([]);
  });

  it("that is followed in the open page is a new comparison beside the one there", async () => {
    const from = await pages.open();
    from.actions.setDraft("From the link");
    const app = await pages.open({ database: openDatabase(freshName()) });
    const before = sessionOf(app);
    app.actions.setDraft("Mine");
    app.follow(await hashOf(from));
    await app.until(() => sessionOf(app).id !== before.id);
    expect([sessionOf(app).draft, app.store.getState().live.size]).toEqual(["From the link", 0]);
    await vi.waitUntil(() => app.forgotten() === 1);
    await app.actions.openSession(before.id);
    expect(sessionOf(app).draft).toBe("Mine");
  });

  it("that cannot be read says why, is forgotten, and leaves everything as it was", async () => {
    const app = await pages.open({ hash: "#link=9zzz" });
    expect(app.store.getState().notices.map(({ tone, text }) => [tone, text])).toEqual([
      [
        "error",
        "The link could not be opened. It has the format “9”, and this Vitrine reads format 1. Update Vitrine, or ask for a new link.",
      ],
    ]);
    const { id } = sessionOf(app);
    app.follow("#elsewhere");
    app.follow("#link=1zzz");
    await vi.waitUntil(() => app.forgotten() === 2);
    expect([sessionOf(app).id, sessionOf(app).name]).toEqual([id, "First comparison"]);
  });
});

async function hashOf(app: TestApp): Promise<string> {
  const link = await app.page.shareLink("http://here");
  return link.ok ? new URL(link.url).hash : expect.unreachable(link.why);
}

function rawDatabase(databaseName: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(databaseName);
    opening.addEventListener("success", () => resolve(opening.result));
    opening.addEventListener("error", () => reject(opening.error));
  });
}

async function readTurn(databaseName: string, id: string): Promise<unknown> {
  const raw = await rawDatabase(databaseName);
  const request = raw.transaction("turns").objectStore("turns").get(id);
  return new Promise((resolve) => {
    request.addEventListener("success", () => {
      raw.close();
      resolve(request.result);
    });
  });
}

async function rewriteTurn(
  databaseName: string,
  id: string,
  change: (record: Record<string, unknown>) => unknown,
): Promise<void> {
  const record = z.record(z.string(), z.unknown()).parse(await readTurn(databaseName, id));
  const raw = await rawDatabase(databaseName);
  const transaction = raw.transaction("turns", "readwrite");
  transaction.objectStore("turns").put(change(record));
  await new Promise<void>((resolve) => transaction.addEventListener("complete", () => resolve()));
  raw.close();
}
