/** The browser's database of sessions. Rejects with the browser's own error, which the caller handles. */
import * as z from "zod/mini";

import type { RecordFacts, RecordPart, RecordPieces } from "@/lib/run/record";
import type { SessionSummary } from "@/lib/session/store/session";
import type {
  ImageId,
  Session,
  SessionId,
  StoredImage,
  TurnId,
  TurnRecord,
} from "@/lib/session/store/session";

import { createHandle, type Saved } from "./database-handle";
import { type KeptRecordings, keptRecordings } from "./kept-recordings";
import { type PersonDatabase, personDatabase } from "./person-database";
import { packPieces, packReads, type StoredPart, type StoredRecord, unpackPieces } from "./record-parts";
import { fromOldRecord, oldRecordSchema, readStoredFacts, readStoredPart } from "./saved-record";
import { sessionSchema, storedImageSchema, turnRecordSchema } from "./saved-session";

/** Shape of the records below: version 2 has images, version 3 a run's own events, bindings of tools and attempts,
 * version 4 where each result came from, edited calls and bindings of every kind. */
const VERSION = 4;
/** The schemas fill in what older versions lack. A record of any other version is neither read nor touched. */
const READABLE: ReadonlySet<number> = new Set([1, 2, 3, VERSION]);

/**
 * What is saved together: one session with some or all of its turns, attempts and images. Records are as they are
 * stored unless they go into or come from a file.
 */
export type Bundle<R = StoredRecord> = {
  readonly session: Session;
  readonly turns: readonly TurnRecord[];
  readonly records: readonly R[];
  readonly images: readonly StoredImage[];
};

export type Writing = {
  readonly sessions: readonly Session[];
  readonly turns: readonly TurnRecord[];
};

export type RecordWriting = {
  readonly sessionId: SessionId;
  readonly facts: RecordFacts;
  readonly part: RecordPart | null;
};

export type SessionDatabase = PersonDatabase &
  KeptRecordings & {
    /** All sessions that can be read, last changed first. `refused` counts those that cannot: they stay as they are. */
    readonly list: () => Promise<{ readonly summaries: readonly SessionSummary[]; readonly refused: number }>;
    /** All sessions that can be read, last changed first. */
    readonly sessions: () => Promise<readonly Session[]>;
    /** A session and its turns; null when it is not there or cannot be read. `refused` counts unreadable turns. */
    readonly load: (id: SessionId) => Promise<{
      readonly session: Session;
      readonly turns: readonly TurnRecord[];
      readonly refused: number;
    } | null>;
    /** All or nothing. */
    readonly write: (writing: Writing) => Promise<void>;
    /** Writes what is known of attempts now, and of each the next part of its bytes. All or nothing. */
    readonly writeRecords: (records: readonly RecordWriting[]) => Promise<void>;
    readonly writeImage: (sessionId: SessionId, image: StoredImage) => Promise<void>;
    /** null when it is not there or cannot be read. */
    readonly image: (id: ImageId) => Promise<StoredImage | null>;
    readonly imagesOfSession: (id: SessionId) => Promise<readonly StoredImage[]>;
    readonly removeImages: (ids: readonly ImageId[]) => Promise<void>;
    /**
     * The attempts of these steps in their order, as far as they are there. A step may be part of several turns: a
     * clone's, a retry's.
     */
    readonly recordsOfSteps: (ids: readonly string[]) => Promise<readonly RecordPieces[]>;
    /** The attempts of a session as they are stored. */
    readonly recordsOfSession: (id: SessionId) => Promise<readonly StoredRecord[]>;
    /** A whole session at once, or nothing of it. */
    readonly writeBundle: (bundle: Bundle) => Promise<void>;
    readonly remove: (id: SessionId) => Promise<void>;
    /** Removes turns, and the records of these steps. */
    readonly removeTurns: (ids: readonly TurnId[], steps: readonly string[]) => Promise<void>;
  };

