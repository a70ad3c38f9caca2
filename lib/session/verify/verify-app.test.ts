import "fake-indexeddb/auto";
import { gzipSync } from "node:zlib";

import { beforeEach, describe, expect, it, vi } from "vitest";

import {
  buildCase,
  buildLane,
  buildRun,
  buildSuite,
  buildTrial,
  failed,
  notMeasured,
} from "@/lib/verify/__fixtures__/build-run";
import { writeVerifyRun } from "@/lib/verify/saved/saved-run";
import type { Trial } from "@/lib/verify/trial";
import type { VerifyRun } from "@/lib/verify/verify-run";

import type { RunOptions } from "./run-in-page";
import { createVerifyApp, type VerifyApp } from "./verify-app";
import { openVerifyDatabase, type VerifyDatabase } from "./verify-database";

const suite = buildSuite([buildCase({ id: "W1" }), buildCase({ id: "W2" })]);
const run = buildRun({
  suite,
  lanes: [buildLane("a/a")],
  trials: [buildTrial({ caseId: "W1" }), buildTrial({ caseId: "W2" }, failed())],
});

/** A runner in the test's hand. */
type Begun = {
  readonly run: VerifyRun;
  readonly options: RunOptions;
  readonly end: (run: VerifyRun) => void;
};

let begun: Begun[];
let names = 0;

const full = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
const mine = (title: string) => buildCase({ id: "O1", title, group: "own" });

/** Runs that a tab of the test's browser holds. */
let held: Set<string>;

function openApp(name: string, database: Partial<VerifyDatabase> = {}): VerifyApp {
  let made = 0;
  return createVerifyApp({
    database: { ...openVerifyDatabase(name), ...database },
    hold: (id) => {
      if (held.has(id)) return Promise.resolve(null);
      held.add(id);
      return Promise.resolve(() => void held.delete(id));
    },
    newId: () => `made-${(made += 1)}`,
    later: (_ms, call) => {
      queueMicrotask(call);
      return () => undefined;
    },
    loadRunner: () =>
      Promise.resolve({
        planned: () => 2,
        begin: (started, options) => {
          const { promise: ended, resolve: end } = opened<VerifyRun>();
          begun.push({ run: started, options, end });
          return { ended, pause: () => undefined, goOn: () => undefined, stop: () => end(started) };
        },
      }),
  });
}

/** A promise that the test resolves. */
function opened<T>() {
  const settlers: ((value: T) => void)[] = [];
  const promise = new Promise<T>((settle) => {
    settlers.push(settle);
  });
  return { promise, resolve: (value: T) => settlers.forEach((settle) => settle(value)) };
}

const grow = (from: VerifyRun, trial: Trial): VerifyRun => ({ ...from, trials: [...from.trials, trial] });
const titles = (of: VerifyApp) => of.store.getState().cases.map(({ id, title }) => `${id} ${title}`);

const freshName = () => `verify-${(names += 1)}`;
const fileOf = (text: string) => ({ name: "a.json", text: () => Promise.resolve(text) });

beforeEach(() => {
  begun = [];
  held = new Set();
});

describe("a run in a file", () => {
  it("is kept and opened, is there after a reload, and is never written over by another copy", async () => {
    const name = freshName();
    const app = openApp(name);
    await app.actions.start();
    await app.actions.importRun(fileOf(writeVerifyRun(run)));
    expect(app.store.getState().open).toEqual({ run, name: "seed, a/a" });
    await app.actions.importRun(fileOf(writeVerifyRun(run)));
    expect(
      app.store
        .getState()
        .runs.map(({ id }) => id)
        .toSorted(),
    ).toEqual(["made-1", run.id]);

    const reloaded = openApp(name);
    await reloaded.actions.start();
    await reloaded.actions.openRun(run.id);
    expect(reloaded.store.getState().open?.run).toEqual(run);
  });

  it("that is none is refused in words", async () => {
    const app = openApp(freshName());
    await app.actions.importRun(fileOf("not JSON"));
    expect(app.store.getState()).toMatchObject({
      open: null,
      problem: "“a.json” could not be opened. This is not JSON.",
    });
  });
});

