/** The saved shape of an attempt's record, in the database and in files, and what older versions wrote. */
import * as z from "zod/mini";

import type { AttemptRecord, RecordedChunk, RecordFacts, RecordPieces } from "@/lib/run/record";
import { attemptFields } from "@/lib/run/saved/saved-attempt";
import { idSchema } from "@/lib/run/saved/saved-setup";

import {
  fileReadSchema,
  readFileRead,
  type StoredPart,
  type StoredRecord,
  storedReadsSchema,
  unpackPart,
  writeFileRead,
} from "./record-parts";

/** An attempt in the database. Its bytes lie in parts of their own; in older records here. */
const storedFactsSchema = z.object({ ...attemptFields, reads: z.optional(storedReadsSchema) });
/** An attempt in a file. */
export const fileRecordSchema = z.object({ ...attemptFields, reads: z.array(fileReadSchema) });
/** Up to version 2: the text of all attempts of a step in one. */
export const oldRecordSchema = z.object({
  stepId: idSchema,
  turnId: idSchema,
  url: z.string(),
  request: z.string(),
  chunks: z.array(z.object({ at: z.number(), text: z.string() })),
  droppedBytes: z.number(),
});

/** A record as a file holds it. */
export function writeFileRecord({ chunks, ...record }: AttemptRecord): z.infer<typeof fileRecordSchema> {
  return { ...record, reads: chunks.map(writeFileRead) };
}

/** A record of a file; null where its bytes cannot be read. */
export function readFileRecord({ reads, ...record }: z.infer<typeof fileRecordSchema>): AttemptRecord | null {
  const chunks: RecordedChunk[] = [];
  for (const read of reads) {
    const chunk = readFileRead(read);
    if (chunk === null) return null;
    chunks.push(chunk);
  }
  return { ...record, chunks };
}

/** What the database has of an attempt beside the parts of its bytes; null where it has another shape. */
export async function readStoredFacts(value: unknown): Promise<StoredRecord | null> {
  const stored = z.safeParse(storedFactsSchema, value);
  if (!stored.success) return null;
  const { reads, ...own } = stored.data;
  if (reads === undefined) return { ...own, parts: [] };
  const part = { index: 0, reads };
  // An older record holds all its bytes or is of no use; the step says that it has none.
  return (await unpackPart(part)) === null ? null : { ...own, parts: [part] };
}

/** Some of an attempt's bytes; null where they have another shape: the record ends before them. */
export function readStoredPart(index: number, value: unknown): StoredPart | null {
  const stored = z.safeParse(storedReadsSchema, value);
  return stored.success ? { index, reads: stored.data } : null;
}

/** An old record as the only attempt of its step. How its bytes were read was not kept, so it cannot be replayed. */
export function fromOldRecord(old: z.infer<typeof oldRecordSchema>): RecordPieces {
  const { stepId, url, request, droppedBytes, chunks } = old;
  const own: RecordFacts = {
    stepId,
    attempt: 1,
    url,
    request,
    speech: null,
    thinkTags: "auto",
    isStreamed: true,
    head: null,
    droppedBytes,
    end: null,
  };
  const reads = chunks.map(({ at, text }) => ({ at, bytes: new TextEncoder().encode(text) }));
  return { facts: own, parts: [{ index: 0, chunks: reads }] };
}
