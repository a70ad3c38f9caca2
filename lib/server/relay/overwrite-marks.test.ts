import * as fc from "fast-check";
import { expect, it } from "vitest";

import { splitReads } from "@/lib/tape/split-reads";

import { openOverwriteMarks } from "./overwrite-marks";
import { createRedactor, redactBytes } from "./redact";
import { headFrame } from "./relay-stream";

const KEY = "sk-CANARY-7f3a9c";
const HEAD = headFrame({ status: 200, contentType: "text/event-stream", connectMs: null, headersMs: 1 });

/** What the relay would send of these chunks. */
function relayed(chunks: readonly Uint8Array[]): readonly Uint8Array[] {
  const marks = openOverwriteMarks();
  const redactor = createRedactor([KEY], marks.add);
  return [
    HEAD,
    ...chunks.flatMap((chunk) => [...marks.behind(redactor.push(chunk))]),
    ...marks.behind(redactor.flush()),
  ];
}

const word = fc.oneof(
  fc.constantFrom(
    KEY,
    Buffer.from(KEY).toString("base64"),
    encodeURIComponent(`${KEY}/`),
    "**",
    "s",
    "sk-",
    "☀",
  ),
  fc.string({ maxLength: 6 }),
);

it("every byte that was overwritten is named, and no other, however the stream is cut", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(word, { maxLength: 4 }), { minLength: 1, maxLength: 6 }),
      fc.constantFrom("\n\n", "\r\n\r\n"),
      fc.array(fc.nat(600), { maxLength: 12 }),
      (events, end, cuts) => {
        const text = events
          .map((words) => `data: ${JSON.stringify({ content: words.join("") })}${end}`)
          .join("");
        const bytes = Buffer.from(text);
        const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
        const chunks = ends.map((to, index) => bytes.subarray(ends[index - 1] ?? 0, to));
        const split = splitReads(
          relayed(chunks).map((each) => Uint8Array.from(each)),
          true,
        );
        const body = Buffer.concat(
          split.reads.flat().flatMap((piece) => (piece.from === "server" ? [piece.bytes] : [])),
        );
        expect(body).toEqual(redactBytes(bytes, [KEY]));
        const isNamed = (at: number) => split.overwritten.some(([from, to]) => from <= at && at < to);
        const changed = [...body.keys()].filter((at) => body[at] !== bytes[at]);
        expect(changed.filter((at) => !isNamed(at))).toEqual([]);
        expect(
          split.overwritten.every(([from, to]) => /^\*+$/u.test(body.subarray(from, to).toString())),
        ).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

it("the mark comes before the events behind the one in which the key stood", () => {
  const chunk = Buffer.from(`data: {"content":"${KEY}"}\n\ndata: [DONE]\n\n`);
  const sent = relayed([chunk])
    .slice(1)
    .map((bytes) => Buffer.from(bytes).toString());
  expect(sent).toEqual([
    `data: {"content":"${"*".repeat(KEY.length)}"}\n\n`,
    ": vitrine overwrote 18-34\n\n",
    "data: [DONE]\n\n",
  ]);
});

it("an answer in one piece gets no mark, whatever it holds", () => {
  const whole = Buffer.from(`{"content":"${KEY}"}\n\n`);
  expect(relayed([whole]).slice(1)).toHaveLength(1);
});
