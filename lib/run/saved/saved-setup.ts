/** The saved shape of a lane's settings. */
import * as z from "zod/mini";

import { jsonObjectSchema } from "@/lib/contract/json-schema";
import { bindingSchema } from "@/lib/contract/tool-binding";
import { DIALECT_IDS, type DialectId } from "@/lib/providers/dialect-id";
import { DEFAULT_LIMITS, type LaneSetup, type RunLimits } from "@/lib/providers/provider";
import { MOST_CALLS, MOST_STEPS } from "@/lib/stream/turn/bounds";
import type { ToolChoice } from "@/lib/tools/tool";

/** An id as it was saved. */
export const idSchema = z.string().check(z.minLength(1), z.maxLength(200));
const textOrNull = z.nullable(z.string());
const figureOrNull = z.nullable(z.number());

const toolChoiceSchema: z.ZodMiniType<ToolChoice> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("auto") }),
  z.object({ kind: z.literal("none") }),
  z.object({ kind: z.literal("required") }),
  z.object({ kind: z.literal("named"), name: z.string(), enforce: z.boolean() }),
]);

/** The name of a dialect. */
export const dialectSchema: z.ZodMiniType<DialectId> = z.enum(DIALECT_IDS);

/** A limit within the bounds of its field. A larger one is read as the bound, so that what was saved with it still opens. */
const limitUpTo = (most: number) =>
  z.pipe(
    z.int().check(z.positive()),
    z.transform((limit) => Math.min(limit, most)),
  );

const limitsSchema: z.ZodMiniType<RunLimits> = z.object({
  steps: limitUpTo(MOST_STEPS),
  calls: limitUpTo(MOST_CALLS),
});

/** The settings of a lane as they were saved. */
export const setupFields = {
  provider: z.string(),
  endpoint: textOrNull,
  dialect: z.nullable(dialectSchema),
  model: z.string(),
  system: z.string(),
  effort: textOrNull,
  thinkingTokens: figureOrNull,
  maxTokens: figureOrNull,
  samplers: jsonObjectSchema,
  tools: z.array(z.string()),
  toolChoice: toolChoiceSchema,
  parallelToolCalls: z.nullable(z.boolean()),
  thinkTags: z.nullable(z.boolean()),
  webSearch: z.boolean(),
  responseSchema: z.nullable(jsonObjectSchema),
  limits: limitsSchema,
  bindings: z.record(z.string(), bindingSchema),
  answeredBy: z.enum(["tools", "person"]),
};

/** The settings of a lane as they were saved, with what older versions lack. */
export const setupSchema: z.ZodMiniType<LaneSetup> = z.object({
  ...setupFields,
  // Absent up to version 2.
  responseSchema: z.prefault(setupFields.responseSchema, null),
  limits: z.prefault(setupFields.limits, DEFAULT_LIMITS),
  // Absent up to version 3.
  bindings: z.prefault(setupFields.bindings, {}),
  answeredBy: z.prefault(setupFields.answeredBy, "tools"),
});
