/** `POST /api/count`: tokens of a request as its provider's own counter says. No model runs. */
import * as z from "zod/mini";

import { DIALECT_IDS } from "@/lib/providers/dialect-id";

/** A preset's own address only: nobody knows whether another server has the counter. */
export const countRequestSchema = z.strictObject({
  provider: z.string().check(z.minLength(1), z.maxLength(64)),
  dialect: z.enum(DIALECT_IDS),
  model: z.string().check(z.minLength(1), z.maxLength(500)),
  /** A model's request, as it would go out in this dialect. */
  body: z.record(z.string(), z.unknown()),
});

/** Reply of `POST /api/count`. */
export const countReplySchema = z.object({ tokens: z.number() });

/** Counts that Vitrine asks for within a minute at most. */
export const MOST_COUNTS_A_MINUTE = 40;
