/** Which calls of a row still wait for a result, and which of them a result may be given to. All pure. */
import { callKey } from "@/lib/stream/turn/call-key";
import type { ToolCallPart, Turn } from "@/lib/stream/turn/turn";

import type { LaneId, Row, TurnId, TurnRecord } from "./session";

/** A call that waits for a result, in any lane of a row. */
export type WaitingCall = {
  readonly turn: TurnId;
  readonly lane: LaneId;
  readonly stepId: string;
  readonly callId: string;
  /** What is asked: calls that ask the same may share one result. See `callKey`. */
  readonly question: string;
  readonly tool: string;
};

/** The calls that wait for a result in a row's lanes. A lane that has gone on takes no more results there. */
export function waitingCalls(rows: readonly Row[], index: number): readonly WaitingCall[] {
  return [...(rows[index]?.turns ?? [])].flatMap(([lane, record]) => {
    const calls = callsOf(record);
    return calls.length === 0 || hasGoneOn(rows, index, lane) ? NO_CALLS : calls;
  });
}

const NO_CALLS: readonly WaitingCall[] = [];
/** The same objects as long as a turn stays as it is, so that who reads them sees that nothing changed. */
const known = new WeakMap<Turn, { readonly of: TurnRecord; readonly calls: readonly WaitingCall[] }>();

function callsOf(record: TurnRecord): readonly WaitingCall[] {
  const before = known.get(record.turn);
  if (before?.of.id === record.id && before.of.laneId === record.laneId) return before.calls;
  const calls = listCalls(record);
  known.set(record.turn, { of: record, calls });
  return calls;
}

function listCalls({ id, laneId, turn }: TurnRecord): readonly WaitingCall[] {
  const step = turn.steps.at(-1);
  if (step?.status.state !== "done") return NO_CALLS;
  return step.parts
    .filter(
      (part): part is ToolCallPart => part.type === "tool-call" && part.status.state === "awaiting-result",
    )
    .map((call) => ({
      turn: id,
      lane: laneId,
      stepId: step.id,
      callId: call.id,
      question: callKey(call),
      tool: call.name,
    }));
}

/** Whether a lane has an answer after the row `index`. */
export function hasGoneOn(rows: readonly Row[], index: number, lane: LaneId): boolean {
  return rows.findLastIndex(({ turns }) => turns.has(lane)) > index;
}

/** The waiting calls that a result of this call can reach: those that ask the same, itself among them, and the tool's others. */
export function reachOf(
  call: ToolCallPart,
  waiting: readonly WaitingCall[],
): {
  readonly same: readonly WaitingCall[];
  readonly others: readonly WaitingCall[];
  readonly lanes: number;
} {
  const question = callKey(call);
  const same = waiting.filter((other) => other.question === question);
  const others = waiting.filter((other) => other.tool === call.name && other.question !== question);
  return { same, others, lanes: new Set(same.map(({ lane }) => lane)).size };
}
