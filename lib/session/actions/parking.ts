import type { Session, SessionId, TurnId, TurnRecord } from "@/lib/session/store/session";

export type OpenSession = { readonly session: Session; readonly turns: readonly TurnRecord[] };

/** Sessions that were left while the store was full or broken: kept in memory until they are written. */
export type Parking = {
  readonly park: (open: OpenSession) => void;
  readonly get: (id: SessionId) => OpenSession | null;
  readonly turn: (id: TurnId) => TurnRecord | null;
  readonly all: () => readonly OpenSession[];
  readonly release: (ids: readonly SessionId[]) => void;
};

/** Empty at first. */
export function createParking(): Parking {
  const parked = new Map<SessionId, OpenSession>();
  return {
    park: (open) => void parked.set(open.session.id, open),
    get: (id) => parked.get(id) ?? null,
    turn: (id) => {
      for (const { turns } of parked.values()) {
        const turn = turns.find((record) => record.id === id);
        if (turn) return turn;
      }
      return null;
    },
    all: () => [...parked.values()],
    release: (ids) => {
      for (const id of ids) parked.delete(id);
    },
  };
}
