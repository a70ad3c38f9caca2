import type {
  ImageId,
  Session,
  SessionId,
  StoredImage,
  TurnId,
  TurnRecord,
  WireRecord,
} from "@/lib/session/store/session";

/** Writes everything that is due. A record that cannot be written does not hold up the others. */
import type { SessionDatabase } from "./database";

/** What is not written yet. */
export type Due = {
  readonly sessions: Map<SessionId, Session>;
  readonly turns: Set<TurnId>;
  readonly wires: Map<string, { readonly sessionId: SessionId; readonly wire: WireRecord }>;
  readonly images: Map<ImageId, { readonly sessionId: SessionId; readonly image: StoredImage }>;
};

export type WriteFailure = {
  readonly what: "settings" | "answer" | "wire" | "image";
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

/** Writes all that is due, of turns these. Sessions with turns, wires and images are three writes with three results. */
export async function writeDue(due: Due, turnIds: readonly TurnId[], ports: WritePorts): Promise<Written> {
  const records = await writeRecords(due, turnIds, ports);
  const failures = [
    ...records.failures,
    ...(await writeWires(due, ports.database)),
    ...(await writeImages(due, ports.database)),
  ];
  return { ...records, failures };
}

type Entry = { readonly session: Session } | { readonly turn: TurnRecord };

async function writeRecords(
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

/** They stay due until they are written, so that a reader always finds them either here or in the database. */
async function writeWires(due: Due, database: SessionDatabase): Promise<readonly WriteFailure[]> {
  const wires = [...due.wires.values()];
  const failed = await writeEach(wires, (some) => database.writeWires(some));
  for (const entry of wires) {
    const { stepId } = entry.wire;
    if (!failed.has(entry) && due.wires.get(stepId) === entry) due.wires.delete(stepId);
  }
  return Array.from(failed.values(), (error) => ({ what: "wire", error }));
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
