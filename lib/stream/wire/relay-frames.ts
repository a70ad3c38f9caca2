/** The two frames that Vitrine's relay writes around the upstream's bytes. */
import * as z from "zod/mini";

import type { ResponseHead, RunError } from "@/lib/stream/turn/event";
import { parseJson } from "@/lib/stream/turn/json-read";
import { runErrorSchema } from "@/lib/stream/turn/run-error-schema";

const headSchema = z.object({
  status: z.number(),
  contentType: z.string(),
  requestId: z.optional(z.string()),
  connectMs: z.nullable(z.number()),
  headersMs: z.number(),
});
const errorSchema = z.object({ error: runErrorSchema });

/** `data` of `event: relay-head`; null when it is not one. */
export function readRelayHead(data: string): ResponseHead | null {
  const head = headSchema.safeParse(parseJson(data));
  return head.success ? { ...head.data, requestId: head.data.requestId ?? null } : null;
}

/** `data` of `event: relay-error`; null when it is not one. */
export function readRelayError(data: string): RunError | null {
  const parsed = errorSchema.safeParse(parseJson(data));
  return parsed.success ? parsed.data.error : null;
}
