import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/** A record as it lies in the database. `version` is the shape of `value`. */
export type Saved<T> = { readonly version: number; readonly sessionId: string; readonly value: T };

/** A tool or a server of the person's. `order` is its position in its list. */
export type PersonRecord = { readonly version: number; readonly order: number; readonly value: unknown };

interface Schema extends DBSchema {
  sessions: { key: string; value: Saved<unknown> };
  turns: { key: string; value: Saved<unknown> & { readonly id: string }; indexes: { session: string } };
  /** What a step sent and got, up to version 2: read, and removed with its session, but not written any more. */
  wires: {
    key: string;
    value: Saved<unknown> & { readonly stepId: string; readonly turnId: string };
    indexes: { session: string; turn: string };
  };
  attempts: {
    key: [step: string, attempt: number];
    value: Saved<unknown> & { readonly stepId: string; readonly attempt: number };
    indexes: { session: string; step: string };
  };
  /** The bytes of attempts, in the order in which they were received. `place` is the index of a part in its attempt. */
  reads: {
    key: [step: string, attempt: number, index: number];
    value: Saved<unknown> & { readonly stepId: string; readonly attempt: number; readonly place: number };
    indexes: { session: string; step: string };
  };
  images: { key: string; value: Saved<unknown> & { readonly id: string }; indexes: { session: string } };
  person: { key: string; value: PersonRecord };
  /** Files of recordings that are open. `order`: higher for those that were kept later. */
  recordings: {
    key: string;
    value: {
      readonly version: number;
      readonly order: number;
      readonly name: string;
      readonly packed: unknown;
    };
    indexes: { order: number };
  };
}

type Handle = IDBPDatabase<Schema>;

/** Runs work on the database, which is opened where it is not open. Rejects with the browser's own error. */
export type WithHandle = <T>(work: (database: Handle) => Promise<T>) => Promise<T>;

/** Stores and indexes, one step per version. A step only adds: what an older Vitrine wrote stays as it is. */
const STEPS: readonly ((database: Handle) => void)[] = [
  (database) => {
    database.createObjectStore("sessions");
    database.createObjectStore("turns", { keyPath: "id" }).createIndex("session", "sessionId");
    const wires = database.createObjectStore("wires", { keyPath: "stepId" });
    wires.createIndex("session", "sessionId");
    wires.createIndex("turn", "turnId");
  },
  (database) => {
    database.createObjectStore("images", { keyPath: "id" }).createIndex("session", "sessionId");
  },
  (database) => {
    database.createObjectStore("person");
  },
  (database) => {
    const attempts = database.createObjectStore("attempts", { keyPath: ["stepId", "attempt"] });
    attempts.createIndex("session", "sessionId");
    attempts.createIndex("step", "stepId");
  },
  (database) => {
    const reads = database.createObjectStore("reads", { keyPath: ["stepId", "attempt", "place"] });
    reads.createIndex("session", "sessionId");
    reads.createIndex("step", "stepId");
  },
  (database) => {
    database.createObjectStore("recordings").createIndex("order", "order");
  },
];

/** Opens once for all calls; a handle that the browser closed or that fails is thrown away, so the next call opens anew. */
export function createHandle(name: string): WithHandle {
  let opening: Promise<Handle> | null = null;
  const forget = () => {
    opening = null;
  };
  const open = () =>
    openDB<Schema>(name, STEPS.length, {
      upgrade: (database, from) => {
        for (const step of STEPS.slice(from)) step(database);
      },
      // A newer version of Vitrine in another tab wants to upgrade the database; close the handle so that it can.
      blocking: (_current, _blocked, event) => {
        forget();
        if (event.target instanceof IDBDatabase) event.target.close();
      },
      terminated: forget,
    });
  return async (work) => {
    opening ??= open();
    try {
      return await work(await opening);
    } catch (error) {
      if (isBrokenHandle(error)) forget();
      throw error;
    }
  };
}

/** A full store or a record that cannot be stored leaves the handle usable; after anything else a new one may work. */
function isBrokenHandle(error: unknown): boolean {
  return error instanceof DOMException && !HARMLESS.has(error.name);
}

const HARMLESS: ReadonlySet<string> = new Set(["QuotaExceededError", "DataCloneError"]);
