/** Times for a body that has none: its frames follow each other evenly, so that it can be watched. */
import { sniffBody } from "@/lib/stream/wire/sniff-body";
import type { Exchange, ExchangeChunk } from "@/lib/tape/exchange";

import { cutIntoFrames } from "./body-bytes";

/** 50 frames a second, in µs: about the pace at which people read along. */
const GAP_US = 20_000;
/** A long answer is hurried, so that nobody waits for more than a minute, in µs. */
const LONGEST_INVENTED_US = 60e6;

/** What a file knows about the times of a body: when its head came and when it ended, in µs since the send, or nothing. */
export type KnownTimes = { readonly headUs: number | null; readonly endUs: number | null };

/** The body in chunks with even times between what is known. An event stream is cut into its frames, all else stays whole. */
export function spreadEvenly(
  body: Uint8Array<ArrayBuffer>,
  contentType: string,
  known: KnownTimes,
): Pick<Exchange, "chunks" | "timing" | "end" | "headUs"> {
  const start = new TextDecoder().decode(body.subarray(0, 512));
  const pieces =
    sniffBody(start, contentType) === "sse" ? cutIntoFrames(body) : body.length > 0 ? [body] : [];
  const from = known.headUs ?? 0;
  const whole = Math.min(pieces.length * GAP_US, LONGEST_INVENTED_US);
  const endUs = Math.round(Math.max(from, known.endUs ?? from + whole));
  const step = pieces.length === 0 ? 0 : (endUs - from) / pieces.length;
  const chunks = pieces.map((bytes, index): ExchangeChunk => {
    const us = index === pieces.length - 1 ? endUs : Math.round(from + step * (index + 1));
    return { us, bytes };
  });
  return { headUs: known.headUs, chunks, timing: "missing", end: { us: endUs, how: "closed" } };
}
