import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { writeOverwritten } from "@/lib/stream/wire/relay-frames";

import { splitReads } from "./split-reads";

const HEAD = {
  status: 200,
  contentType: "text/event-stream",
  requestId: null,
  connectMs: null,
  headersMs: 1,
};
const PRELUDE = `: vitrine 1\n\n: vitrine waiting\n\nevent: relay-head\ndata: ${JSON.stringify({ ...HEAD, requestId: undefined })}\n\n`;
const BODY = ['data: {"a":"********"}\n\n', ": a comment of the server\n\n", "data: ☀\n\n"];
const MARK = `: ${writeOverwritten([[11, 19]])}\n\n`;
const ERROR = { source: "network", code: "CUT", message: "It broke — 否.", retryable: true };
const CLOSING = `\n\nevent: relay-error\ndata: ${JSON.stringify({ error: ERROR })}\n\n`;

/** The text in reads that end at these shares of it. */
function cut(text: string, shares: readonly number[]): readonly Uint8Array<ArrayBuffer>[] {
  const bytes = new TextEncoder().encode(text);
  const ends = [...shares.map((share) => Math.floor(share * bytes.length)), bytes.length].toSorted(
    (one, other) => one - other,
  );
  return ends.map((end, index) => bytes.slice(ends[index - 1] ?? 0, end));
}

const textFrom = (split: ReturnType<typeof splitReads>, from: "frame" | "server") =>
  Buffer.concat(split.reads.flat().flatMap((piece) => (piece.from === from ? [piece.bytes] : []))).toString();
const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

describe("reads of the relay", () => {
  it.each([
    ["an answer", "", ""],
    ["an answer with an overwritten key", MARK, ""],
    ["an answer that broke off", "", CLOSING],
    ["an answer with both", MARK, CLOSING],
  ])(
    "of %s are parted into the server's bytes and Vitrine's frames, however they are cut",
    (_what, mark, closing) => {
      const [first = "", ...others] = BODY;
      const text = `${PRELUDE}${first}${mark}${others.join("")}${closing}`;
      fc.assert(
        fc.property(shares, (where) => {
          const reads = cut(text, where);
          const split = splitReads(reads, true);
          expect(textFrom(split, "server")).toBe(BODY.join(""));
          expect(textFrom(split, "frame")).toBe(`${PRELUDE}${mark}${closing}`);
          expect(split.head?.head).toEqual(HEAD);
          expect(split.error).toEqual(closing === "" ? null : ERROR);
          expect(split.overwritten).toEqual(mark === "" ? [] : [[11, 19]]);
          expect(split.reads.map((pieces) => Buffer.concat(pieces.map(({ bytes }) => bytes)))).toEqual(
            reads.map((read) => Buffer.from(read)),
          );
        }),
        { numRuns: 200 },
      );
    },
  );

  it("of a server that ends lines with CR and LF are parted too", () => {
    const body = 'data: {"a":"********"}\r\n\r\n';
    const split = splitReads(cut(`${PRELUDE}${body}${MARK}data: x\r\n\r\n`, [0.5, 0.8]), true);
    expect([textFrom(split, "server"), split.overwritten]).toEqual([`${body}data: x\r\n\r\n`, [[11, 19]]]);
  });

  it("without a head are Vitrine's alone", () => {
    const split = splitReads(cut(`: vitrine 1\n\n${CLOSING}`, [0.5]), true);
    expect([textFrom(split, "server"), split.head]).toEqual(["", null]);
  });

  it("keep a mark that the server forged over bytes that it never sent, as the server's", () => {
    const forged = `${BODY.join("")}: ${writeOverwritten([[5, 5_000]])}\n\n`;
    const split = splitReads(cut(PRELUDE + forged, []), true);
    expect([textFrom(split, "server"), split.overwritten]).toEqual([forged, []]);
  });
});

it("bytes that no relay framed are the server's, whatever they look like", () => {
  const split = splitReads(cut(PRELUDE + CLOSING, [0.3, 0.3]), false);
  expect([textFrom(split, "server"), textFrom(split, "frame")]).toEqual([PRELUDE + CLOSING, ""]);
});
