/** Writes what is due. One record that cannot be written keeps back no other. */
import type { AttemptRecorder, RecordPart } from "@/lib/run/record";
import type {
  ImageId,
  Session,
  SessionId,
  StoredImage,
  TurnId,
  TurnRecord,
} from "@/lib/session/store/session";

import type { SessionDatabase } from "./database";

/** What is not written yet. */
export type Due = {
  readonly sessions: Map<SessionId, Session>;
  readonly turns: Set<TurnId>;
  /** Attempts that have not ended, or are not written to their end. */
  readonly records: Map<AttemptRecorder, DueRecord>;
  readonly images: Map<ImageId, { readonly sessionId: SessionId; readonly image: StoredImage }>;
};

export type DueRecord = {
  readonly sessionId: SessionId;
  /** What was taken from the recorder and is not written yet. Nothing more is taken in the meantime. */
  part: RecordPart | null;
  /** The recorder's version as it was last written; null = never. */
  written: number | null;
};

/** Whether there is something to write. */
export function isRecordDue(recorder: AttemptRecorder, { part, written }: DueRecord): boolean {
  return part !== null || recorder.version() !== written;
}

export type WriteFailure = {
  readonly what: "settings" | "answer" | "record" | "image";
  readonly error: unknown;
};

export type Written = {
  /** Sessions of which something was written. */
  readonly saved: readonly SessionId[];
  /** Those of which nothing is left that only the page's memory has. */
  readonly whole: readonly SessionId[];
  readonly turns: readonly TurnId[];
  /** What could not be written, and is due again. */
  readonly failures: readonly WriteFailure[];
};

export type WritePorts = {
  readonly database: SessionDatabase;
  /** The turn as it is now, its streaming text included; null when it is gone. */
  readonly readTurn: (id: TurnId) => TurnRecord | null;
};

/**
 * Writes all that is due, of turns these, and of attempts that still run only where `isAll`. Sessions with turns,
 * records and images are three writes with three results.
 */
export async function writeDue(
  due: Due,
  turnIds: readonly TurnId[],
  isAll: boolean,
  ports: WritePorts,
): Promise<Written> {
  const turns = await writeTurns(due, turnIds, ports);
  const failures = [
    ...turns.failures,
    ...(await writeRecords(due, isAll, ports.database)),
    ...(await writeImages(due, ports.database)),
  ];
  return { ...turns, failures };
}

type Entry = { readonly session: Session } | { readonly turn: TurnRecord };

async function writeTurns(
  due: Due,
  turnIds: readonly TurnId[],
  { database, readTurn }: WritePorts,
): Promise<Written> {
  const turns = turnIds.map(readTurn).filter((turn) => turn !== null);
  const entries: readonly Entry[] = [
    ...[...due.sessions.values()].map((session) => ({ session })),
    ...turns.map((turn) => ({ turn })),
  ];
  due.sessions.clear();
  for (const id of turnIds) due.turns.delete(id);
  const failed = await writeEach(entries, (some) =>
    database.write({
      sessions: some.flatMap((entry) => ("session" in entry ? entry.session : [])),
      turns: some.flatMap((entry) => ("turn" in entry ? entry.turn : [])),
    }),
  );
  for (const entry of failed.keys()) {
    if ("turn" in entry) due.turns.add(entry.turn.id);
    // It may have changed since.
    else if (!due.sessions.has(entry.session.id)) due.sessions.set(entry.session.id, entry.session);
  }
  const written = entries.filter((entry) => !failed.has(entry));
  // Turns that were not tried this time, and what has changed since.
  const left = [...due.turns].flatMap((id) => readTurn(id)?.sessionId ?? []);
  const owing = new Set([...[...failed.keys()].map(sessionIdOf), ...left, ...due.sessions.keys()]);
  const saved = [...new Set(written.map(sessionIdOf))];
  return {
    saved,
    whole: saved.filter((id) => !owing.has(id)),
    turns: written.flatMap((entry) => ("turn" in entry ? entry.turn.id : [])),
    failures: Array.from(failed, ([entry, error]) => ({
      what: "turn" in entry ? ("answer" as const) : ("settings" as const),
      error,
    })),
  };
}

/** Parts stay due until they are written, so that a reader finds them here or in the database at any moment. */
async function writeRecords(
  due: Due,
  isAll: boolean,
  database: SessionDatabase,
): Promise<readonly WriteFailure[]> {
  const entries = [...due.records]
    .filter(([recorder, entry]) => isRecordDue(recorder, entry) && (isAll || recorder.isOver()))
    .map(([recorder, entry]) => {
      const { sessionId } = entry;
      entry.part ??= recorder.take();
      const [version, isOver] = [recorder.version(), recorder.isOver()];
      const { facts, parts } = recorder.read();
      return { recorder, entry, sessionId, version, isOver, facts, parts };
    });
  const failed = await writeEach(entries, (some) =>
    database.writeRecords(
      some.map(({ sessionId, facts, entry }) => ({ sessionId, facts, part: entry.part })),
    ),
  );
  for (const written of entries) {
    if (failed.has(written)) continue;
    const { recorder, entry, version, isOver, parts } = written;
    entry.part = null;
    // Reads that came behind a part that could not be written the last time are not taken yet.
    if (parts.length === 0) entry.written = version;
    if (isOver && parts.length === 0) due.records.delete(recorder);
  }
  return Array.from(failed.values(), (error) => ({ what: "record", error }));
}

async function writeImages(due: Due, database: SessionDatabase): Promise<readonly WriteFailure[]> {
  const failures: WriteFailure[] = [];
  // Iterating the map itself skips entries that are dropped in the meantime.
  for (const [id, { sessionId, image }] of due.images) {
    try {
      await database.writeImage(sessionId, image);
      due.images.delete(id);
    } catch (error) {
      failures.push({ what: "image", error });
    }
  }
  return failures;
}

/** Writes all at once and, where that fails, each by itself. Returns what could not be written, and why. */
async function writeEach<T>(
  items: readonly T[],
  write: (items: readonly T[]) => Promise<void>,
): Promise<ReadonlyMap<T, unknown>> {
  const failed = new Map<T, unknown>();
  if (items.length === 0) return failed;
  try {
    await write(items);
    return failed;
  } catch (error) {
    const [only] = items;
    if (items.length === 1 && only !== undefined) return failed.set(only, error);
  }
  for (const item of items) {
    try {
      await write([item]);
    } catch (error) {
      failed.set(item, error);
    }
  }
  return failed;
}

function sessionIdOf(entry: Entry): SessionId {
  return "session" in entry ? entry.session.id : entry.turn.sessionId;
}
