/** How the bytes of an attempt are stored: compressed in the database, readable in a file. */
import * as z from "zod/mini";

import { fromBase64, toBase64 } from "@/lib/link/base64";
import {
  type AttemptRecord,
  joinRecord,
  type RecordedChunk,
  type RecordFacts,
  type RecordPart,
  type RecordPieces,
} from "@/lib/run/record";

import { gunzip } from "./gzip";
import { gzipInWorker } from "./gzip-in-worker";

/** Reads laid end to end and compressed with gzip. `times` in ms since the turn began, `sizes` in bytes, one per read. */
export type StoredReads = {
  readonly times: readonly number[];
  readonly sizes: readonly number[];
  readonly gzip: Uint8Array<ArrayBuffer>;
};

export const storedReadsSchema: z.ZodMiniType<StoredReads> = z.object({
  times: z.array(z.number()),
  sizes: z.array(z.int().check(z.nonnegative())),
  gzip: z.instanceof(Uint8Array<ArrayBuffer>),
});

/** Some of an attempt's bytes as they are stored. `index` counts the parts of the attempt from 0. */
export type StoredPart = { readonly index: number; readonly reads: StoredReads };

/** A record as it is stored, its bytes compressed: what is held of records that nobody reads right now. */
export type StoredRecord = RecordFacts & { readonly parts: readonly StoredPart[] };

/** A record as it is stored. */
export async function packRecord({ chunks, ...facts }: AttemptRecord): Promise<StoredRecord> {
  return packPieces({ facts, parts: partsOf(chunks) });
}

/** The pieces of a record as they are stored. */
export async function packPieces({ facts, parts }: RecordPieces): Promise<StoredRecord> {
  return { ...facts, parts: await Promise.all(parts.map(packPart)) };
}

async function packPart({ index, chunks }: RecordPart): Promise<StoredPart> {
  return { index, reads: await packReads(chunks) };
}

/** A stored record that can be read. It ends before the first part whose bytes are damaged. */
export async function unpackRecord(record: StoredRecord): Promise<AttemptRecord> {
  return joinRecord(await unpackPieces(record));
}

/** The pieces of a stored record, without parts whose bytes are damaged. */
export async function unpackPieces({ parts, ...facts }: StoredRecord): Promise<RecordPieces> {
  const unpacked = await Promise.all(parts.map(unpackPart));
  return { facts, parts: unpacked.filter((part) => part !== null) };
}

/** A stored part that can be read; null where its bytes are damaged. */
export async function unpackPart({ index, reads }: StoredPart): Promise<RecordPart | null> {
  try {
    return { index, chunks: await unpackReads(reads) };
  } catch {
    // Not gzip, or cut off.
    return null;
  }
}

/** Reads as they are stored. */
export async function packReads(chunks: readonly RecordedChunk[]): Promise<StoredReads> {
  const bytes = joined(chunks.map((chunk) => chunk.bytes));
  return {
    times: chunks.map(({ at }) => at),
    sizes: chunks.map((chunk) => chunk.bytes.length),
    gzip: await gzipInWorker(bytes),
  };
}

/** Bytes from which on the reads of a whole record are stored as another part. */
const PART_BYTES = 1_000_000;

/** The reads of a whole record in parts. */
function partsOf(chunks: readonly RecordedChunk[]): readonly RecordPart[] {
  const parts: RecordedChunk[][] = [];
  let size = PART_BYTES;
  for (const chunk of chunks) {
    if (size >= PART_BYTES) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(chunk);
    size += chunk.bytes.length;
  }
  return parts.map((part, index) => ({ index, chunks: part }));
}

/** Stored reads as they came. Rejects where the bytes are damaged. */
async function unpackReads({ times, sizes, gzip }: StoredReads): Promise<readonly RecordedChunk[]> {
  const bytes = await gunzip(gzip);
  let from = 0;
  return sizes.map((size, index) => {
    const chunk = { at: times[index] ?? 0, bytes: bytes.slice(from, from + size) };
    from += size;
    return chunk;
  });
}

/** A read in a file: as text where it is UTF-8, so that people can read it. */
export type FileRead =
  | { readonly at: number; readonly text: string }
  | { readonly at: number; readonly base64: string };

export const fileReadSchema: z.ZodMiniType<FileRead> = z.union([
  z.object({ at: z.number(), text: z.string() }),
  z.object({ at: z.number(), base64: z.string() }),
]);

/** A read as a file holds it. */
export function writeFileRead({ at, bytes }: RecordedChunk): FileRead {
  const text = utf8(bytes);
  return text === null ? { at, base64: toBase64(bytes) } : { at, text };
}

/** A read of a file; null where its base64 is none. */
export function readFileRead(read: FileRead): RecordedChunk | null {
  if ("text" in read) return { at: read.at, bytes: new TextEncoder().encode(read.text) };
  const bytes = fromBase64(read.base64);
  return bytes === null ? null : { at: read.at, bytes };
}

/** The text of bytes that are UTF-8 by themselves; null for others, as where a character is cut in two. */
function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Byte arrays laid end to end. */
function joined(arrays: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let from = 0;
  for (const bytes of arrays) {
    all.set(bytes, from);
    from += bytes.length;
  }
  return all;
}
