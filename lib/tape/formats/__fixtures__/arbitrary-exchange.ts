/** Exchanges of every kind for the property tests: any bytes, any cuts, any times. */
import * as fc from "fast-check";

import type { Exchange, ExchangeChunk, ExchangeEnd } from "@/lib/tape/exchange";

const ENCODER = new TextEncoder();

/** Bodies as they occur: streams of any line ends, JSON, text with odd characters, and bytes that are not UTF-8. */
const body = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc
    .array(
      fc.constantFrom("data: {}", "event: x", ": c", "", "\r", " a", "\t", "é😀", "\u2028", "\uFEFF", "---"),
      {
        maxLength: 30,
      },
    )
    .chain((lines) => fc.constantFrom("\n", "\r\n", "\r").map((end) => ENCODER.encode(lines.join(end)))),
  fc.string({ unit: "binary", maxLength: 60 }).map((text) => ENCODER.encode(text)),
  fc.json().map((text) => ENCODER.encode(text)),
);

const headerName = fc.constantFrom("Content-Type", "X-Request-Id", "Server", "Date");
const headerValue = fc.oneof(
  fc.constantFrom("text/event-stream", "application/json", "a: b", ""),
  fc.string({ unit: "grapheme-ascii", maxLength: 20 }),
);

const end = fc.oneof(
  fc.constant("closed" as const),
  fc.constant("stopped" as const),
  fc.constant("broken" as const),
  fc.constant(null),
);

type Cuts = {
  readonly bytes: Uint8Array;
  readonly cuts: readonly number[];
  readonly gaps: readonly number[];
};

function chunksOf({ bytes, cuts, gaps }: Cuts): readonly ExchangeChunk[] {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].toSorted((a, b) => a - b);
  const bounds = [0, ...places.filter((place) => place > 0 && place < bytes.length), bytes.length];
  let us = 0;
  return bounds.slice(1).flatMap((to, index) => {
    const from = bounds[index] ?? 0;
    if (to === from) return [];
    us += gaps[index % gaps.length] ?? 0;
    return [{ us, bytes: Uint8Array.from(bytes.subarray(from, to)) }];
  });
}

/** Any exchange with measured times. */
export const arbitraryExchange: fc.Arbitrary<Exchange> = fc
  .record({
    bytes: body,
    cuts: fc.array(fc.nat(), { maxLength: 6 }),
    gaps: fc.array(fc.nat({ max: 2_000_000 }), { minLength: 1, maxLength: 4 }),
    how: end,
    requestBody: fc.oneof(fc.json(), fc.string({ unit: "grapheme", maxLength: 40 })),
    startedAt: fc.option(fc.integer({ min: 0, max: 4_000_000_000_000 }), { nil: null }),
    status: fc.integer({ min: 100, max: 599 }),
    statusText: fc.constantFrom("OK", "", "Bad Gateway"),
    headers: fc.uniqueArray(fc.tuple(headerName, headerValue), { maxLength: 4, selector: ([name]) => name }),
    headShare: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
  })
  .map(buildExchange);

type Ingredients = Cuts &
  Pick<Exchange, "requestBody" | "startedAt" | "status" | "statusText" | "headers"> & {
    readonly how: ExchangeEnd["how"] | null;
    readonly headShare: number | null;
  };

function buildExchange(made: Ingredients): Exchange {
  const { bytes, cuts, gaps, how, headShare, ...rest } = made;
  const chunks = chunksOf({ bytes, cuts, gaps });
  const firstUs = chunks[0]?.us ?? 0;
  const lastUs = chunks.at(-1)?.us ?? 0;
  return {
    method: "POST",
    url: "https://api.example.com/v1/chat/completions?alt=sse",
    requestHeaders: [["Content-Type", "application/json"]],
    ...rest,
    headUs: headShare === null ? null : Math.floor(firstUs * headShare),
    chunks,
    timing: "measured",
    end: how === null ? null : endOf(how, lastUs + 5),
  };
}

function endOf(how: ExchangeEnd["how"], us: number): ExchangeEnd {
  return how === "broken" ? { us, how, message: "The connection was reset." } : { us, how };
}
