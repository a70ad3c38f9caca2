/** The saved shape of what a run itself did: everything of a turn's events that is not read from an answer's bytes. */
import * as z from "zod/mini";

import type { TimedEvent } from "@/lib/stream/turn/event";
import { runErrorSchema } from "@/lib/stream/turn/run-error-schema";

import {
  callEditSchema,
  failReasonSchema,
  pauseSchema,
  questionSchema,
  requestSchema,
  resultSchema,
} from "./saved-turn";

const text = z.string();
const callFields = { stepId: text, id: text };

/** One event of a run and its time. */
export const runEventSchema: z.ZodMiniType<TimedEvent> = z.object({
  at: z.number(),
  event: z.discriminatedUnion("type", [
    z.object({ type: z.literal("step-start"), stepId: text, request: requestSchema }),
    z.object({ type: z.literal("step-queue"), behind: z.enum(["server", "stream"]) }),
    z.object({ type: z.literal("step-send") }),
    z.object({
      type: z.literal("retry"),
      attempt: z.number(),
      of: z.number(),
      delayMs: z.number(),
      error: runErrorSchema,
    }),
    z.object({ type: z.literal("step-end"), error: z.exactOptional(runErrorSchema) }),
    z.object({ type: z.literal("step-stop") }),
    z.object({ type: z.literal("step-fail"), error: runErrorSchema }),
    z.object({ type: z.literal("read-thought"), ...callFields }),
    z.object({ type: z.literal("tool-run-start"), ...callFields }),
    z.object({ type: z.literal("tool-run-progress"), ...callFields, text }),
    z.object({
      type: z.literal("tool-run-fail"),
      ...callFields,
      message: text,
      reason: z.exactOptional(failReasonSchema),
    }),
    z.object({ type: z.literal("tool-run-ask"), ...callFields, question: z.nullable(questionSchema) }),
    z.object({ type: z.literal("tool-run-hold"), ...callFields, result: resultSchema }),
    z.object({ type: z.literal("tool-result"), ...callFields, result: resultSchema }),
    z.object({ type: z.literal("call-edit"), ...callFields, edit: z.nullable(callEditSchema) }),
    z.object({ type: z.literal("loop-pause"), stepId: text, pause: pauseSchema }),
  ]),
});
