import * as z from "zod/mini";

import type { RunError } from "./event";

/** A `RunError` that crossed a wire or a store. Unknown fields are left out. */
export const runErrorSchema: z.ZodMiniType<RunError> = z.object({
  source: z.enum(["app", "network", "provider"]),
  code: z.string(),
  message: z.string(),
  retryable: z.boolean(),
  status: z.exactOptional(z.number()),
  inStatus: z.exactOptional(z.number()),
  requestId: z.exactOptional(z.string()),
  retryAfterMs: z.exactOptional(z.number()),
  detail: z.exactOptional(z.string()),
});
