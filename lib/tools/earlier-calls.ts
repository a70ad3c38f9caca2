/** What a branch called before: from it the nth call is known, and a tool's state is built again. Pure. */
import { calledName } from "@/lib/stream/turn/called-name";
import type { Json } from "@/lib/stream/turn/json";
import { isFromTool } from "@/lib/stream/turn/result-origin";
import type { ToolCallPart, Turn } from "@/lib/stream/turn/turn";

export type EarlierCall = {
  readonly args: Json;
  /** The tool itself answered or runs: a result that a person gave changed no state. */
  readonly ran: boolean;
};

/** The calls of the same tool before this one, in the order in which the branch made them. */
export function earlierCalls(turns: readonly Turn[], call: ToolCallPart): readonly EarlierCall[] {
  const name = calledName(call);
  const earlier: EarlierCall[] = [];
  // Ids are unique within a step only: a call that is asked about is the newest of its id.
  let before = 0;
  // One step may have thousands of calls, and each of them may be asked about: nothing is made but the result.
  for (const { steps } of turns) {
    for (const { parts } of steps) {
      for (const part of parts) {
        if (part.type !== "tool-call") continue;
        if (part.id === call.id && part.callId === call.callId) before = earlier.length;
        const read = calledName(part) === name ? readCall(part) : null;
        if (read !== null) earlier.push(read);
      }
    }
  }
  return earlier.slice(0, before);
}

function readCall({ status }: ToolCallPart): EarlierCall | null {
  if (status.state === "input-streaming" || status.state === "unfinished" || !status.args.valid) return null;
  const ran = status.state === "running" || (status.state === "answered" && isFromTool(status.result.origin));
  return { args: status.args.value, ran };
}
