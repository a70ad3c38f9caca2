/** The browser's database of sessions. Rejects with the browser's own error; what to do about it is the caller's. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import * as z from "zod/mini";

import type { SessionSummary } from "./app-state";
import { sessionSchema, turnRecordSchema, wireRecordSchema } from "./saved-session";
import type { Session, SessionId, TurnId, TurnRecord, WireRecord } from "./session";

/** Shape of the records below. A record of another version is neither read nor touched. */
const VERSION = 1;

type Saved<T> = { readonly version: number; readonly sessionId: string; readonly value: T };

interface Schema extends DBSchema {
  sessions: { key: string; value: Saved<unknown> };
  turns: { key: string; value: Saved<unknown> & { readonly id: string }; indexes: { session: string } };
  wires: {
    key: string;
    value: Saved<unknown> & { readonly stepId: string; readonly turnId: string };
    indexes: { session: string; turn: string };
  };
}

/** What is saved together: one session with some or all of its turns and wires. */
export type Bundle = {
  readonly session: Session;
  readonly turns: readonly TurnRecord[];
  readonly wires: readonly WireRecord[];
};

export type Writing = {
  readonly sessions: readonly Session[];
  readonly turns: readonly TurnRecord[];
};

export type SessionDatabase = {
  /** All sessions that can be read, last changed first. `refused` counts those that cannot: they stay as they are. */
  readonly list: () => Promise<{ readonly summaries: readonly SessionSummary[]; readonly refused: number }>;
  /** A session and its turns; null when it is not there or cannot be read. `refused` counts unreadable turns. */
  readonly load: (id: SessionId) => Promise<{
    readonly session: Session;
    readonly turns: readonly TurnRecord[];
    readonly refused: number;
  } | null>;
  /** All or nothing. */
  readonly write: (writing: Writing) => Promise<void>;
  readonly writeWires: (
    wires: readonly { readonly sessionId: SessionId; readonly wire: WireRecord }[],
  ) => Promise<void>;
  readonly wiresOfTurn: (id: TurnId) => Promise<readonly WireRecord[]>;
  readonly wiresOfSession: (id: SessionId) => Promise<readonly WireRecord[]>;
  /** A whole session at once, or nothing of it. */
  readonly writeBundle: (bundle: Bundle) => Promise<void>;
  readonly remove: (id: SessionId) => Promise<void>;
  readonly removeTurns: (ids: readonly TurnId[]) => Promise<void>;
};

