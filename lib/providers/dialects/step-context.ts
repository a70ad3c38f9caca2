import type { ChatQuirks, RequestInput } from "../provider";
import type { CallIds } from "./call-ids";
import type { Note } from "./note";

/** What the messages of one step depend on beyond the step. */
export type StepContext = {
  readonly input: RequestInput<ChatQuirks>;
  readonly ids: CallIds;
  readonly note: Note;
  /** Whether reasoning of this turn goes back. */
  readonly echo: boolean;
};
