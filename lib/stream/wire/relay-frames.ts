/** What Vitrine's relay writes around the upstream's bytes: two frames, and a comment where it overwrote a key. */
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
  /** The upstream's headers as name and value, without cookies. Absent in older records. */
  headers: z.optional(z.array(z.tuple([z.string(), z.string()]))),
});
const relayErrorSchema = z.object({ error: runErrorSchema });

/** `data` of the `event: relay-head` frame. ms; `connectMs` null = a kept-alive socket was used. */
export type RelayHead = Readonly<z.infer<typeof relayHeadSchema>>;

/** `data` of the `event: relay-error` frame, which closes the stream. */
export type RelayError = Readonly<z.infer<typeof relayErrorSchema>>;

/** `data` of `event: relay-head`; null when it is not one. */
export function readRelayHead(data: string): ResponseHead | null {
  const head = relayHeadSchema.safeParse(parseJson(data));
  if (!head.success) return null;
  const { status, contentType, requestId = null, connectMs, headersMs } = head.data;
  return { status, contentType, requestId, connectMs, headersMs };
}

/** The upstream's headers in the `data` of `event: relay-head`; none where it does not have them. */
export function readRelayHeaders(data: string): readonly (readonly [name: string, value: string])[] {
  const head = relayHeadSchema.safeParse(parseJson(data));
  return head.success ? (head.data.headers ?? []) : [];
}

/** `data` of `event: relay-error`; null when it is not one. */
export function readRelayError(data: string): RunError | null {
  const parsed = relayErrorSchema.safeParse(parseJson(data));
  return parsed.success ? parsed.data.error : null;
}

/** From the first byte up to and without the second, counted in the upstream's own bytes from 0. */
export type ByteRange = readonly [from: number, to: number];

const OVERWROTE = "vitrine overwrote ";
const RANGES = /^\d{1,12}-\d{1,12}(?:,\d{1,12}-\d{1,12}){0,999}$/u;

/** The comment that marks bytes in which a key was overwritten. It stands between two events, behind these bytes. */
export function writeOverwritten(ranges: readonly ByteRange[]): string {
  return `${OVERWROTE}${ranges.map(([from, to]) => `${String(from)}-${String(to)}`).join(",")}`;
}

/** The ranges of such a comment; null when it is not one. */
export function readOverwritten(comment: string): readonly ByteRange[] | null {
  const list = comment.slice(OVERWROTE.length);
  if (!comment.startsWith(OVERWROTE) || !RANGES.test(list)) return null;
  const ranges = list.split(",").map((range): ByteRange => {
    const [from = 0, to = 0] = range.split("-").map(Number);
    return [from, to];
  });
  return ranges.every(([from, to]) => from < to) ? ranges : null;
}
