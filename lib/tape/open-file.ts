/** The file of a recording, in any format, as a tape. Pure. */
import type { Exchange } from "./exchange";
import { READ_FORMATS } from "./formats/found";
import { readForeignFile } from "./formats/read-file";
import { tapeOfExchanges } from "./of-exchanges";
import { readTape } from "./read-tape";
import { TAPE_FORMAT, type Tape } from "./tape";

export type OpenedFile =
  | {
      readonly ok: true;
      readonly tape: Tape;
      /** As the file held them; null for a tape, which holds more. */
      readonly exchanges: readonly Exchange[] | null;
      /** What was left out, guessed or made up, as sentences. */
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly reason: string };

/** The recording in a file as a tape, or why there is none. Never throws. */
export function openFile(fileName: string, bytes: Uint8Array<ArrayBuffer>): OpenedFile {
  return isTape(fileName, bytes) ? openTape(bytes) : openForeign(fileName, bytes);
}

/** By its ending, or by what its first line says. */
function isTape(fileName: string, bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 200));
  return fileName.toLowerCase().endsWith(".tape") || start.includes(`"${TAPE_FORMAT}"`);
}

function openTape(bytes: Uint8Array): OpenedFile {
  const read = readTape(new TextDecoder().decode(bytes));
  return read.ok ? { ...read, exchanges: null } : read;
}

function openForeign(fileName: string, bytes: Uint8Array<ArrayBuffer>): OpenedFile {
  const read = readForeignFile(fileName, bytes, ["tape"]);
  if (!read.ok) return read;
  const exchanges = read.exchanges.map(({ exchange }) => exchange);
  const source = read.format === null ? "recording" : READ_FORMATS[read.format];
  const made = tapeOfExchanges(exchanges, source, fileName);
  if (made === null) return { ok: false, reason: "The file holds no exchange." };
  const refusals = read.exchanges.flatMap(({ refusal }, index) =>
    refusal === null ? [] : [`Exchange ${index + 1}: ${refusal}`],
  );
  return { ok: true, tape: made.tape, exchanges, notes: [...read.notes, ...refusals, ...made.notes] };
}
