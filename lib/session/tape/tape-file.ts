import { incompleteFrom } from "@/lib/run/record";
import type { OpenWhole } from "@/lib/session/actions/library";
import type { TapeFile } from "@/lib/session/actions/recording-actions";
import { safeFileName } from "@/lib/session/storage/export-session";
import type { TurnRecord } from "@/lib/session/store/session";
import { formatCount, formatPlural } from "@/lib/stream/figures/format-number";
import { writeTape } from "@/lib/tape/write-tape";

import { tapeOfSession } from "./tape-of-session";

/** The turns of a comparison that pass the test as the file of a tape; null where none does. */
export function tapeFile(
  { bundle, missing }: OpenWhole,
  isWanted: (turn: TurnRecord) => boolean,
): TapeFile | null {
  const tape = tapeOfSession(bundle, isWanted);
  if (tape.turns.length === 0) return null;
  const records = tape.turns.flatMap((turn) => turn.records);
  const cut = records.flatMap((record) => incompleteFrom(record) ?? []);
  const [from = 0] = cut;
  return {
    fileName: safeFileName(tape.name, ".tape"),
    text: writeTape(tape),
    notes: [
      ...missing.map((what) => `Not on the tape: ${what}.`),
      ...(cut.length === 0
        ? []
        : [
            `${formatPlural(cut.length, "response")} on the tape ${cut.length === 1 ? "is" : "are"} incomplete, the first from byte ${formatCount(from)} on.`,
          ]),
    ],
  };
}
