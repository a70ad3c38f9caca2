/**
 * Runs of verifying and their trials in the browser, apart from the comparisons. A trial is written when it has ended, so
 * that a page that is left loses none. Rejects with the browser's own error, which the caller handles.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

import { gunzip } from "@/lib/session/storage/gzip";
import { gzipInWorker } from "@/lib/session/storage/gzip-in-worker";
import type { VerifyCase } from "@/lib/verify/case";
import { type Trial, type TrialKey, trialName } from "@/lib/verify/trial";
import type { VerifyRun } from "@/lib/verify/verify-run";

/** A run without its trials, and the name that a person gave it. */
type SavedRun = {
  readonly id: string;
  readonly name: string;
  readonly startedAt: number;
  readonly version: number;
  readonly head: object;
};

type SavedTrial = { readonly runId: string; readonly trial: string; readonly value: unknown };

/** A trial's tape. Those of one place are in the order in which they are let go of: passes before failures. */
type SavedTape = {
  readonly runId: string;
  readonly trial: string;
  /** epoch ms */
  readonly at: number;
  readonly isFailure: boolean;
  /** gzip of the tape's text. */
  readonly bytes: Uint8Array<ArrayBuffer>;
};

interface Schema extends DBSchema {
  runs: { key: string; value: SavedRun };
  trials: {
    key: [run: string, trial: string];
    value: SavedTrial;
    indexes: { run: string };
  };
  tapes: {
    key: [run: string, trial: string];
    value: SavedTape;
    indexes: { run: string };
  };
  /** Own cases, by id. */
  cases: { key: string; value: { readonly id: string; readonly order: number; readonly value: unknown } };
}

const VERSION = 1;

/** What the list of runs shows. */
export type RunSummary = {
  readonly id: string;
  readonly name: string;
  /** epoch ms */
  readonly startedAt: number;
  /** Trials that have ended. */
  readonly trials: number;
};

/** Everything that the database held of a run. */
export type RemovedRun = {
  readonly run: SavedRun;
  readonly trials: readonly SavedTrial[];
  readonly tapes: readonly SavedTape[];
};

/** A run as it lies in the database, unchecked. */
export type StoredRun = {
  readonly name: string;
  readonly head: object;
  readonly trials: readonly unknown[];
};

export type VerifyDatabase = {
  /** The newest first. */
  readonly list: () => Promise<readonly RunSummary[]>;
  /** null when it is not there. */
  readonly load: (id: string) => Promise<StoredRun | null>;
  /** Writes the run without its trials, under this name. */
  readonly writeHead: (run: VerifyRun, name: string) => Promise<void>;
  /** The whole run at once, or nothing of it. */
  readonly writeRun: (run: VerifyRun, name: string) => Promise<void>;
  /** A trial that has ended, with its tape where one was made. Old tapes make room for it. */
  readonly writeTrial: (runId: string, trial: Trial, tape: string | null) => Promise<void>;
  /** Takes trials out of a run, with their tapes. */
  readonly removeTrials: (runId: string, keys: readonly TrialKey[]) => Promise<void>;
  /** Takes the run out, with its trials and tapes; null when it is not there. */
  readonly remove: (id: string) => Promise<RemovedRun | null>;
  /** Puts back what was taken out. Resolves to false where the browser has no room for its tapes: then it is back without them. */
  readonly restore: (removed: RemovedRun) => Promise<boolean>;
  /** The text of a trial's tape; null when it was never kept or made room for newer ones. */
  readonly tape: (runId: string, key: TrialKey) => Promise<string | null>;
  /** Own cases in their order, unchecked. */
  readonly cases: () => Promise<readonly unknown[]>;
  readonly writeCases: (cases: readonly VerifyCase[]) => Promise<void>;
};

/** Most bytes of tapes that are kept, compressed; the oldest of passed trials go first. */
export const MOST_TAPE_BYTES = 48_000_000;
/** How full the tapes leave it once they had to make room. */
const ROOM_LEFT = 0.9;

