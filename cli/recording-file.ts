/** Files of recordings on the command line: tapes, and the formats of others. */
import { readFileSync, statSync } from "node:fs";
import path from "node:path";

import { VERSION } from "@/lib/server/version";
import type { Exchange } from "@/lib/tape/exchange";
import { writeGoVcr } from "@/lib/tape/formats/go-vcr/write-go-vcr";
import { writeHar } from "@/lib/tape/formats/har/write-har";
import { writeTapeMessages } from "@/lib/tape/formats/messages/write-tape-messages";
import { MADE_FROM } from "@/lib/tape/formats/scripted/made-reply";
import { writeSse } from "@/lib/tape/formats/sse/write-sse";
import { type OpenedFile, openFile } from "@/lib/tape/open-file";
import { TAPE_LIMITS } from "@/lib/tape/tape";
import { exchangesOf } from "@/lib/tape/to-exchanges";
import { tapeLines } from "@/lib/tape/write-tape";

/** Bytes of the largest file that is opened: a character of a tape has at most four. */
const MOST_BYTES = 4 * TAPE_LIMITS.characters;

/** The recording in a file as a tape, or why there is none. */
export function openRecording(file: string): OpenedFile {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    if (statSync(file).size > MOST_BYTES) return { ok: false, reason: "The file is too large to be read." };
    bytes = Uint8Array.from(readFileSync(file));
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
  return openFile(path.basename(file), bytes);
}

type Written = {
  readonly texts: Iterable<string | Uint8Array>;
  /** What the file does not hold, as sentences. */
  readonly losses: readonly string[];
};

type Write = (opened: Extract<OpenedFile, { readonly ok: true }>) => Written;

/** How a file with this ending is written. */
const WRITERS: ReadonlyMap<string, Write> = new Map<string, Write>([
  [
    ".tape",
    ({ tape, exchanges }) => ({
      texts: tapeLines(exchanges === null ? tape : { ...tape, writtenBy: VERSION }),
      losses: exchanges?.some(hasOtherHeaders) === true ? [OTHER_HEADERS] : [],
    }),
  ],
  [".yaml", (opened) => written(opened, writeGoVcr)],
  [".yml", (opened) => written(opened, writeGoVcr)],
  [".har", (opened) => written(opened, (exchanges) => writeHar(exchanges, VERSION))],
  [".sse", (opened) => written(opened, writeSse)],
  [
    ".jsonl",
    ({ tape }) => {
      const { content, losses } = writeTapeMessages(tape);
      return { texts: [content], losses };
    },
  ],
]);

const OTHER_HEADERS = "Headers but the content type and the request's id are left out.";

/** Headers that a tape has a place for, or that Vitrine made up. */
const KEPT_HEADERS = new Set(["content-type", "x-request-id", "request-id", MADE_FROM]);

function hasOtherHeaders({ requestHeaders, headers }: Exchange): boolean {
  return [...requestHeaders, ...headers].some(([name]) => !KEPT_HEADERS.has(name.toLowerCase()));
}

/** The endings that are written. */
export const ENDINGS: readonly string[] = [...WRITERS.keys()];

/** How a file of this name is written; null for an ending that is not. */
export function writerFor(file: string): Write | null {
  return WRITERS.get(path.extname(file).toLowerCase()) ?? null;
}

function written(
  { tape, exchanges }: Parameters<Write>[0],
  write: (exchanges: readonly Exchange[]) => {
    readonly content: string | Uint8Array;
    readonly losses: readonly string[];
  },
): Written {
  const own = exchanges === null ? exchangesOf(tape) : { exchanges, notes: [] };
  const { content, losses } = write(own.exchanges);
  return { texts: [content], losses: [...own.notes, ...losses] };
}
