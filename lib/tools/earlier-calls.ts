/** What a branch called before: from it the nth call is known, and a tool's state is built again. Pure. */
import { calledName } from "@/lib/stream/turn/called-name";
import type { Json } from "@/lib/stream/turn/json";
import { isFromTool } from "@/lib/stream/turn/result-origin";
import type { Part, ToolCallPart, Turn } from "@/lib/stream/turn/turn";

export type EarlierCall = {
  readonly args: Json;
  /** The tool itself answered or runs: a result that a person gave changed no state. */
  readonly ran: boolean;
};

/** The calls of the same tool before this one, in the order in which the branch made them. */
export function earlierCalls(turns: readonly Turn[], call: ToolCallPart): readonly EarlierCall[] {
  const calls = turns.flatMap(({ steps }) => steps.flatMap(({ parts }) => parts.filter(isCall)));
  // Ids are unique within a step only: a call that is asked about is the newest of its id.
  const own = calls.findLastIndex((other) => other.id === call.id && other.callId === call.callId);
  const name = calledName(call);
  return calls
    .slice(0, Math.max(0, own))
    .flatMap((other) => (calledName(other) === name ? readCall(other) : []));
}

function isCall(part: Part): part is ToolCallPart {
  return part.type === "tool-call";
}

function readCall({ status }: ToolCallPart): readonly EarlierCall[] {
  if (status.state === "input-streaming" || status.state === "unfinished" || !status.args.valid) return [];
  const ran = status.state === "running" || (status.state === "answered" && isFromTool(status.result.origin));
  return [{ args: status.args.value, ran }];
}