/** The database under `name`. Opened at the first call, and again after the browser closed it. */
export function openDatabase(name = "vitrine"): SessionDatabase {
  const withDatabase = createHandle(name);
  return {
    list: () =>
      withDatabase(async (database) => {
        const records = await database.getAll("sessions");
        const sessions = records.map((record) => readSaved(sessionSchema, record));
        const readable = sessions.filter((session) => session !== null);
        return {
          summaries: readable.map(summaryOf).toSorted((a, b) => b.updatedAt - a.updatedAt),
          refused: sessions.length - readable.length,
        };
      }),
    load: (id) =>
      withDatabase(async (database) => {
        const session = readSaved(sessionSchema, await database.get("sessions", id));
        if (!session) return null;
        const records = await database.getAllFromIndex("turns", "session", id);
        const turns = records.map((record) => readSaved(turnRecordSchema, record));
        const readable = turns.filter((turn) => turn !== null);
        return { session, turns: readable, refused: turns.length - readable.length };
      }),
    write: ({ sessions, turns }) =>
      withDatabase(async (database) => {
        const transaction = database.transaction(["sessions", "turns"], "readwrite");
        const puts = [
          ...sessions.map((session) =>
            transaction.objectStore("sessions").put(savedSession(session), session.id),
          ),
          ...turns.map((turn) => transaction.objectStore("turns").put(savedTurn(turn))),
        ];
        await allDone([...puts, transaction.done]);
      }),
    writeWires: (wires) =>
      withDatabase(async (database) => {
        const transaction = database.transaction("wires", "readwrite");
        const puts = wires.map(({ sessionId, wire }) => transaction.store.put(savedWire(sessionId, wire)));
        await allDone([...puts, transaction.done]);
      }),
    wiresOfTurn: (id) =>
      withDatabase(async (database) => readWires(await database.getAllFromIndex("wires", "turn", id))),
    wiresOfSession: (id) =>
      withDatabase(async (database) => readWires(await database.getAllFromIndex("wires", "session", id))),
    writeBundle: ({ session, turns, wires }) =>
      withDatabase(async (database) => {
        const transaction = database.transaction(["sessions", "turns", "wires"], "readwrite");
        const puts = [
          transaction.objectStore("sessions").put(savedSession(session), session.id),
          ...turns.map((turn) => transaction.objectStore("turns").put(savedTurn(turn))),
          ...wires.map((wire) => transaction.objectStore("wires").put(savedWire(session.id, wire))),
        ];
        await allDone([...puts, transaction.done]);
      }),
    remove: (id) =>
      withDatabase(async (database) => {
        const transaction = database.transaction(["sessions", "turns", "wires"], "readwrite");
        const turns = transaction.objectStore("turns");
        const wires = transaction.objectStore("wires");
        const [turnKeys, wireKeys] = await Promise.all([
          turns.index("session").getAllKeys(id),
          wires.index("session").getAllKeys(id),
        ]);
        await allDone([
          transaction.objectStore("sessions").delete(id),
          ...turnKeys.map((key) => turns.delete(key)),
          ...wireKeys.map((key) => wires.delete(key)),
          transaction.done,
        ]);
      }),
    removeTurns: (ids) =>
      withDatabase(async (database) => {
        const transaction = database.transaction(["turns", "wires"], "readwrite");
        const wires = transaction.objectStore("wires");
        const wireKeys = await Promise.all(ids.map((id) => wires.index("turn").getAllKeys(id)));
        await allDone([
          ...ids.map((id) => transaction.objectStore("turns").delete(id)),
          ...wireKeys.flat().map((key) => wires.delete(key)),
          transaction.done,
        ]);
      }),
  };
}

/** What the list shows of a session. */
export function summaryOf(session: Session): SessionSummary {
  const { id, name, updatedAt, createdAt, lanes } = session;
  return { id, name, updatedAt, createdAt, lanes: lanes.length };
}

type Handle = IDBPDatabase<Schema>;

/** Opens once for all calls; a handle that the browser closed or that fails is thrown away, so the next call opens anew. */
function createHandle(name: string): <T>(work: (database: Handle) => Promise<T>) => Promise<T> {
  let opening: Promise<Handle> | null = null;
  const forget = () => {
    opening = null;
  };
  const open = () =>
    openDB<Schema>(name, 1, {
      upgrade: (database) => {
        database.createObjectStore("sessions");
        database.createObjectStore("turns", { keyPath: "id" }).createIndex("session", "sessionId");
        const wires = database.createObjectStore("wires", { keyPath: "stepId" });
        wires.createIndex("session", "sessionId");
        wires.createIndex("turn", "turnId");
      },
      // A newer Vitrine in another tab wants to change the database: do not stand in its way.
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

/** Only a full store leaves the handle usable; after anything else a new one may work again. */
function isBrokenHandle(error: unknown): boolean {
  return !(error instanceof DOMException && error.name === "QuotaExceededError");
}

/** Waits for all, so that no rejection is left over, then rejects with the first. */
async function allDone(work: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  const failed = results.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}

function savedSession(session: Session): Saved<Session> {
  return { version: VERSION, sessionId: session.id, value: session };
}

function savedTurn(turn: TurnRecord): Saved<TurnRecord> & { id: TurnId } {
  return { version: VERSION, sessionId: turn.sessionId, id: turn.id, value: turn };
}

function savedWire(sessionId: SessionId, wire: WireRecord) {
  const { stepId, turnId } = wire;
  return { version: VERSION, sessionId, stepId, turnId, value: wire };
}

function readSaved<T>(schema: z.ZodMiniType<T>, record: Saved<unknown> | undefined): T | null {
  if (record?.version !== VERSION) return null;
  const value = z.safeParse(schema, record.value);
  return value.success ? value.data : null;
}

function readWires(records: readonly Saved<unknown>[]): readonly WireRecord[] {
  return records.map((record) => readSaved(wireRecordSchema, record)).filter((wire) => wire !== null);
}
