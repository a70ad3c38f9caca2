/**
 * The entry of the browser's history that stands for an open recording: Back leaves it, and a reload finds in it which
 * kept file plays. Needs a browser.
 */
const MARK = "vitrineRecording";

/** Whether this entry stands for a recording. */
export function isRecordingMarked(): boolean {
  return MARK in stateNow();
}

/** The id of the kept file that plays in this entry; null where none does, or where the page's address names it. */
export function markedRecording(): string | null {
  const mark: unknown = Reflect.get(stateNow(), MARK);
  return typeof mark === "string" ? mark : null;
}

/** This entry stands for a recording from now on, or a new one does where it did not; `kept`: see `markedRecording`. */
export function markRecording(kept: string | null): void {
  const state = { ...stateNow(), [MARK]: kept ?? true };
  if (isRecordingMarked()) window.history.replaceState(state, "");
  else window.history.pushState(state, "");
}

/** This entry stands for the comparison again. */
export function unmarkRecording(): void {
  if (!isRecordingMarked()) return;
  const { [MARK]: _mark, ...rest }: Record<string, unknown> = { ...stateNow() };
  window.history.replaceState(rest, "");
}

function stateNow(): object {
  const state: unknown = window.history.state;
  return typeof state === "object" && state !== null ? state : {};
}
