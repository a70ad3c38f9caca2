import type { Dialect, DialectId } from "../provider";
import { chatCompletions } from "./chat-completions";

const dialects = { "chat-completions": chatCompletions } satisfies Record<DialectId, Dialect>;

/** The wire format with this id. */
export function findDialect(id: DialectId): Dialect {
  return dialects[id];
}
