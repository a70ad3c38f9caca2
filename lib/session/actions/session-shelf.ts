/** The one session that is open: how another takes its place without losing what the first still owes. */
import type { StoreApi } from "zustand/vanilla";

import type { Clock } from "@/lib/run/ports";
import { interruptRecord } from "@/lib/session/run/interrupt-turn";
import type { TurnRunner } from "@/lib/session/run/turn-runner";
import type { SessionDatabase } from "@/lib/session/storage/database";
import type { Persist } from "@/lib/session/storage/persist";
import type { SessionLock } from "@/lib/session/storage/session-lock";
import type { AppState } from "@/lib/session/store/app-state";
import { emptySession, firstSession, foundModel } from "@/lib/session/store/first-session";
import type { NewIds } from "@/lib/session/store/ids";
import { joinedDraft } from "@/lib/session/store/joined-draft";
import { browserErrorText, count, type Notify } from "@/lib/session/store/notices";
import type { LaneId, Session, SessionId, TurnRecord } from "@/lib/session/store/session";
import { withKnownLeaves } from "@/lib/session/store/turn-tree";

import type { OpenMarker } from "./open-marker";
import type { OpenSession, Parking } from "./parking";

export type Shelf = {
  /** A session from memory or from the database; null when it cannot be had. Rejects when the database fails. */
  readonly read: (id: SessionId) => Promise<OpenSession | null>;
  /** Stops what runs and writes what the open session still owes. */
  readonly leave: () => Promise<void>;
  /** Puts a session on screen, as the owner's or as another tab's. What the last one still owes stays in memory. */
  readonly show: (open: OpenSession, notices?: ReadonlyMap<LaneId, string>) => Promise<void>;
  /** Another tab asks for the session: stops and saves it here, and shows it as the other's. False where it stays. */
  readonly handOver: (id: SessionId) => Promise<boolean>;
  /** Leaves the open session for another; says why when that cannot be had. */
  readonly open: (id: SessionId) => Promise<void>;
  /** Reads the open session again: another tab has changed it, or has left it to this one. */
  readonly reload: (id: SessionId) => Promise<void>;
  /** Leaves the open session for a new one with its settings. */
  readonly openFresh: () => Promise<void>;
  /** After the open session was deleted: the next one, or a new one like it. */
  readonly openAnother: () => Promise<void>;
  /** At the start: what this tab had open, else the last one, else the first comparison. Returns it as it was saved. */
  readonly openFirst: () => Promise<Session>;
};

export type ShelfPorts = {
  readonly store: StoreApi<AppState>;
  readonly database: SessionDatabase;
  readonly persist: Persist;
  readonly runner: TurnRunner;
  readonly ids: NewIds;
  readonly lock: SessionLock;
  readonly marker: OpenMarker;
  readonly clock: Clock;
  readonly notify: Notify;
  readonly parking: Parking;
  /** The session this tab has open, remembered over a reload. */
  readonly remembered: { readonly read: () => SessionId | null; readonly write: (id: SessionId) => void };
  /** Another tab has left the session that is open here: it is this tab's now. */
  readonly onFreed: (id: SessionId) => void;
};

