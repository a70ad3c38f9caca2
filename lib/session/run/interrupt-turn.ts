import type { TurnRecord } from "@/lib/session/store/session";
import { fold } from "@/lib/stream/turn/fold";
import type { Turn } from "@/lib/stream/turn/turn";

import { isAnswered } from "./step-calls";
import { lastMoment } from "./turn-clock";

/**
 * A record that was saved or copied while its turn ran, as it must be shown where nobody runs it: cut off where it was,
 * what came kept. Where the next step had not begun, that step says so. The very same object when its turn has ended.
 */
export function interruptRecord(record: TurnRecord): TurnRecord {
  const turn = interruptTurn(isStepMissing(record.turn) ? withNextStep(record) : record.turn);
  return turn === record.turn ? record : { ...record, turn };
}

function interruptTurn(turn: Turn): Turn {
  const step = turn.steps.at(-1);
  if (!step || step.endedAt !== null) return turn;
  return fold(turn, {
    at: lastMoment(turn),
    event: {
      type: "step-end",
      error: {
        source: "app",
        code: "INTERRUPTED",
        message:
          "Interrupted: this answer was still running when it was saved or copied. Retry to run it again.",
        retryable: true,
      },
    },
  });
}

/** The page was gone between a prompt or the last result and the step that should have answered it. */
function isStepMissing({ steps }: Turn): boolean {
  const last = steps.at(-1);
  return last === undefined || (last.endedAt !== null && isAnswered(last));
}

function withNextStep({ id, setup, turn }: TurnRecord): Turn {
  const { provider, model, endpoint } = setup;
  const request = { provider, dialect: setup.dialect ?? "", model, endpoint };
  const stepId = `${id}-${turn.steps.length + 1}`;
  return fold(turn, { at: lastMoment(turn), event: { type: "step-start", stepId, request } });
}
