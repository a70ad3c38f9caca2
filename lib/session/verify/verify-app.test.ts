import "fake-indexeddb/auto";
import { gzipSync } from "node:zlib";

import { beforeEach, describe, expect, it } from "vitest";

import {
  buildCase,
  buildLane,
  buildRun,
  buildSuite,
  buildTrial,
  failed,
} from "@/lib/verify/__fixtures__/build-run";
import { writeVerifyRun } from "@/lib/verify/saved/saved-run";
import type { Trial } from "@/lib/verify/trial";
import type { VerifyRun } from "@/lib/verify/verify-run";

import type { RunOptions } from "./run-in-page";
import { createVerifyApp, type VerifyApp } from "./verify-app";
import { openVerifyDatabase } from "./verify-database";

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

function openApp(name: string, mostTapeBytes?: number): VerifyApp {
  let made = 0;
  return createVerifyApp({
    database: openVerifyDatabase(name, mostTapeBytes),
    newId: () => `made-${(made += 1)}`,
    later: (_ms, call) => {
      call();
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

describe("a run that goes on", () => {
  const fresh = { ...run, trials: [], endedAt: null };
  const [first = buildTrial()] = run.trials;

  it("is drawn as it goes, keeps each trial at once, and goes on after a reload without them", async () => {
    const name = freshName();
    const app = openApp(name);
    const going = app.actions.run(fresh, null);
    await expect.poll(() => begun.length).toBe(1);
    const [{ options } = expect.unreachable("It has begun")] = begun;
    options.onTrial(run.id, first, "the tape");
    options.onRun(grow(fresh, first));
    expect(app.store.getState()).toMatchObject({
      live: { id: run.id, state: "running", done: 1, planned: 2 },
      open: { run: { trials: [first] } },
    });
    await expect.poll(() => app.actions.tapeOf(run.id, first.key)).toBe("the tape");

    // The page is left in the middle.
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

it("own cases are kept, and those of a file join them under ids of their own", async () => {
  const name = freshName();
  const app = openApp(name);
  await app.actions.saveCases([buildCase({ id: "O1", title: "mine", group: "own" })]);
  const lines = ["O1", "X9"]
    .map((id) => JSON.stringify(buildCase({ id, title: `from file ${id}` })))
    .join("\n");
  await app.actions.importCases({
    name: "cases.jsonl",
    text: () => Promise.resolve(`${lines}\nnot a case\n`),
  });
  expect(titles(app)).toEqual(["O1 mine", "O2 from file O1", "X9 from file X9"]);
  expect(app.store.getState().problem).toMatch(/^“cases\.jsonl”: /u);
  const reloaded = openApp(name);
  await reloaded.actions.start();
  expect(titles(reloaded)).toEqual(titles(app));
});
