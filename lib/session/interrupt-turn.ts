import { fold } from "@/lib/stream/fold";
import type { Turn } from "@/lib/stream/turn";

import type { TurnRecord } from "./session";
import { lastMoment } from "./turn-clock";

/**
 * A turn that was saved while it streamed, as it must be shown once nobody streams it any more: cut off where
 * it was, its text kept. A turn that has ended comes back as it is.
 */
export function interruptTurn(turn: Turn): Turn {
  const step = turn.steps.at(-1);
  if (!step || step.endedAt !== null) return turn;
  return fold(turn, {
    at: lastMoment(turn),
    event: {
      type: "step-end",
      error: {
        source: "app",
        code: "INTERRUPTED",
        message: "Interrupted: the page was closed or reloaded. Retry starts over.",
        retryable: true,
      },
    },
  });
}

/** The same for a saved record; the very same object when its turn has ended. */
export function interruptRecord(record: TurnRecord): TurnRecord {
  const turn = interruptTurn(record.turn);
  return turn === record.turn ? record : { ...record, turn };
}