it("a run is renamed, deleted and brought back", async () => {
  const app = openApp(freshName());
  await app.actions.importRun(fileOf(writeVerifyRun(run)));
  await app.actions.rename(run.id, "Before the update");
  expect(app.store.getState().runs).toMatchObject([{ name: "Before the update", trials: 2 }]);
  await app.actions.remove(run.id);
  expect(app.store.getState()).toMatchObject({ runs: [], open: null });
  await app.actions.undoRemove();
  expect(app.store.getState().runs).toMatchObject([{ name: "Before the update", trials: 2 }]);
  expect(await app.actions.readRun(run.id)).toEqual(run);
});

describe("a deleted run that is brought back", () => {
  const [first = expect.unreachable("It has trials"), second = expect.unreachable("It has trials")] =
    run.trials;

  it("has its name, its trials and the tapes of all of them", async () => {
    const name = freshName();
    const database = openVerifyDatabase(name);
    const app = openApp(name);
    await database.writeRun(run, "Kept");
    await database.writeTrial(run.id, first, "the first tape");
    await database.writeTrial(run.id, second, "the second tape");
    await app.actions.remove(run.id);
    expect(await database.tape(run.id, first.key)).toBeNull();
    await app.actions.undoRemove();
    expect(app.store.getState()).toMatchObject({
      runs: [{ name: "Kept", trials: 2 }],
      deleted: null,
      problem: null,
    });
    expect(await app.actions.readRun(run.id)).toEqual(run);
    expect(await Promise.all([first, second].map((trial) => app.actions.tapeOf(run.id, trial.key)))).toEqual([
      "the first tape",
      "the second tape",
    ]);
  });

  it("comes back as it lay there also where it cannot be read", async () => {
    const name = freshName();
    const database = openVerifyDatabase(name);
    const app = openApp(name);
    const foreign = { ...run, repetitions: -1 };
    await database.writeRun(foreign, "Later");
    expect(await app.actions.readRun(run.id)).toBeNull();
    const before = await database.load(run.id);
    await app.actions.remove(run.id);
    expect(app.store.getState().deleted?.run.name).toBe("Later");
    await app.actions.undoRemove();
    expect(await database.load(run.id)).toEqual(before);
  });

  it("has no tapes where the browser has no room for them, and says so", async () => {
    const name = freshName();
    const database = openVerifyDatabase(name);
    const app = openApp(name);
    await database.writeRun(run, "Kept");
    await database.writeTrial(run.id, first, "the first tape");
    await app.actions.remove(run.id);
    // oxlint-disable-next-line typescript/unbound-method -- called with its own store below
    const { put } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, value, key) {
      if (this.name === "tapes") throw new DOMException("full", "QuotaExceededError");
      return put.call(this, value, key);
    });
    await app.actions.undoRemove();
    vi.restoreAllMocks();
    expect(app.store.getState()).toMatchObject({
      runs: [{ name: "Kept", trials: 2 }],
      problem: "The run is back without its tapes: the browser has no room for them.",
    });
    expect(await app.actions.tapeOf(run.id, first.key)).toBeNull();
  });
});

