import type { CallIds } from "@/lib/providers/dialects/shared/call-ids";
import type { Note } from "@/lib/providers/dialects/shared/note";
import type { ChatQuirks, RequestInput } from "@/lib/providers/provider";

/** What the messages of one step depend on beyond the step. */
export type StepContext = {
  readonly input: RequestInput<ChatQuirks>;
  readonly ids: CallIds;
  readonly note: Note;
  /** Whether reasoning of this turn goes back. */
  readonly echo: boolean;
};
