import { questionOf, type RowCall } from "@/components/answer/tool/row-calls";
import type { LaneId, Row, TurnId } from "@/lib/session/store/session";
import type { ToolCallPart } from "@/lib/stream/turn/turn";

/** A waiting call with the ids of its place. */
export type WaitingCall = RowCall & { readonly turn: TurnId; readonly lane: LaneId };

/** The calls that wait for a result in a row's lanes. A lane that has gone on takes no more results there. */
export function waitingCalls(rows: readonly Row[], index: number): readonly WaitingCall[] {
  return [...(rows[index]?.turns ?? [])].flatMap(([lane, record]) => {
    const step = record.turn.steps.at(-1);
    if (step?.status.state !== "done") return [];
    const calls = step.parts.filter(
      (part): part is ToolCallPart => part.type === "tool-call" && part.status.state === "awaiting-result",
    );
    if (calls.length === 0 || hasGoneOn(rows, index, lane)) return [];
    return calls.map((call) => ({
      turn: record.id,
      lane,
      stepId: step.id,
      callId: call.id,
      question: questionOf(call),
      tool: call.name,
    }));
  });
}

/** Whether a lane has an answer after the row `index`. */
export function hasGoneOn(rows: readonly Row[], index: number, lane: LaneId): boolean {
  return rows.findLastIndex(({ turns }) => turns.has(lane)) > index;
}