describe("a run that goes on", () => {
  const fresh = { ...run, trials: [], endedAt: null };
  const [first = buildTrial()] = run.trials;

  it("is drawn as it goes, keeps each trial at once, and goes on after a reload without them", async () => {
    const name = freshName();
    const app = openApp(name);
    const going = app.actions.run(fresh, null);
    await expect.poll(() => begun.length).toBe(1);
    const [{ options } = expect.unreachable("It has begun")] = begun;
    options.onBegin(first.key);
    await expect.poll(() => app.store.getState().live).toMatchObject({ done: 0, at: first.key });
    options.onTrial(run.id, first, "the tape");
    options.onRun(grow(fresh, first));
    await expect
      .poll(() => app.store.getState())
      .toMatchObject({
        live: { id: run.id, state: "running", done: 1, planned: 2 },
        open: { run: { trials: [first] } },
      });
    await expect.poll(() => app.actions.tapeOf(run.id, first.key)).toBe("the tape");

    // The page is left in the middle.
    held.clear();
    const reloaded = openApp(name);
    await reloaded.actions.openRun(run.id);
    const cut = reloaded.store.getState().open?.run ?? expect.unreachable("It is kept");
    expect(cut).toEqual(grow(fresh, first));
    void reloaded.actions.run(cut, null);
    await expect.poll(() => begun.length).toBe(2);
    expect(begun[1]?.run.trials).toEqual([first]);

    app.actions.stop();
    await going;
    expect(app.store.getState().live).toBeNull();
  });

  it("is kept whole when it has ended", async () => {
    const app = openApp(freshName());
    const going = app.actions.run(fresh, 1_000);
    await expect.poll(() => begun.length).toBe(1);
    expect(begun[0]?.options.budgetTokens).toBe(1_000);
    begun[0]?.end(run);
    await going;
    expect(app.store.getState()).toMatchObject({ live: null, open: { run: { endedAt: run.endedAt } } });
    expect(await app.actions.readRun(run.id)).toEqual(run);
  });

  it("says that its limit of tokens was reached, and not where a person stopped it", async () => {
    const app = openApp(freshName());
    const going = app.actions.run(fresh, 1_000);
    await expect.poll(() => begun.length).toBe(1);
    begun[0]?.end(grow(fresh, first));
    await going;
    expect(app.store.getState().problem).toBe(
      "The run stopped at its limit of 1,000 output tokens. “Go on” continues it without one.",
    );
    app.actions.dismissProblem();
    const again = app.actions.run(grow(fresh, first), 1_000);
    await expect.poll(() => begun.length).toBe(2);
    app.actions.stop();
    await again;
    expect(app.store.getState().problem).toBeNull();
  });

  it("that is deleted ends, and does not come back with what it writes last", async () => {
    const app = openApp(freshName());
    const going = app.actions.run(fresh, null);
    await expect.poll(() => begun.length).toBe(1);
    await app.actions.remove(run.id);
    await going;
    expect(app.store.getState()).toMatchObject({ runs: [], open: null, live: null });
    expect(await app.actions.readRun(run.id)).toBeNull();
  });

  it("goes on in one tab, and in another one from where that one left it", async () => {
    const name = freshName();
    const [app, other] = [openApp(name), openApp(name)];
    const going = app.actions.run(fresh, null);
    await expect.poll(() => begun.length).toBe(1);
    await other.actions.openRun(run.id);
    const [stale = expect.unreachable("It is open")] = [other.store.getState().open?.run];
    await other.actions.run(stale, null);
    expect(begun.length).toBe(1);
    expect(other.store.getState()).toMatchObject({
      live: null,
      problem: "This run goes on in another tab of this browser. Go on there, or wait until it has ended.",
    });
    begun[0]?.options.onTrial(run.id, first, null);
    begun[0]?.end(grow(fresh, first));
    await going;
    const again = other.actions.run(stale, null);
    await expect.poll(() => begun.length).toBe(2);
    expect(begun[1]?.run.trials).toEqual([first]);
    other.actions.stop();
    await again;
  });

  it("goes on where nothing can be kept, and says so once", async () => {
    const app = openApp(freshName(), { writeHead: full, writeTrial: full, writeRun: full });
    const going = app.actions.run(fresh, null);
    await expect.poll(() => begun.length).toBe(1);
    expect(app.store.getState().problem).toMatch(
      /^This run can't be kept in this browser: export it before you leave the page\./u,
    );
    app.actions.dismissProblem();
    begun[0]?.options.onTrial(run.id, first, "the tape");
    begun[0]?.end(run);
    await going;
    expect(app.store.getState()).toMatchObject({ live: null, open: { run }, problem: null });
  });

  it("tries again what a server was down for, and nothing else", async () => {
    const name = freshName();
    const app = openApp(name);
    const lost = buildTrial({ caseId: "W2" }, notMeasured("outage"));
    const cut = buildTrial({ caseId: "W1", repetition: 1 }, notMeasured("cap"));
    const ended = { ...run, trials: [first, lost, cut] };
    await app.actions.importRun(fileOf(writeVerifyRun(ended)));
    const again = app.actions.runAgain(ended);
    await expect.poll(() => begun.length).toBe(1);
    expect(begun[0]?.run).toMatchObject({ endedAt: null, trials: [first, cut] });
    expect((await app.actions.readRun(run.id))?.trials).toEqual([first, cut]);
    app.actions.stop();
    await again;
  });

  it("is one at a time", async () => {
    const app = openApp(freshName());
    const going = app.actions.run(fresh, null);
    await expect.poll(() => begun.length).toBe(1);
    await app.actions.run({ ...fresh, id: "other" }, null);
    expect(begun.length).toBe(1);
    app.actions.stop();
    await going;
  });
});

