/** Writes what changes, at most about once a second, and says honestly when it could not. */
import type { SessionDatabase } from "./database";
import type {
  ImageId,
  SaveState,
  Session,
  SessionId,
  StoredImage,
  TurnId,
  TurnRecord,
  WireRecord,
} from "./session";

export type Persist = {
  readonly session: (session: Session) => void;
  /** The turn changed. It is read when it is written, so calling this for every event costs nothing. */
  readonly turn: (id: TurnId) => void;
  readonly wire: (sessionId: SessionId, wire: WireRecord) => void;
  readonly image: (sessionId: SessionId, image: StoredImage) => void;
  /** Writes all that is due now; resolves when it is written or has failed. */
  readonly flush: () => Promise<void>;
  /** Forgets what is due for a session: it was deleted. */
  readonly drop: (id: SessionId) => void;
  /** Wire records that are not written yet. */
  readonly unsavedWires: () => readonly WireRecord[];
  /** Images that are not written yet. */
  readonly unsavedImages: () => readonly StoredImage[];
  /** Forgets images that are due: nothing needs them any more. */
  readonly dropImages: (ids: readonly ImageId[]) => void;
};

export type PersistPorts = {
  readonly database: SessionDatabase;
  /** The turn as it is now, its streaming text included; null when it is gone. */
  readonly readTurn: (id: TurnId) => TurnRecord | null;
  readonly onState: (state: SaveState) => void;
  /** These sessions were written. */
  readonly onSaved: (sessions: readonly SessionId[]) => void;
  /** Calls back once after `ms`; the returned function cancels. */
  readonly later: (ms: number, call: () => void) => () => void;
};

const EVERY_MS = 1_000;
/** What a person typed or set is written sooner: a page may be left right after. With it goes a turn never written. */
const SOON_MS = 100;
/** After a failure the next try waits longer: a full disk does not empty within a second. */
const RETRY_MS = 10_000;

type Due = {
  readonly sessions: Map<SessionId, Session>;
  readonly turns: Set<TurnId>;
  readonly wires: Map<string, { readonly sessionId: SessionId; readonly wire: WireRecord }>;
  readonly images: Map<ImageId, { readonly sessionId: SessionId; readonly image: StoredImage }>;
};

/** Nothing is due at first. */
export function createPersist(ports: PersistPorts): Persist {
  const due: Due = { sessions: new Map(), turns: new Set(), wires: new Map(), images: new Map() };
  /** Turns that the store has, in an older state perhaps. */
  const known = new Set<TurnId>();
  let cancel: (() => void) | null = null;
  let cancelSoon: (() => void) | null = null;
  let writing: Promise<void> = Promise.resolve();
  let state: SaveState["state"] = "saved";

  const say = (next: SaveState) => {
    if (next.state === state && next.state !== "not-saved") return;
    state = next.state;
    ports.onState(next);
  };

  const flush = () => {
    cancel?.();
    cancelSoon?.();
    cancel = cancelSoon = null;
    writing = writing.then(() => writeDue([...due.turns]));
    return writing;
  };

  const flushTyped = () => {
    cancelSoon = null;
    // A turn that streams is large and changes all the time: it waits for its second, whatever is typed meanwhile.
    writing = writing.then(() => writeDue([...due.turns].filter((id) => !known.has(id))));
  };

  const writeDue = async (turnIds: readonly TurnId[]) => {
    if (isEmpty(due)) return;
    try {
      const saved = await write(due, turnIds, ports);
      for (const id of turnIds) known.add(id);
      ports.onSaved(saved);
      say({ state: isEmpty(due) ? "saved" : "saving" });
    } catch (error) {
      say({ state: "not-saved", message: inWords(error) });
      schedule(RETRY_MS);
    }
  };

  const schedule = (ms: number) => {
    cancel ??= ports.later(ms, () => {
      cancel = null;
      void flush();
    });
  };

  const changed = () => {
    // A failure stays on screen until something was written again.
    if (state === "saved") say({ state: "saving" });
    schedule(state === "not-saved" ? RETRY_MS : EVERY_MS);
  };

  return {
    session: (session) => {
      due.sessions.set(session.id, session);
      if (state !== "not-saved") cancelSoon ??= ports.later(SOON_MS, flushTyped);
      changed();
    },
    turn: (id) => {
      due.turns.add(id);
      changed();
    },
    wire: (sessionId, wire) => {
      due.wires.set(wire.stepId, { sessionId, wire });
      changed();
    },
    image: (sessionId, image) => {
      due.images.set(image.id, { sessionId, image });
      changed();
    },
    flush,
    drop: (id) => {
      due.sessions.delete(id);
      // Its turns left the store with it, and may come back.
      known.clear();
      for (const turn of due.turns) if (ports.readTurn(turn)?.sessionId === id) due.turns.delete(turn);
      for (const [step, { sessionId }] of due.wires) if (sessionId === id) due.wires.delete(step);
      for (const [image, { sessionId }] of due.images) if (sessionId === id) due.images.delete(image);
    },
    unsavedWires: () => [...due.wires.values()].map(({ wire }) => wire),
    unsavedImages: () => [...due.images.values()].map(({ image }) => image),
    dropImages: (ids) => {
      for (const id of ids) due.images.delete(id);
    },
  };
}

/** Writes what is due, of turns these. What could not be written is due again, unless it has changed since. */
async function write(
  due: Due,
  turnIds: readonly TurnId[],
  { database, readTurn }: PersistPorts,
): Promise<readonly SessionId[]> {
  const sessions = [...due.sessions.values()];
  // Wires stay due until they are written, so that a reader finds them here or in the database at any moment.
  const wires = [...due.wires.values()];
  const turns = turnIds.map(readTurn).filter((turn) => turn !== null);
  due.sessions.clear();
  for (const id of turnIds) due.turns.delete(id);
  try {
    await database.write({ sessions, turns });
  } catch (error) {
    for (const session of sessions) {
      if (!due.sessions.has(session.id)) due.sessions.set(session.id, session);
    }
    for (const id of turnIds) due.turns.add(id);
    throw error;
  }
  if (wires.length > 0) await database.writeWires(wires);
  for (const entry of wires) {
    if (due.wires.get(entry.wire.stepId) === entry) due.wires.delete(entry.wire.stepId);
  }
  await writeImages(due, database);
  return [...new Set([...sessions.map((session) => session.id), ...turns.map((turn) => turn.sessionId)])];
}

/** One by one, so that an image that does not fit keeps back no other; then rejects with the last failure. */
async function writeImages(due: Due, database: SessionDatabase): Promise<void> {
  let failure: { readonly error: unknown } | null = null;
  // A map's own iteration passes by what is dropped meanwhile.
  for (const [id, { sessionId, image }] of due.images) {
    try {
      await database.writeImage(sessionId, image);
      due.images.delete(id);
    } catch (error) {
      failure = { error };
    }
  }
  if (failure) throw failure.error;
}

function isEmpty(due: Due): boolean {
  return due.sessions.size === 0 && due.turns.size === 0 && due.wires.size === 0 && due.images.size === 0;
}

function inWords(error: unknown): string {
  if (error instanceof DOMException && error.name === "QuotaExceededError") {
    return "The browser's storage is full. Everything stays on screen: export this comparison, or delete old ones.";
  }
  const reason = error instanceof Error ? ` (${error.message})` : "";
  return `The browser could not save${reason}. Everything stays on screen and can be exported.`;
}
