/** Writes what changes, at most about once a second, and says honestly when it could not. */
import type { AttemptRecorder, RecordPieces } from "@/lib/run/record";
import type {
  ImageId,
  SaveState,
  Session,
  SessionId,
  StoredImage,
  TurnId,
} from "@/lib/session/store/session";

import { type Due, isRecordDue, type WriteFailure, type WritePorts, writeDue } from "./write-due";

export type Persist = {
  readonly session: (session: Session) => void;
  /** The turn changed. It is read when it is written, so calling this for every event costs nothing. */
  readonly turn: (id: TurnId) => void;
  /** An attempt begins: its bytes are written while they arrive, until it has ended. */
  readonly record: (sessionId: SessionId, recorder: AttemptRecorder) => void;
  readonly image: (sessionId: SessionId, image: StoredImage) => void;
  /** Writes all that is due now; resolves when it is written or has failed. */
  readonly flush: () => Promise<void>;
  /** Whether the session itself or any of its turns is not written yet. */
  readonly owes: (id: SessionId) => boolean;
  /** Drops pending writes for a deleted session and ignores its changes until `revive`. */
  readonly drop: (id: SessionId) => void;
  /** Accepts changes of a dropped session again. */
  readonly revive: (id: SessionId) => void;
  /** What is not written yet of attempts, those under way included. */
  readonly unsavedRecords: () => readonly RecordPieces[];
  /** Images that are not written yet. */
  readonly unsavedImages: () => readonly StoredImage[];
  /** Forgets images that are due: nothing needs them any more. */
  readonly dropImages: (ids: readonly ImageId[]) => void;
};

export type PersistPorts = WritePorts & {
  readonly onState: (state: SaveState) => void;
  /** Something of these sessions was written; of the `whole` ones nothing is left in memory alone. */
  readonly onSaved: (sessions: readonly SessionId[], whole: readonly SessionId[]) => void;
  /** Calls back once after `ms`; the returned function cancels. */
  readonly later: (ms: number, call: () => void) => () => void;
};

const EVERY_MS = 1_000;
/** What a person typed or set is saved sooner, because the page may be closed right after. New turns go with it. */
const SOON_MS = 100;
/** After a failure the next try waits longer: a full disk does not empty within a second. */
const RETRY_MS = 10_000;

const NOTHING = { sessions: [], turns: [] };

