/** Which calls of a row still wait for a result, and which of them a result may be given to. All pure. */
import { canonicalJson } from "@/lib/stream/turn/canonical-json";
import type { ToolCallPart } from "@/lib/stream/turn/turn";

import type { LaneId, Row, TurnId } from "./session";

/** A call that waits for a result, in any lane of a row. */
export type WaitingCall = {
  readonly turn: TurnId;
  readonly lane: LaneId;
  readonly stepId: string;
  readonly callId: string;
  /** What is asked: calls that ask the same may share one result. See `questionOf`. */
  readonly question: string;
  readonly tool: string;
};

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

/** The waiting calls that a result of this call can reach: those that ask the same, itself among them, and the tool's others. */
export function reachOf(
  call: ToolCallPart,
  waiting: readonly WaitingCall[],
): {
  readonly same: readonly WaitingCall[];
  readonly others: readonly WaitingCall[];
  readonly lanes: number;
} {
  const question = questionOf(call);
  const same = waiting.filter((other) => other.question === question);
  const others = waiting.filter((other) => other.tool === call.name && other.question !== question);
  return { same, others, lanes: new Set(same.map(({ lane }) => lane)).size };
}

/** The tool and its arguments as one text: equal for calls that ask the same question, however it is written. */
function questionOf({ name, edit, ...call }: ToolCallPart): string {
  const input = edit?.text ?? call.input;
  return JSON.stringify([name, canonicalJson(input.trim() === "" ? "{}" : input)]);
}