/** The database under `name`, opened at the first call. */
export function openVerifyDatabase(name = "vitrine-verify", mostTapeBytes = MOST_TAPE_BYTES): VerifyDatabase {
  let opening: Promise<IDBPDatabase<Schema>> | null = null;
  const forget = () => {
    opening = null;
  };
  const open = () =>
    openDB<Schema>(name, 1, {
      upgrade: (database) => {
        database.createObjectStore("runs", { keyPath: "id" });
        database.createObjectStore("trials", { keyPath: ["runId", "trial"] }).createIndex("run", "runId");
        database.createObjectStore("tapes", { keyPath: ["runId", "trial"] }).createIndex("run", "runId");
        database.createObjectStore("cases", { keyPath: "id" });
      },
      // A newer Vitrine in another tab wants to upgrade it.
      blocking: (_current, _blocked, event) => {
        forget();
        if (event.target instanceof IDBDatabase) event.target.close();
      },
      terminated: forget,
    });
  const withDatabase = async <T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> => {
    opening ??= open();
    try {
      return await work(await opening);
    } catch (error) {
      // After anything but a full store, a new handle may work.
      if (!isQuota(error)) forget();
      throw error;
    }
  };

  /** Bytes of the tapes that are kept; null = not counted yet. */
  let tapeBytes: number | null = null;
  const makeRoom = async (database: IDBPDatabase<Schema>) => {
    if (tapeBytes !== null && tapeBytes <= mostTapeBytes) return;
    const kept = (await database.getAll("tapes")).map(({ runId, trial, at, isFailure, bytes }) => ({
      runId,
      trial,
      at,
      isFailure,
      size: bytes.byteLength,
    }));
    let total = kept.reduce((sum, { size }) => sum + size, 0);
    // More than is needed now: counting reads all of them, and is not done again at the next trial.
    const wanted = mostTapeBytes * ROOM_LEFT;
    const isFull = total > mostTapeBytes;
    const leaving = kept.toSorted((a, b) => Number(a.isFailure) - Number(b.isFailure) || a.at - b.at);
    const transaction = database.transaction("tapes", "readwrite");
    for (const { runId, trial, size } of leaving) {
      if (!isFull || total <= wanted) break;
      void transaction.store.delete([runId, trial]);
      total -= size;
    }
    await transaction.done;
    tapeBytes = total;
  };

  return {
    list: () =>
      withDatabase(async (database) => {
        const runs = await database.getAll("runs");
        const trials = await Promise.all(runs.map(({ id }) => database.countFromIndex("trials", "run", id)));
        return runs
          .map(({ id, name: own, startedAt }, index) => ({
            id,
            name: own,
            startedAt,
            trials: trials[index] ?? 0,
          }))
          .toSorted((a, b) => b.startedAt - a.startedAt);
      }),
    load: (id) =>
      withDatabase(async (database) => {
        const run = await database.get("runs", id);
        if (run === undefined || run.version !== VERSION) return null;
        const trials = await database.getAllFromIndex("trials", "run", id);
        return { name: run.name, head: run.head, trials: trials.map(({ value }) => value) };
      }),
    writeHead: (run, own) =>
      withDatabase(async (database) => {
        await database.put("runs", savedRun(run, own));
      }),
    writeRun: (run, own) =>
      withDatabase(async (database) => {
        const transaction = database.transaction(["runs", "trials"], "readwrite");
        await Promise.all([
          transaction.objectStore("runs").put(savedRun(run, own)),
          ...run.trials.map((trial) => transaction.objectStore("trials").put(savedTrial(run.id, trial))),
          transaction.done,
        ]);
      }),
    writeTrial: (runId, trial, tape) =>
      withDatabase(async (database) => {
        // Compressed first: a transaction does not wait for anything else.
        const bytes = tape === null ? null : await gzipInWorker(new TextEncoder().encode(tape), 0);
        const transaction = database.transaction(["trials", "tapes"], "readwrite");
        const saved: SavedTape | null =
          bytes === null
            ? null
            : {
                runId,
                trial: placeOf(trial.key),
                at: trial.startedAt,
                isFailure: trial.verdict.verdict === "fail",
                bytes,
              };
        try {
          await Promise.all([
            transaction.objectStore("trials").put(savedTrial(runId, trial)),
            ...(saved === null ? [] : [transaction.objectStore("tapes").put(saved)]),
            transaction.done,
          ]);
        } catch (error) {
          if (saved === null || !isQuota(error)) throw error;
          // The verdict is worth more than what was sent: it is kept without a tape, or in the room of all tapes.
          await database.put("trials", savedTrial(runId, trial)).catch(async () => {
            await database.clear("tapes");
            tapeBytes = 0;
            await database.put("trials", savedTrial(runId, trial));
          });
          return;
        }
        if (saved === null) return;
        if (tapeBytes !== null) tapeBytes += saved.bytes.byteLength;
        await makeRoom(database);
      }),
    removeTrials: (runId, keys) =>
      withDatabase(async (database) => {
        const transaction = database.transaction(["trials", "tapes"], "readwrite");
        await Promise.all([
          ...keys.flatMap((key) => [
            transaction.objectStore("trials").delete([runId, placeOf(key)]),
            transaction.objectStore("tapes").delete([runId, placeOf(key)]),
          ]),
          transaction.done,
        ]);
        tapeBytes = null;
      }),
    remove: (id) =>
      withDatabase(async (database) => {
        const transaction = database.transaction(["runs", "trials", "tapes"], "readwrite");
        const runs = transaction.objectStore("runs");
        const trials = transaction.objectStore("trials");
        const tapes = transaction.objectStore("tapes");
        const [run, ofTrials, ofTapes] = await Promise.all([
          runs.get(id),
          trials.index("run").getAll(id),
          tapes.index("run").getAll(id),
        ]);
        await Promise.all([
          runs.delete(id),
          ...ofTrials.map(({ runId, trial }) => trials.delete([runId, trial])),
          ...ofTapes.map(({ runId, trial }) => tapes.delete([runId, trial])),
          transaction.done,
        ]);
        tapeBytes = null;
        return run === undefined ? null : { run, trials: ofTrials, tapes: ofTapes };
      }),
    restore: ({ run, trials, tapes }) =>
      withDatabase(async (database) => {
        const put = async (withTapes: readonly SavedTape[]) => {
          const transaction = database.transaction(["runs", "trials", "tapes"], "readwrite");
          await Promise.all([
            transaction.objectStore("runs").put(run),
            ...trials.map((trial) => transaction.objectStore("trials").put(trial)),
            ...withTapes.map((tape) => transaction.objectStore("tapes").put(tape)),
            transaction.done,
          ]);
        };
        tapeBytes = null;
        try {
          await put(tapes);
        } catch (error) {
          if (tapes.length === 0 || !isQuota(error)) throw error;
          // The verdicts are worth more than what was sent.
          await put([]);
          return false;
        }
        await makeRoom(database);
        return true;
      }),
    tape: (runId, key) =>
      withDatabase(async (database) => {
        const saved = await database.get("tapes", [runId, placeOf(key)]);
        return saved === undefined ? null : new TextDecoder().decode(await gunzip(saved.bytes));
      }),
    cases: () =>
      withDatabase(async (database) => {
        const saved = await database.getAll("cases");
        return saved.toSorted((a, b) => a.order - b.order).map(({ value }) => value);
      }),
    writeCases: (cases) =>
      withDatabase(async (database) => {
        const transaction = database.transaction("cases", "readwrite");
        await transaction.store.clear();
        await Promise.all([
          ...cases.map((each, order) => transaction.store.put({ id: each.id, order, value: each })),
          transaction.done,
        ]);
      }),
  };
}

function isQuota(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}

function savedRun({ trials: _trials, ...head }: VerifyRun, name: string): SavedRun {
  return { id: head.id, name, startedAt: head.startedAt, version: VERSION, head };
}

function savedTrial(runId: string, trial: Trial): SavedTrial {
  return { runId, trial: placeOf(trial.key), value: trial };
}

/** Which trial of its run. */
function placeOf(key: TrialKey): string {
  return `${key.lane} ${trialName(key)}`;
}