/** Nothing is due at first. */
export function createPersist(ports: PersistPorts): Persist {
  const due: Due = { sessions: new Map(), turns: new Set(), records: new Map(), images: new Map() };
  const dropped = new Set<SessionId>();
  /** Turns that the store has, in an older state perhaps. */
  const known = new Set<TurnId>();
  let timer: { readonly ms: number; readonly cancel: () => void } | null = null;
  let cancelSoon: (() => void) | null = null;
  let writing: Promise<void> = Promise.resolve();
  let state: SaveState["state"] = "saved";
  /** What is being written right now: it may fail. */
  let flying: { readonly sessions: readonly SessionId[]; readonly turns: readonly TurnId[] } = NOTHING;
  /** The last try wrote nothing: the store itself fails, not a record. */
  let isStuck = false;

  const reportState = (next: SaveState) => {
    if (next.state === state && next.state !== "not-saved") return;
    state = next.state;
    ports.onState(next);
  };

  const flush = () => {
    timer?.cancel();
    cancelSoon?.();
    timer = cancelSoon = null;
    writing = writing.then(() => write([...due.turns], true));
    return writing;
  };

  const flushTyped = () => {
    cancelSoon = null;
    // A streaming turn is large and changes constantly, so it waits for the regular save whatever is typed in the
    // meantime.
    writing = writing.then(() =>
      write(
        [...due.turns].filter((id) => !known.has(id)),
        false,
      ),
    );
  };

  const write = async (turnIds: readonly TurnId[], isAll: boolean) => {
    if (isEmpty(due)) return;
    flying = { sessions: [...due.sessions.keys()], turns: turnIds };
    const { saved, whole, turns, failures } = await writeDue(due, turnIds, isAll, ports);
    flying = NOTHING;
    for (const id of turns) known.add(id);
    if (saved.length > 0 || failures.length === 0) ports.onSaved(saved, whole);
    isStuck = failures.length > 0 && saved.length === 0;
    if (failures.length === 0) {
      // Earlier failures may not have been retried this time.
      if (isAll || state !== "not-saved") reportState({ state: isEmpty(due) ? "saved" : "saving" });
    } else {
      reportState({ state: "not-saved", message: describeFailures(failures) });
      schedule(RETRY_MS);
    }
  };

  const schedule = (ms: number) => {
    if (timer !== null && timer.ms <= ms) return;
    timer?.cancel();
    const cancel = ports.later(ms, () => {
      timer = null;
      void flush();
    });
    timer = { ms, cancel };
  };

  const changed = () => {
    // A failure stays on screen until everything is saved.
    if (state === "saved") reportState({ state: "saving" });
    schedule(isStuck ? RETRY_MS : EVERY_MS);
  };

  const isDropped = (id: SessionId | undefined) => id !== undefined && dropped.has(id);

  return {
    session: (session) => {
      if (dropped.has(session.id)) return;
      due.sessions.set(session.id, session);
      if (!isStuck) cancelSoon ??= ports.later(SOON_MS, flushTyped);
      changed();
    },
    turn: (id) => {
      if (dropped.size > 0 && isDropped(ports.readTurn(id)?.sessionId)) return;
      due.turns.add(id);
      changed();
    },
    record: (sessionId, recorder) => {
      if (dropped.has(sessionId)) return;
      // Its turn changes with all that arrives: that is what asks for the next write.
      due.records.set(recorder, { sessionId, part: null, written: null });
      changed();
    },
    image: (sessionId, image) => {
      if (dropped.has(sessionId)) return;
      due.images.set(image.id, { sessionId, image });
      changed();
    },
    flush,
    owes: (id) =>
      [...due.sessions.keys(), ...flying.sessions].includes(id) ||
      [...due.turns, ...flying.turns].some((turn) => ports.readTurn(turn)?.sessionId === id),
    revive: (id) => void dropped.delete(id),
    drop: (id) => {
      dropped.add(id);
      due.sessions.delete(id);
      // Its turns left the store with it, and may come back.
      known.clear();
      for (const turn of due.turns) if (ports.readTurn(turn)?.sessionId === id) due.turns.delete(turn);
      for (const [key, { sessionId }] of due.records) if (sessionId === id) due.records.delete(key);
      for (const [image, { sessionId }] of due.images) if (sessionId === id) due.images.delete(image);
    },
    unsavedRecords: () =>
      Array.from(due.records, ([recorder, { part }]) => {
        const { facts, parts } = recorder.read();
        return { facts, parts: part === null ? parts : [part, ...parts] };
      }),
    unsavedImages: () => [...due.images.values()].map(({ image }) => image),
    dropImages: (ids) => {
      for (const id of ids) due.images.delete(id);
    },
  };
}

function isEmpty(due: Due): boolean {
  const isRecorded = ![...due.records].some(([recorder, entry]) => isRecordDue(recorder, entry));
  return due.sessions.size === 0 && due.turns.size === 0 && isRecorded && due.images.size === 0;
}

/** Which records are not saved, why, and what to do. */
function describeFailures(failures: readonly WriteFailure[]): string {
  const what = namesOf(failures);
  if (failures.some(({ error }) => isFull(error))) {
    return `The browser's storage is full, so it could not save ${what}. Everything stays on screen: export this comparison, or delete old ones.`;
  }
  const error = failures[0]?.error;
  const reason = error instanceof Error && error.message !== "" ? ` (${error.message})` : "";
  return `The browser could not save ${what}${reason}. Everything stays on screen: export this comparison before you close the page.`;
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}

const NAMES: Readonly<Record<WriteFailure["what"], readonly [one: string, many: string]>> = {
  settings: ["this comparison's settings", "settings of comparisons"],
  answer: ["one answer", "answers"],
  record: ["the raw response of one attempt", "raw responses"],
  image: ["one image", "images"],
};

/** "one answer, 3 images" */
function namesOf(failures: readonly WriteFailure[]): string {
  const counts = new Map<WriteFailure["what"], number>();
  for (const { what } of failures) counts.set(what, (counts.get(what) ?? 0) + 1);
  const named = Array.from(counts, ([what, many]) => {
    const [one, several] = NAMES[what];
    return many === 1 ? one : `${many} ${several}`;
  });
  return named.join(", ");
}
