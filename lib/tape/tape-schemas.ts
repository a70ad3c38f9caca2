/** The shapes of a tape's lines, for reading. */
import * as z from "zod/mini";

import { jsonObjectSchema } from "@/lib/contract/json-schema";
import { endSchema, speechSchema } from "@/lib/run/saved/saved-attempt";
import { idSchema, setupSchema } from "@/lib/run/saved/saved-setup";
import { headSchema } from "@/lib/run/saved/saved-turn";
import type { JsonObject } from "@/lib/stream/turn/json";

import {
  AFTER_DATES,
  TAPE_FORMAT,
  TAPE_LIMITS,
  type TapeImageRef,
  type TapeLane,
  type TapeTool,
} from "./tape";

const text = z.string();
const NO_DATE = "it is not a date from 1970 to 9999, in ms since 1970";
const MOST_TEXTS = 1_000;

/** A time in whole µs since the tape's start. */
export const usSchema = z.int().check(z.nonnegative(), z.maximum(TAPE_LIMITS.us));

/** The header as far as it says what the file is. */
export const formatSchema = z.object({ format: z.literal(TAPE_FORMAT), version: z.number() });

const laneSchema: z.ZodMiniType<TapeLane> = z.object({
  label: text,
  setup: setupSchema,
  leaf: z.prefault(z.nullable(idSchema), null),
});

const toolSchema: z.ZodMiniType<TapeTool> = z.object({
  id: text,
  name: text,
  description: text,
  parameters: jsonObjectSchema,
  strict: z.nullable(z.boolean()),
  exampleResult: z.prefault(z.nullable(text), null),
});

/** The header line. */
export const headerSchema = z.object({
  format: z.literal(TAPE_FORMAT),
  version: z.number(),
  startedAt: z.number().check(z.minimum(0, NO_DATE), z.lt(AFTER_DATES, NO_DATE)),
  name: z.prefault(text, ""),
  source: z.prefault(text, ""),
  writtenBy: z.exactOptional(text.check(z.maxLength(TAPE_LIMITS.versionCharacters))),
  lanes: z.array(laneSchema),
  tools: z.prefault(z.array(toolSchema).check(z.maxLength(MOST_TEXTS)), []),
  speeches: z.prefault(z.array(speechSchema).check(z.maxLength(MOST_TEXTS)), []),
});

const pixels = z.int().check(z.positive());

const imageRefSchema: z.ZodMiniType<TapeImageRef> = z.object({
  id: z.string().check(z.regex(/^[\w-]{1,100}$/u)),
  name: text,
  mediaType: z.enum(["image/png", "image/jpeg", "image/webp", "image/gif"]),
  width: pixels,
  height: pixels,
  bytes: pixels,
});

/** A turn begins. */
export const turnSchema = z.object({
  id: idSchema,
  parent: z.prefault(z.nullable(idSchema), null),
  promptId: idSchema,
  prompt: text,
  images: z.prefault(z.array(imageRefSchema).check(z.maxLength(100)), []),
  setup: z.exactOptional(setupSchema),
  notes: z.prefault(z.array(text).check(z.maxLength(MOST_TEXTS)), []),
  sharedServer: z.prefault(z.boolean(), false),
});

/** A request is sent. */
export const requestSchema = z.object({
  step: idSchema,
  attempt: z.int().check(z.positive()),
  method: z.prefault(z.literal("POST"), "POST"),
  url: text,
  body: text,
  speech: z.nullable(z.int().check(z.nonnegative())),
  thinkTags: z.prefault(z.enum(["auto", "on", "off"]), "auto"),
  streamed: z.prefault(z.boolean(), true),
});

/** The data of each other kind. */
export const DATA = {
  head: headSchema,
  piece: z.union([z.object({ text }), z.object({ base64: text })]),
  end: endSchema,
  missing: z.object({
    what: z.enum(["attempt", "bytes", "end", "events"]),
    bytes: z.exactOptional(z.int().check(z.nonnegative(), z.maximum(Number.MAX_SAFE_INTEGER))),
  }),
  image: z.object({ id: z.string().check(z.regex(/^[\w-]{1,100}$/u)), base64: text }),
  marker: text.check(z.maxLength(10_000)),
} as const;

/** Where a value differs from its shape, and how, as a sentence. */
export function describeIssue(error: z.core.$ZodError): string {
  const issue = error.issues[0];
  const path = issue?.path.map(String).join(".") ?? "";
  const message = issue?.message ?? "has an unknown shape";
  return `${path === "" ? "its data" : `"${path.slice(0, 100)}"`} cannot be read (${message.slice(0, 200)}).`;
}

/** A sentence for each field of an object that is not among these. */
export function unknownFields(object: JsonObject, known: object): readonly string[] {
  return Object.keys(object)
    .filter((key) => key !== "at" && !Object.hasOwn(known, key))
    .map((key) => `the field "${key.slice(0, 60)}" is not known and was left out.`);
}