/** The database under `name`. Opened at the first call, and again after the browser closed it. */
export function openDatabase(name = "vitrine"): SessionDatabase {
  const withDatabase = createHandle(name);
  const readSessions = () =>
    withDatabase(async (database) => {
      const records = await database.getAll("sessions");
      const sessions = records.map((record) => readSaved(sessionSchema, record));
      const readable = sessions.filter((session) => session !== null);
      return {
        sessions: readable.toSorted((a, b) => b.updatedAt - a.updatedAt),
        refused: sessions.length - readable.length,
      };
    });
  return {
    ...personDatabase(withDatabase),
    ...keptRecordings(withDatabase),
    list: async () => {
      const { sessions, refused } = await readSessions();
      return { summaries: sessions.map(summaryOf), refused };
    },
    sessions: async () => (await readSessions()).sessions,
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
        await allOrNothing(transaction, [
          ...sessions.map(
            (session) => () => transaction.objectStore("sessions").put(savedSession(session), session.id),
          ),
          ...turns.map((turn) => () => transaction.objectStore("turns").put(savedTurn(turn))),
        ]);
      }),
    writeRecords: (records) =>
      withDatabase(async (database) => {
        // Compressed first: a transaction does not wait for anything else.
        const parts = await Promise.all(records.map(savedPart));
        const transaction = database.transaction(["attempts", "reads"], "readwrite");
        await allOrNothing(transaction, [
          ...records.map((record) => () => transaction.objectStore("attempts").put(savedAttempt(record))),
          ...parts.flat().map((part) => () => transaction.objectStore("reads").put(part)),
        ]);
      }),
    writeImage: (sessionId, image) =>
      withDatabase(async (database) => {
        await database.put("images", savedImage(sessionId, image));
      }),
    image: (id) =>
      withDatabase(async (database) => readSaved(storedImageSchema, await database.get("images", id))),
    imagesOfSession: (id) =>
      withDatabase(async (database) => {
        const records = await database.getAllFromIndex("images", "session", id);
        return records
          .map((record) => readSaved(storedImageSchema, record))
          .filter((image) => image !== null);
      }),
    removeImages: (ids) =>
      withDatabase(async (database) => {
        const transaction = database.transaction("images", "readwrite");
        await allDone([...ids.map((id) => transaction.store.delete(id)), transaction.done]);
      }),
    recordsOfSteps: (ids) =>
      withDatabase(async (database) => {
        const steps = [...new Set(ids)];
        // Attempts first: one whose end is known then has all its bytes too.
        const attempts = await Promise.all(
          steps.map((id) => database.getAllFromIndex("attempts", "step", id)),
        );
        const parts = await Promise.all(steps.map((id) => database.getAllFromIndex("reads", "step", id)));
        const old = await Promise.all(steps.map((id) => database.get("wires", id)));
        const records = await readRecords(
          attempts.flat(),
          parts.flat(),
          old.filter((record) => record !== undefined),
        );
        return Promise.all(records.map(unpackPieces));
      }),
    recordsOfSession: (id) =>
      withDatabase(async (database) =>
        readRecords(
          // In this order: see above.
          await database.getAllFromIndex("attempts", "session", id),
          await database.getAllFromIndex("reads", "session", id),
          await database.getAllFromIndex("wires", "session", id),
        ),
      ),
    writeBundle: ({ session, turns, records, images }) =>
      withDatabase(async (database) => {
        const attempts = records.map(({ parts, ...facts }) => ({
          attempt: savedAttempt({ sessionId: session.id, facts }),
          reads: parts.map(({ index, reads }) => savedReads({ sessionId: session.id, facts, index, reads })),
        }));
        const stores = ["sessions", "turns", "attempts", "reads", "images"] as const;
        const transaction = database.transaction(stores, "readwrite");
        await allOrNothing(transaction, [
          () => transaction.objectStore("sessions").put(savedSession(session), session.id),
          ...turns.map((turn) => () => transaction.objectStore("turns").put(savedTurn(turn))),
          ...attempts.map(
            ({ attempt }) =>
              () =>
                transaction.objectStore("attempts").put(attempt),
          ),
          ...attempts.flatMap(({ reads }) =>
            reads.map((part) => () => transaction.objectStore("reads").put(part)),
          ),
          ...images.map(
            (image) => () => transaction.objectStore("images").put(savedImage(session.id, image)),
          ),
        ]);
      }),
    remove: (id) =>
      withDatabase(async (database) => {
        const parts = ["turns", "wires", "images"] as const;
        const transaction = database.transaction(["sessions", "attempts", "reads", ...parts], "readwrite");
        const stores = parts.map((part) => transaction.objectStore(part));
        const keys = await Promise.all(stores.map((store) => store.index("session").getAllKeys(id)));
        const attempts = transaction.objectStore("attempts");
        const attemptKeys = await attempts.index("session").getAllKeys(id);
        const reads = transaction.objectStore("reads");
        const readKeys = await reads.index("session").getAllKeys(id);
        await allDone([
          transaction.objectStore("sessions").delete(id),
          ...stores.flatMap((store, index) => (keys[index] ?? []).map((key) => store.delete(key))),
          ...attemptKeys.map((key) => attempts.delete(key)),
          ...readKeys.map((key) => reads.delete(key)),
          transaction.done,
        ]);
      }),
    removeTurns: (ids, steps) =>
      withDatabase(async (database) => {
        const transaction = database.transaction(["turns", "wires", "attempts", "reads"], "readwrite");
        const attempts = transaction.objectStore("attempts");
        const attemptKeys = await Promise.all(steps.map((id) => attempts.index("step").getAllKeys(id)));
        const reads = transaction.objectStore("reads");
        const readKeys = await Promise.all(steps.map((id) => reads.index("step").getAllKeys(id)));
        await allDone([
          ...ids.map((id) => transaction.objectStore("turns").delete(id)),
          ...steps.map((id) => transaction.objectStore("wires").delete(id)),
          ...attemptKeys.flat().map((key) => attempts.delete(key)),
          ...readKeys.flat().map((key) => reads.delete(key)),
          transaction.done,
        ]);
      }),
  };
}