/** Nothing is open before the first `show`. */
export function createShelf(ports: ShelfPorts): Shelf {
  const { store, database, persist, runner, ids, lock, clock, notify, parking } = ports;

  const leave = async () => {
    runner.stop(() => true);
    await runner.settled();
    const { session, ownership, undo } = store.getState();
    if (ownership === "elsewhere") return;
    await persist.flush();
    if (store.getState().saveState.state === "not-saved") return;
    const closed = new Set(undo.closed.map(({ lane }) => lane.id));
    await forgetClosedLanes(session.id, closed);
  };

  /** Removes turns that pass the test, and the wire records of steps that no other turn has. */
  const removeTurnsOf = async (
    turns: readonly TurnRecord[],
    isGone: (turn: TurnRecord) => boolean,
  ): Promise<void> => {
    const gone = turns.filter(isGone);
    if (gone.length === 0) return;
    const kept = new Set(turns.filter((turn) => !isGone(turn)).flatMap(stepIds));
    const steps = gone.flatMap(stepIds).filter((id) => !kept.has(id));
    await database.removeTurns(
      gone.map((turn) => turn.id),
      steps,
    );
  };

  const forgetClosedLanes = async (id: SessionId, closed: ReadonlySet<LaneId>) => {
    if (closed.size === 0) return;
    try {
      // From the database: a closed lane's turns are not in memory any more.
      const saved = await database.load(id);
      await removeTurnsOf(saved?.turns ?? [], (turn) => closed.has(turn.laneId));
    } catch {
      // They belong to no lane and are not shown; what they take up is freed when the session is deleted.
    }
  };

  /**
   * Turns of lanes that were closed before the page was left: nothing leads to them any more. A turn newer than the
   * session record is left alone, because the record of its lane may not have been saved.
   */
  const dropOrphans = async ({ session, turns }: OpenSession, lanes: ReadonlySet<LaneId>) => {
    const isOrphan = ({ laneId, createdAt }: TurnRecord) =>
      !lanes.has(laneId) && createdAt < session.updatedAt;
    try {
      await removeTurnsOf(turns, isOrphan);
    } catch {
      // They are tried again at the next load.
    }
  };

  /** Keeps what the open session still owes until it is written: it is about to leave the screen. */
  const parkUnsaved = () => {
    const { session, turns, ownership } = store.getState();
    if (ownership === "owner" && persist.owes(session.id)) {
      parking.park({ session, turns: [...turns.values()] });
    }
  };

  /**
   * What was typed before the session was there, until it is this tab's: right after a reload the page before may still
   * have it, and what it saved is read once more when it is gone.
   */
  let early: { readonly id: SessionId; readonly text: string } | null = null;

  const show = async (open: OpenSession, notices: ReadonlyMap<LaneId, string> = new Map()): Promise<void> => {
    const ownership = await lock.claim(open.session.id, () => ports.onFreed(open.session.id));
    const isOther = () => store.getState().session.id !== open.session.id;
    // A person may send once more while the open session is being left.
    while (isOther() && store.getState().live.size > 0) await leave();
    if (isOther()) parkUnsaved();
    const lanes = new Set(open.session.lanes.map((lane) => lane.id));
    const kept = open.turns.filter((turn) => lanes.has(turn.laneId));
    const turns = ownership === "owner" ? kept.map((turn) => interruptRecord(turn, "gone")) : kept;
    ports.remembered.write(open.session.id);
    if (turns.length > 0) ports.marker.begin(open.session.id);
    const byId = new Map(turns.map((turn) => [turn.id, turn]));
    // An answer that could not be saved or read must not hide those before it.
    const known = withKnownLeaves(open.session.lanes, byId);
    const shown = known === open.session.lanes ? open.session : { ...open.session, lanes: known };
    const { boot, session: before } = store.getState();
    const typed = boot === "loading" ? before.draft : early?.id === shown.id ? early.text : "";
    early = ownership === "owner" ? null : { id: shown.id, text: typed };
    store.setState((state) => ({
      session: { ...shown, draft: joinedDraft(shown.draft, typed) },
      turns: byId,
      laneNotices: notices,
      heldBack: state.heldBack?.id === open.session.id ? null : state.heldBack,
      ownership,
      undo: { ...state.undo, closed: [] },
    }));
    for (const [index, turn] of turns.entries()) if (turn !== kept[index]) persist.turn(turn.id);
    if (ownership !== "owner") return;
    if (boot === "ready" && typed !== "") {
      persist.session(store.getState().session);
      void persist.flush();
    }
    await dropOrphans(open, lanes);
  };

  const handOver = async (id: SessionId): Promise<boolean> => {
    const isMine = () => store.getState().session.id === id && store.getState().ownership === "owner";
    if (!isMine()) return false;
    do await leave();
    while (store.getState().live.size > 0);
    if (store.getState().saveState.state === "not-saved") {
      notify(
        "error",
        "Another tab asked for this comparison, but it could not be saved here first. It stays in this tab.",
      );
      return false;
    }
    store.setState({ ownership: "elsewhere" });
    lock.handOver(id, () => ports.onFreed(id));
    notify(
      "info",
      `“${store.getState().session.name}” is now in use in another tab. Here you can read and export it.`,
    );
    return true;
  };

  const read = async (id: SessionId): Promise<OpenSession | null> => {
    const parked = parking.get(id);
    if (parked) return parked;
    const loaded = await database.load(id);
    if (loaded && loaded.refused > 0) {
      notify(
        "info",
        `${count(loaded.refused, "answer")} in this comparison can't be read by this version and was left unchanged.`,
      );
    }
    return loaded;
  };

  const open = async (id: SessionId): Promise<void> => {
    try {
      const found = await read(id);
      if (!found) {
        notify("error", "That comparison no longer exists, or was saved by a newer version of Vitrine.");
        return;
      }
      await leave();
      await show(found);
    } catch (error) {
      notify("error", `The comparison could not be opened. ${browserErrorText(error)}`);
    }
  };

  const reload = async (id: SessionId) => {
    if (store.getState().session.id !== id) return;
    const found = await read(id).catch(() => null);
    await show(found ?? { session: store.getState().session, turns: [...store.getState().turns.values()] });
  };

  /** A new session with the settings of the open one. */
  const freshSession = (): OpenSession => {
    const { session } = store.getState();
    const lanes = session.lanes.map(() => ids.lane());
    return {
      session: emptySession({ id: ids.session(), lanes, now: clock.wall(), like: session }),
      turns: [],
    };
  };

  const openAnother = async () => {
    for (const { id } of store.getState().summaries) {
      const found = await read(id).catch(() => null);
      if (found) return show(found);
    }
    return show(freshSession());
  };

  const openFirst = async (): Promise<Session> => {
    const { summaries } = store.getState();
    const broken = await ports.marker.broken(lock.isElsewhere);
    const candidates = [ports.remembered.read(), summaries[0]?.id ?? null];
    for (const id of candidates) {
      if (id !== null && id === broken) {
        store.setState({ heldBack: summaries.find((summary) => summary.id === id) ?? null });
        break;
      }
      const found = id === null ? null : await read(id).catch(() => null);
      if (found === null) continue;
      await show(found);
      return found.session;
    }
    const { reply } = store.getState().servers;
    const session = firstSession({
      id: ids.session(),
      lanes: [ids.lane(), ids.lane()],
      now: clock.wall(),
      found: reply && foundModel(reply),
    });
    await show({ session, turns: [] });
    return session;
  };

  return {
    read,
    leave,
    show,
    handOver,
    open,
    reload,
    openFresh: async () => {
      const fresh = freshSession();
      await leave();
      await show(fresh);
    },
    openAnother,
    openFirst,
  };
}

function stepIds({ turn }: TurnRecord): readonly string[] {
  return turn.steps.map((step) => step.id);
}