it("tapes make room for newer ones, the oldest of passed trials first, and all verdicts stay", async () => {
  const tape = "what was sent and received";
  const size = gzipSync(tape).byteLength;
  const database = openVerifyDatabase(freshName(), 2.5 * size);
  const trials = [
    buildTrial({ caseId: "W2" }, failed()),
    buildTrial({ caseId: "W1" }),
    { ...buildTrial({ caseId: "W1", repetition: 1 }), startedAt: run.startedAt + 1 },
  ];
  await database.writeRun({ ...run, trials: [] }, "run");
  for (const trial of trials) await database.writeTrial(run.id, trial, tape);
  expect(await Promise.all(trials.map(({ key }) => database.tape(run.id, key)))).toEqual([tape, null, tape]);
  expect((await database.load(run.id))?.trials.length).toBe(3);
});

it("a verdict is kept where there is no room for its tape", async () => {
  const name = freshName();
  const database = openVerifyDatabase(name);
  const [trial = buildTrial()] = run.trials;
  const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementationOnce(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  await database.writeTrial(run.id, trial, "the tape");
  expect(put).toHaveBeenCalledTimes(2);
  put.mockRestore();
  await database.writeHead(run, "run");
  expect((await database.load(run.id))?.trials).toEqual([trial]);
  expect(await database.tape(run.id, trial.key)).toBeNull();
});

it("own cases of two tabs join each other under ids of their own", async () => {
  const name = freshName();
  const [app, other] = [openApp(name), openApp(name)];
  await Promise.all([app.actions.start(), other.actions.start()]);
  await app.actions.saveCases([mine("here")]);
  await other.actions.saveCases([mine("there")]);
  expect(titles(other)).toEqual(["O1 here", "O2 there"]);
  // What this tab deletes goes, and what it does not know stays.
  await app.actions.saveCases([]);
  expect(titles(app)).toEqual(["O2 there"]);
});

it("own cases are kept, and those of a file join them under ids of their own", async () => {
  const name = freshName();
  const app = openApp(name);
  await app.actions.saveCases([buildCase({ id: "O1", title: "mine", group: "own" })]);
  const untitled = { ...buildCase({ id: "X10" }), title: "" };
  const lines = [...["O1", "X9"].map((id) => buildCase({ id, title: `from file ${id}` })), untitled]
    .map((each) => JSON.stringify(each))
    .join("\n");
  await app.actions.importCases({
    name: "cases.jsonl",
    text: () => Promise.resolve(`${lines}\nnot a case\n`),
  });
  expect(titles(app)).toEqual(["O1 mine", "O2 from file O1", "X9 from file X9", "X10 Say hi in Portuguese."]);
  expect(app.store.getState().problem).toMatch(/^“cases\.jsonl”: /u);
  const reloaded = openApp(name);
  await reloaded.actions.start();
  expect(titles(reloaded)).toEqual(titles(app));
});
