import type { CallIds } from "@/lib/providers/dialects/shared/call-ids";
import type { Note } from "@/lib/providers/dialects/shared/note";
import type { RequestInput, ResponsesQuirks } from "@/lib/providers/provider";

/** What the items of one step depend on beyond the step. */
export type ResponsesContext = {
  readonly input: RequestInput<ResponsesQuirks>;
  readonly ids: CallIds;
  readonly note: Note;
  /** Whether reasoning of this turn goes back as text. */
  readonly echo: boolean;
};
