import { downloadBytes } from "@/components/ui/files";
import type { PageActions } from "@/lib/session/actions/session-app";
import type { SessionActions, SessionId } from "@/lib/session/store/session";

/** Saves the comparison as a tape, and says how large it is and what it lacks. */
export async function saveTape(
  { exportAs }: Pick<SessionActions, "exportAs">,
  { notify }: Pick<PageActions, "notify">,
  id: SessionId,
): Promise<void> {
  const file = await exportAs(id, { of: "comparison" }, "tape");
  if (file === null) return;
  downloadBytes(file.name, file.content, file.type);
  notify(
    "info",
    [`Saved as ${file.name}, ${sizeOf(file.content)}.`, ...file.losses].join(" "),
    "saving-a-tape",
  );
}

const KB = 1_000;

function sizeOf(content: BlobPart): string {
  const bytes = new Blob([content]).size;
  return bytes < KB * KB ? `${Math.max(1, Math.round(bytes / KB))} kB` : `${(bytes / KB / KB).toFixed(1)} MB`;
}
