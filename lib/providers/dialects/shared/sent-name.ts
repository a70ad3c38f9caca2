import { calledName } from "@/lib/stream/turn/called-name";
import type { ToolCallPart } from "@/lib/stream/turn/turn";

import type { Note } from "./note";

/** The name under which a past call goes back. No provider takes an empty one. */
export function sentName(call: ToolCallPart, note: Note): string {
  const name = calledName(call);
  if (name !== "") return name;
  note("A call without a name is sent back as “unnamed”: providers refuse an empty name.");
  return "unnamed";
}