/** What the list shows of a session. */
export function summaryOf(session: Session): SessionSummary {
  const { id, name, updatedAt, createdAt, lanes, shared } = session;
  const models = lanes.map(({ own }) => own.model ?? shared.model).filter((model) => model !== "");
  return { id, name, updatedAt, createdAt, lanes: lanes.length, models: [...new Set(models)] };
}

/** Waits for all of them so that no rejection goes unhandled, then rejects with the first. */
async function allDone(work: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  const failed = results.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}

/** A record that cannot be stored throws immediately; earlier puts are then rolled back. */
async function allOrNothing(
  transaction: { readonly done: Promise<void>; readonly abort: () => void },
  puts: readonly (() => Promise<unknown>)[],
): Promise<void> {
  const begun: Promise<unknown>[] = [];
  try {
    for (const put of puts) begun.push(put());
  } catch (error) {
    transaction.abort();
    await Promise.allSettled([...begun, transaction.done]);
    throw error;
  }
  await allDone([...begun, transaction.done]);
}

function savedSession(session: Session): Saved<Session> {
  return { version: VERSION, sessionId: session.id, value: session };
}

function savedTurn(turn: TurnRecord): Saved<TurnRecord> & { id: TurnId } {
  return { version: VERSION, sessionId: turn.sessionId, id: turn.id, value: turn };
}

function savedAttempt({ sessionId, facts }: Pick<RecordWriting, "sessionId" | "facts">) {
  return { version: VERSION, sessionId, stepId: facts.stepId, attempt: facts.attempt, value: facts };
}

async function savedPart({ sessionId, facts, part }: RecordWriting) {
  if (part === null) return [];
  return [savedReads({ sessionId, facts, index: part.index, reads: await packReads(part.chunks) })];
}

type Reads = Pick<RecordWriting, "sessionId" | "facts"> & StoredPart;

function savedReads({ sessionId, facts: { stepId, attempt }, index, reads }: Reads) {
  return { version: VERSION, sessionId, stepId, attempt, place: index, value: reads };
}

function savedImage(sessionId: SessionId, image: StoredImage) {
  return { version: VERSION, sessionId, id: image.id, value: image };
}

function readSaved<T>(schema: z.ZodMiniType<T>, record: Saved<unknown> | undefined): T | null {
  if (record === undefined || !READABLE.has(record.version)) return null;
  const value = z.safeParse(schema, record.value);
  return value.success ? value.data : null;
}

/** What was written since version 3, and of older steps what they had. */
async function readRecords(
  attempts: readonly Saved<unknown>[],
  reads: readonly (Saved<unknown> & {
    readonly stepId: string;
    readonly attempt: number;
    readonly place: number;
  })[],
  old: readonly Saved<unknown>[],
): Promise<readonly StoredRecord[]> {
  const readable = attempts.filter(({ version }) => READABLE.has(version));
  const records = (await Promise.all(readable.map(({ value }) => readStoredFacts(value)))).filter(
    (record) => record !== null,
  );
  const stored = reads
    .filter(({ version }) => READABLE.has(version))
    .map(({ value, stepId, attempt, place: index }) => ({
      stepId,
      attempt,
      part: readStoredPart(index, value),
    }));
  const known = new Set(records.map(({ stepId }) => stepId));
  const before = old.map((record) => readSaved(oldRecordSchema, record)).filter((record) => record !== null);
  const unknown = before.filter(({ stepId }) => !known.has(stepId));
  return [
    ...(await Promise.all(unknown.map((record) => packPieces(fromOldRecord(record))))),
    ...records
      .map((record) => {
        const own = stored.filter(
          ({ stepId, attempt }) => stepId === record.stepId && attempt === record.attempt,
        );
        const parts = [...record.parts, ...own.flatMap(({ part }) => part ?? [])];
        return Object.assign({}, record, { parts });
      })
      .toSorted((a, b) => a.attempt - b.attempt),
  ];
}
