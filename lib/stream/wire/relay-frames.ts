/** The two frames that Vitrine's relay writes around the upstream's bytes. */
import * as z from "zod/mini";

import type { ResponseHead, RunError } from "@/lib/stream/turn/event";
import { parseJson } from "@/lib/stream/turn/json-read";
import { runErrorSchema } from "@/lib/stream/turn/run-error-schema";

const relayHeadSchema = z.object({
  status: z.number(),
  contentType: z.string(),
  requestId: z.optional(z.string()),
  connectMs: z.nullable(z.number()),
  headersMs: z.number(),
});
const relayErrorSchema = z.object({ error: runErrorSchema });

/** `data` of the `event: relay-head` frame. ms; `connectMs` null = a kept-alive socket was used. */
export type RelayHead = Readonly<z.infer<typeof relayHeadSchema>>;

/** `data` of the `event: relay-error` frame, which closes the stream. */
export type RelayError = Readonly<z.infer<typeof relayErrorSchema>>;

/** `data` of `event: relay-head`; null when it is not one. */
export function readRelayHead(data: string): ResponseHead | null {
  const head = relayHeadSchema.safeParse(parseJson(data));
  return head.success ? { ...head.data, requestId: head.data.requestId ?? null } : null;
}

/** `data` of `event: relay-error`; null when it is not one. */
export function readRelayError(data: string): RunError | null {
  const parsed = relayErrorSchema.safeParse(parseJson(data));
  return parsed.success ? parsed.data.error : null;
}
