/** The turns of closed lanes: kept where sessions are saved, not in memory, and brought back with their lane. */
import type { StoreApi } from "zustand/vanilla";

import type { SessionDatabase } from "@/lib/session/storage/database";
import type { Persist } from "@/lib/session/storage/persist";
import type { AppState } from "@/lib/session/store/app-state";
import { laneOf } from "@/lib/session/store/lanes";
import type { Lane, LaneId, TurnRecord } from "@/lib/session/store/session";

export type ClosedTurns = {
  /** Releases a closed lane's turns once none of them streams and all are saved. Turns that cannot be saved stay. */
  readonly release: (id: LaneId) => Promise<void>;
  /** Whether the turns on a lane's screen are in memory. */
  readonly has: (lane: Lane) => boolean;
  /** Reads a lane's turns again. Rejects when the database does. */
  readonly bringBack: (id: LaneId) => Promise<void>;
};

/** `persist` and `database` must be those of the store's own session. */
export function createClosedTurns(ports: {
  readonly store: StoreApi<AppState>;
  readonly database: SessionDatabase;
  readonly persist: Persist;
}): ClosedTurns {
  const { store, database, persist } = ports;
  return {
    release: async (id) => {
      const { session } = store.getState();
      await untilQuiet(store, id);
      await persist.flush();
      const state = store.getState();
      const isBack = laneOf(state.session, id) !== null;
      if (isBack || state.session.id !== session.id || state.saveState.state === "not-saved") return;
      store.setState(({ turns }) => ({
        turns: new Map([...turns].filter(([, turn]) => turn.laneId !== id)),
      }));
    },
    has: ({ leaf }) => leaf === null || store.getState().turns.has(leaf),
    bringBack: async (id) => {
      const sessionId = store.getState().session.id;
      const saved = await database.load(sessionId);
      if (store.getState().session.id !== sessionId) return;
      const found = saved?.turns.filter((turn) => turn.laneId === id) ?? [];
      store.setState(({ turns }) => ({ turns: withTurns(turns, found) }));
    },
  };
}

/** Resolves when no turn of the lane is live. */
function untilQuiet(store: StoreApi<AppState>, id: LaneId): Promise<void> {
  const isQuiet = () => ![...store.getState().live.values()].includes(id);
  if (isQuiet()) return Promise.resolve();
  return new Promise((resolve) => {
    const end = store.subscribe(() => {
      if (!isQuiet()) return;
      end();
      resolve();
    });
  });
}

function withTurns(turns: AppState["turns"], added: readonly TurnRecord[]): AppState["turns"] {
  const all = new Map(turns);
  for (const record of added) if (!all.has(record.id)) all.set(record.id, record);
  return all;
}
