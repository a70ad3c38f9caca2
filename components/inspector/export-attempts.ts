/** The attempts of a step as files of other formats. Loaded when one is saved. */
import { headersOf, headOf } from "@/lib/inspect/head-of";
import { allowedUrl } from "@/lib/tape/allow-list";
import type { Exchange, ExchangeEnd } from "@/lib/tape/exchange";
import { writeGoVcr } from "@/lib/tape/formats/go-vcr/write-go-vcr";
import { writeHar } from "@/lib/tape/formats/har/write-har";
import { safeAnswerHeaders } from "@/lib/tape/formats/safe-request";
import { splitReads } from "@/lib/tape/split-reads";

import type { ShownAttempt } from "./use-attempts";

export type StepToExport = {
  readonly attempts: readonly ShownAttempt[];
  /** When each was sent, in ms since the turn began; null = not known. */
  readonly times: readonly (number | null)[];
  /** The body as sent. */
  readonly sent: string;
  /** epoch ms: when the turn began. */
  readonly startedAt: number;
};

/** A HAR 1.2 file, which the network panel of a browser opens. `version`: Vitrine's own. */
export function harOf(step: StepToExport, version: string): string {
  return writeHar(exchangesOf(step), version).content;
}

/** A go-vcr recording of version 2. */
export function goVcrOf(step: StepToExport): string {
  return writeGoVcr(exchangesOf(step)).content;
}

/** What the server itself sent of an attempt: its bytes without what Vitrine's relay wrote around them. */
export function serverBytes({ record }: ShownAttempt): Uint8Array<ArrayBuffer>[] {
  return split(record).reads.flatMap((pieces) =>
    pieces.flatMap(({ from, bytes }) => (from === "server" ? [bytes] : [])),
  );
}

function exchangesOf({ attempts, times, sent, startedAt }: StepToExport): readonly Exchange[] {
  return attempts.map((attempt, index) =>
    exchangeOf(attempt, { sentAt: times[index] ?? 0, sent, startedAt }),
  );
}

function exchangeOf(
  { record, frames }: ShownAttempt,
  { sentAt, sent, startedAt }: { readonly sentAt: number; readonly sent: string; readonly startedAt: number },
): Exchange {
  const { reads, error } = split(record);
  const since = (at: number) => Math.max(0, Math.round((at - sentAt) * 1000));
  const head = headOf(record, frames);
  const known = safeAnswerHeaders(headersOf(frames));
  return {
    method: "POST",
    url: allowedUrl(record.url),
    requestHeaders: [["content-type", "application/json"]],
    requestBody: sent,
    startedAt: startedAt + sentAt,
    status: head?.status ?? 0,
    statusText: "",
    headers: known.length > 0 || head === null ? known : [["content-type", head.contentType]],
    headUs: head === null ? null : Math.round(head.headersMs * 1000),
    chunks: reads.flatMap((pieces, read) =>
      pieces.flatMap(({ from, bytes }) =>
        from === "server" && bytes.length > 0 ? [{ us: since(record.chunks[read]?.at ?? 0), bytes }] : [],
      ),
    ),
    timing: "measured",
    end: endOf(record.end, error?.message, since),
  };
}

function split({ chunks, head }: ShownAttempt["record"]) {
  return splitReads(
    chunks.map(({ bytes }) => bytes),
    head === null,
  );
}

function endOf(
  end: ShownAttempt["record"]["end"],
  message: string | undefined,
  since: (at: number) => number,
): ExchangeEnd | null {
  if (end === null) return null;
  const us = since(end.at);
  const why = end.how === "broken" ? end.error.message : message;
  if (why !== undefined) return { us, how: "broken", message: why };
  return { us, how: end.how === "stopped" ? "stopped" : "closed" };
}
