import type { RequestInput } from "@/lib/providers/provider";
import type { JsonObject } from "@/lib/stream/turn/json";

import type { Note } from "./note";

/** The field `parallel_tool_calls`, in the dialects that call it so. */
export function writeParallel({ provider, quirks, setup }: RequestInput, note: Note): JsonObject {
  if (setup.parallelToolCalls === null) return {};
  if (quirks.parallelToolCalls) return { parallel_tool_calls: setup.parallelToolCalls };
  note(`parallel_tool_calls is not sent: ${provider.label} has no such setting.`);
  return {};
}
