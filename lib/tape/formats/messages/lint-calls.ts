/** What OpenAI's API rejects in the calls and results of a conversation. Pure. */
import type { Json } from "@/lib/stream/turn/json";
import { asObject, isList, textAt } from "@/lib/stream/turn/json-read";

/** One sentence for each thing that is wrong with the ids of calls and results, with the message's number from 1. */
export function lintCalls(messages: readonly Json[]): readonly string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  let open = new Set<string>();
  const close = (number: number): void => {
    if (open.size > 0)
      problems.push(
        `before message ${String(number)} there is no result for ${[...open].map(quoted).join(", ")}.`,
      );
    open = new Set();
  };
  for (const [index, value] of messages.entries()) {
    const number = index + 1;
    const message = asObject(value);
    if (message === null) continue;
    if (message["role"] === "tool") {
      const id = textAt(message, "tool_call_id");
      if (id === null) problems.push(`message ${String(number)} is a result without tool_call_id.`);
      else if (!open.delete(id))
        problems.push(
          `message ${String(number)} is a result for ${quoted(id)}, which no call right before it has.`,
        );
      continue;
    }
    close(number);
    const calls = message["tool_calls"];
    for (const call of isList(calls) ? calls : []) {
      const id = textAt(asObject(call) ?? {}, "id");
      if (id === null) problems.push(`message ${String(number)} has a call without an id.`);
      else if (seen.has(id)) problems.push(`message ${String(number)} uses the id ${quoted(id)} again.`);
      if (id === null) continue;
      seen.add(id);
      open.add(id);
    }
  }
  // Calls at the end wait for their results: that is an answer like any other.
  return problems.slice(0, MOST_PROBLEMS);
}

const MOST_PROBLEMS = 20;

function quoted(id: string): string {
  return `"${id.slice(0, 60)}"`;
}
