import type { TurnId } from "@/lib/session/store/session";
import type { Turn } from "@/lib/stream/turn/turn";

type LoopProgress = {
  /** Whether a live turn has something new that a reload must not lose: a step that ended, or a call that runs or has its result. */
  readonly isNew: (id: TurnId, turn: Turn) => boolean;
  readonly forget: (id: TurnId) => void;
};

/** Tells what a tool merely wrote from what moved a loop on. */
export function createLoopProgress(): LoopProgress {
  const known = new Map<TurnId, string>();
  return {
    isNew: (id, turn) => {
      const last = turn.steps.at(-1);
      if (last === undefined || last.endedAt === null) return false;
      const states = last.parts.flatMap((part) => (part.type === "tool-call" ? [part.status.state] : []));
      const count = (state: string) => states.filter((other) => other === state).length;
      const now = `${turn.steps.length} ${count("running")} ${count("answered")}`;
      if (known.get(id) === now) return false;
      known.set(id, now);
      return true;
    },
    forget: (id) => {
      known.delete(id);
    },
  };
}
