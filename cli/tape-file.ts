/** Files of recordings on the command line: a tape by its ending, others as what they are. */
import { readFileSync, statSync } from "node:fs";
import path from "node:path";

import { readTape } from "@/lib/tape/read-tape";
import { TAPE_LIMITS, type Tape } from "@/lib/tape/tape";
import { tapeLines } from "@/lib/tape/write-tape";

export type OpenedTape =
  | { readonly ok: true; readonly tape: Tape; readonly notes: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/** Bytes of the largest file that is opened: a character of a tape has at most four. */
const MOST_BYTES = 4 * TAPE_LIMITS.characters;

/** The tape in a file, or why there is none. */
export function openTapeFile(file: string): OpenedTape {
  try {
    if (statSync(file).size > MOST_BYTES) return { ok: false, reason: "the file is too large to be read." };
    return readTape(readFileSync(file, "utf8"));
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

export type WriteAs =
  | {
      readonly ok: true;
      /** The file's content, and what it does not hold, as sentences. */
      readonly texts: (opened: Extract<OpenedTape, { readonly ok: true }>) => {
        readonly texts: Iterable<string | Uint8Array>;
        readonly losses: readonly string[];
      };
    }
  | { readonly ok: false; readonly reason: string };

/** How a file of this name is written, by its ending. */
export function writeAs(file: string): WriteAs {
  const ending = path.extname(file).toLowerCase();
  if (ending === ".tape") return { ok: true, texts: ({ tape }) => ({ texts: tapeLines(tape), losses: [] }) };
  return { ok: false, reason: `"${ending}" is not an ending that Vitrine writes. Write .tape.` };
}
