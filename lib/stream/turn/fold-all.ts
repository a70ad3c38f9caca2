import type { TimedEvent } from "./event";
import { fold } from "./fold";
import { type DeltaEvent, growPart } from "./fold-part";
import type { Turn } from "./turn";

/** Neighboring deltas of one part. */
type Run = {
  readonly event: DeltaEvent;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly pieces: number;
};

/**
 * What `events.reduce(fold, turn)` gives. A read of a fast stream holds many deltas of one part, and a fold copies the
 * step for each; here such a run is folded at once.
 */
export function foldAll(turn: Turn, events: readonly TimedEvent[]): Turn {
  let next = turn;
  for (let index = 0; index < events.length;) {
    const run = runFrom(events, index);
    const timed = events[index];
    if (run !== null) next = foldRun(next, run);
    else if (timed !== undefined) next = fold(next, timed);
    index += run?.pieces ?? 1;
  }
  return next;
}

/** The run that begins at `index`; null where there is none of at least two pieces. */
function runFrom(events: readonly TimedEvent[], index: number): Run | null {
  const first = events[index];
  if (first === undefined || !isDelta(first.event)) return null;
  const { type, id } = first.event;
  let text = first.event.text;
  let lastAt = first.at;
  let pieces = 1;
  for (let each = events[index + 1]; each !== undefined; each = events[index + pieces]) {
    const { event, at } = each;
    if (!isDelta(event) || event.type !== type || event.id !== id) break;
    text += event.text;
    lastAt = at;
    pieces += 1;
  }
  return pieces === 1 ? null : { event: { type, id, text }, firstAt: first.at, lastAt, pieces };
}

function foldRun(turn: Turn, { event, firstAt, lastAt, pieces }: Run): Turn {
  const step = turn.steps.at(-1);
  if (step === undefined || step.endedAt !== null) return turn;
  const grown = growPart(step, event, lastAt, pieces);
  if (grown === step) return turn;
  const firstTokenAt = step.firstTokenAt ?? firstAt;
  return { steps: [...turn.steps.slice(0, -1), { ...grown, firstTokenAt }] };
}

/** A delta without text changes nothing and counts for nothing, so it belongs to no run. */
function isDelta(event: TimedEvent["event"]): event is DeltaEvent {
  return (
    (event.type === "text-delta" || event.type === "reasoning-delta" || event.type === "tool-input-delta") &&
    event.text !== ""
  );
}
