import { downloadText } from "@/components/ui/download-text";
import type { RecordingActions } from "@/lib/session/actions/recording-actions";
import type { PageActions } from "@/lib/session/actions/session-app";
import type { TurnRecord } from "@/lib/session/store/session";

/** Saves the turns that pass the test as a tape, and says how large it is and what it lacks. */
export async function saveTape(
  { tapeOf }: Pick<RecordingActions, "tapeOf">,
  { notify }: Pick<PageActions, "notify">,
  isWanted: (turn: TurnRecord) => boolean,
): Promise<void> {
  const file = await tapeOf(isWanted);
  if (file === null) return;
  downloadText(file.fileName, file.text);
  notify("info", [`${file.fileName}, ${sizeOf(file.text)}.`, ...file.notes].join(" "));
}

const KB = 1_000;

function sizeOf(text: string): string {
  const bytes = new Blob([text]).size;
  return bytes < KB * KB ? `${Math.max(1, Math.round(bytes / KB))} kB` : `${(bytes / KB / KB).toFixed(1)} MB`;
}
