import type { TurnId } from "@/lib/session/store/session";

/** Detects turns that stream from one server at the same time, because they affect each other's timings. */
export type ServerLoad = {
  /** A turn begins to load a server; the returned function ends it. */
  readonly begin: (server: string, turn: TurnId) => () => void;
};

/** `onShared` is called for every turn that overlaps with another, each time one joins. */
export function createServerLoad(onShared: (turns: readonly TurnId[]) => void): ServerLoad {
  const loads = new Map<string, Set<TurnId>>();
  return {
    begin: (server, turn) => {
      const turns = loads.get(server) ?? new Set();
      loads.set(server, turns.add(turn));
      if (turns.size > 1) onShared([...turns]);
      return () => {
        turns.delete(turn);
        if (turns.size === 0 && loads.get(server) === turns) loads.delete(server);
      };
    },
  };
}
