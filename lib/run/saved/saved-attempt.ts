/** The saved shape of an attempt's facts. */
import * as z from "zod/mini";

import { jsonObjectSchema } from "@/lib/contract/json-schema";
import type { Quirks, Speech } from "@/lib/providers/provider";
import type { RecordedEnd } from "@/lib/run/record";
import type { ResponseHead } from "@/lib/stream/turn/event";
import { runErrorSchema } from "@/lib/stream/turn/run-error-schema";

import { dialectSchema, idSchema } from "./saved-setup";
import { headSchema } from "./saved-turn";

const timingsSchema: z.ZodMiniType<Quirks["timings"]> = z.nullable(
  z.enum(["llama-cpp", "groq", "azure", "time-info"]),
);
const looseSpeechSchema = z.object({
  dialect: dialectSchema,
  // Of all quirks only this one is used to read an answer.
  quirks: z.intersection(jsonObjectSchema, z.looseObject({ timings: timingsSchema })),
});
/** A dialect and its quirks as they were saved. Only their own types distinguish the other quirks. */
export const speechSchema = z.custom<Speech>(
  (value) => z.safeParse(looseSpeechSchema, value).success,
  "is not a dialect with its quirks",
);

/** How an attempt ended, as it was saved. */
export const endSchema: z.ZodMiniType<RecordedEnd> = z.discriminatedUnion("how", [
  z.object({ how: z.literal("closed"), at: z.number() }),
  z.object({ how: z.literal("left-open"), at: z.number() }),
  z.object({ how: z.literal("stopped"), at: z.number() }),
  z.object({ how: z.literal("broken"), at: z.number(), error: runErrorSchema }),
]);

/** What is saved of an attempt beside its bytes. */
export const attemptFields = {
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
