import * as fc from "fast-check";
import { afterEach, expect, it, vi } from "vitest";

import { gatherReads } from "./gather-reads";

afterEach(() => {
  vi.useRealTimers();
});

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** A body that gives these pieces as fast as they are taken, then ends or breaks. */
function bodyOf(pieces: readonly Uint8Array[], error: Error | null = null) {
  const rest = [...pieces];
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = rest.shift();
      if (piece !== undefined) controller.enqueue(piece);
      else if (error === null) controller.close();
      else controller.error(error);
    },
  }).getReader();
}

it("gives any bytes unchanged, however they were cut", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 }), { maxLength: 20 }),
      async (pieces) => {
        const read: Uint8Array[] = [];
        for await (const bytes of gatherReads(bodyOf(pieces))) read.push(bytes);
        expect(Buffer.concat(read)).toEqual(Buffer.concat(pieces));
      },
    ),
    { numRuns: 100 },
  );
});

it("passes the first bytes on at once and joins those that follow closely", async () => {
  vi.useFakeTimers();
  const reads = gatherReads(bodyOf(["a", "b", "c"].map(bytesOf)));
  const texts: string[] = [];
  for await (const bytes of reads) texts.push(Buffer.from(bytes).toString());
  expect(texts).toEqual(["a", "bc"]);
});

it("gives all that came before the body broke, then its error", async () => {
  vi.useFakeTimers();
  const error = new Error("reset");
  const reads = gatherReads(bodyOf(["a", "b"].map(bytesOf), error));
  const texts: string[] = [];
  const reading = (async () => {
    for await (const bytes of reads) texts.push(Buffer.from(bytes).toString());
  })();
  await expect(reading).rejects.toBe(error);
  expect(texts).toEqual(["a", "b"]);
});

it("waits no longer than its few milliseconds for more", async () => {
  vi.useFakeTimers();
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const reads = gatherReads(readable.getReader());
  void writer.write(bytesOf("a"));
  expect(await reads.next()).toEqual({ done: false, value: bytesOf("a") });
  void writer.write(bytesOf("b"));
  const second = reads.next();
  await vi.advanceTimersByTimeAsync(6);
  expect(await second).toEqual({ done: false, value: bytesOf("b") });
});
