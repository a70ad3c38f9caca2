import type { JsonObject } from "@/lib/stream/turn/json";

import type { Note } from "./note";

const WRITTEN_ELSEWHERE = new Set([
  "model",
  "messages",
  "stream",
  "stream_options",
  "tools",
  "tool_choice",
  "parallel_tool_calls",
]);

/**
 * The sampler fields as typed, unknown ones included; fields that another control of the lane writes are left
 * out. `others`: those that only this dialect has.
 */
export function writeSamplers(samplers: JsonObject, note: Note, others: readonly string[] = []): JsonObject {
  return Object.fromEntries(
    Object.entries(samplers).filter(([name]) => {
      if (name === "__proto__") return false;
      if (!WRITTEN_ELSEWHERE.has(name) && !others.includes(name)) return true;
      note(`${name} among the samplers is not sent: the lane's own setting decides it.`);
      return false;
    }),
  );
}
