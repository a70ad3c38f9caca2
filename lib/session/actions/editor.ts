import type { StoreApi } from "zustand/vanilla";

import type { Clock } from "@/lib/run/ports";
import type { Persist } from "@/lib/session/storage/persist";
import type { AppState } from "@/lib/session/store/app-state";
import { withCopies } from "@/lib/session/store/person";
import type { Session, TurnId, TurnRecord } from "@/lib/session/store/session";

/** The one way to change the open session: what changes is on screen at once and saved soon after. */
export type Editor = {
  /** False while another tab owns the session: nothing changes then. */
  readonly isOwner: () => boolean;
  /** Applies a pure change. `quiet` leaves the time of the last change as it is. */
  readonly change: (update: (session: Session) => Session, quiet?: "quiet") => void;
  /** The same for what is looked at, which is never news. In a recording too, where nothing is kept of it. */
  readonly look: (update: (session: Session) => Session) => void;
  /** Adds turns of the open session. */
  readonly addTurns: (records: readonly TurnRecord[]) => void;
  readonly turn: (id: TurnId) => TurnRecord | null;
  /** epoch ms, strictly increasing, so that newer records sort later. */
  readonly stamp: () => number;
};

export function createEditor(store: StoreApi<AppState>, persist: Persist, clock: Clock): Editor {
  let lastStamp = 0;
  const isOwner = () => {
    const { boot, ownership } = store.getState();
    return boot === "ready" && ownership === "owner";
  };
  const stamp = () => {
    lastStamp = Math.max(clock.wall(), lastStamp + 1);
    return lastStamp;
  };
  const change: Editor["change"] = (update, quiet) => {
    if (!isOwner()) return;
    const { session: before, person } = store.getState();
    const updated = update(before);
    if (updated === before) return;
    const isSameSetup = updated.lanes === before.lanes && updated.shared === before.shared;
    const after = isSameSetup ? updated : withCopies(updated, person);
    const session = quiet ? after : { ...after, updatedAt: stamp() };
    store.setState({ session });
    // A listener may have changed it further by now: the latest is what must be saved.
    persist.session(store.getState().session);
  };
  return {
    isOwner,
    stamp,
    change,
    look: (update) => {
      if (store.getState().ownership === "recording")
        store.setState(({ session }) => ({ session: update(session) }));
      else change(update, "quiet");
    },
    addTurns: (records) => {
      if (!isOwner()) return;
      store.setState((state) => {
        const turns = new Map(state.turns);
        for (const record of records) turns.set(record.id, record);
        return { turns };
      });
      for (const record of records) persist.turn(record.id);
    },
    turn: (id) => store.getState().turns.get(id) ?? null,
  };
}
