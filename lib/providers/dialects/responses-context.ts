import type { RequestInput, ResponsesQuirks } from "../provider";
import type { CallIds } from "./call-ids";
import type { Note } from "./note";

/** What the items of one step depend on beyond the step. */
export type ResponsesContext = {
  readonly input: RequestInput<ResponsesQuirks>;
  readonly ids: CallIds;
  readonly note: Note;
  /** Whether reasoning of this turn goes back as text. */
  readonly echo: boolean;
};
