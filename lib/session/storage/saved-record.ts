/** The saved shape of an attempt's record, in the database and in files, and what older versions wrote. */
import * as z from "zod/mini";

import type { Speech } from "@/lib/providers/provider";
import type { AttemptRecord, RecordedChunk, RecordedEnd } from "@/lib/run/record";
import type { ResponseHead } from "@/lib/stream/turn/event";
import { runErrorSchema } from "@/lib/stream/turn/run-error-schema";

import { jsonObjectSchema } from "./json-schema";
import { fileReadSchema, readFileRead, storedReadsSchema, unpackReads, writeFileRead } from "./record-parts";
import { dialectSchema, idSchema } from "./saved-session";
import { headSchema } from "./saved-turn";

const looseSpeechSchema = z.object({ dialect: dialectSchema, quirks: jsonObjectSchema });
// Quirks are told from each other by their own types only: a reader takes what it knows of them.
const speechSchema = z.custom<Speech>(
  (value) => z.safeParse(looseSpeechSchema, value).success,
  "is no dialect with its quirks",
);

const endSchema: z.ZodMiniType<RecordedEnd> = z.discriminatedUnion("how", [
  z.object({ how: z.literal("closed"), at: z.number() }),
  z.object({ how: z.literal("left-open"), at: z.number() }),
  z.object({ how: z.literal("stopped"), at: z.number() }),
  z.object({ how: z.literal("broken"), at: z.number(), error: runErrorSchema }),
]);

const facts = {
  stepId: idSchema,
  attempt: z.int().check(z.positive()),
  url: z.string(),
  request: z.string(),
  speech: z.nullable(speechSchema),
  thinkTags: z.enum(["auto", "on", "off"]),
  isStreamed: z.boolean(),
  head: z.nullable(headSchema satisfies z.ZodMiniType<ResponseHead>),
  droppedBytes: z.number(),
  end: z.nullable(endSchema),
};

/** An attempt in the database, with its bytes as they are stored. */
export const storedRecordSchema = z.object({ ...facts, reads: storedReadsSchema });
/** An attempt in a file. */
export const fileRecordSchema = z.object({ ...facts, reads: z.array(fileReadSchema) });
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

/** A record of the database; null where it has another shape, or its bytes are damaged. */
export async function readStoredRecord(value: unknown): Promise<AttemptRecord | null> {
  const stored = z.safeParse(storedRecordSchema, value);
  if (!stored.success) return null;
  const { reads, ...record } = stored.data;
  try {
    return { ...record, chunks: await unpackReads(reads) };
  } catch {
    // Damaged bytes are no record; the step says that it has none.
    return null;
  }
}

/** An old record as the only attempt of its step. How its bytes were read was not kept, so it cannot be replayed. */
export function fromOldRecord(old: z.infer<typeof oldRecordSchema>): AttemptRecord {
  const { stepId, url, request, droppedBytes, chunks } = old;
  return {
    stepId,
    attempt: 1,
    url,
    request,
    speech: null,
    thinkTags: "auto",
    isStreamed: true,
    head: null,
    chunks: chunks.map(({ at, text }) => ({ at, bytes: new TextEncoder().encode(text) })),
    droppedBytes,
    end: null,
  };
}
