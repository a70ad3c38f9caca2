import * as fc from "fast-check";
import { expect, it } from "vitest";

import { readBytes, writeBytes } from "./byte-text";

const joined = (pieces: ReturnType<typeof writeBytes>) =>
  Buffer.concat(pieces.map((piece) => readBytes(piece) ?? new Uint8Array([7])));

it("bytes of any kind are the same after they were written and read", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array(),
        fc.string({ unit: "binary" }).map((text) => Buffer.from(text)),
      ),
      (bytes) => {
        expect(joined(writeBytes(bytes))).toEqual(Buffer.from(bytes));
      },
    ),
  );
});

it("a text that is cut anywhere stays readable but for the character that is cut", () => {
  const bytes = Buffer.from("思う ☀ 😀 done");
  for (let at = 0; at <= bytes.length; at += 1) {
    const halves = [bytes.subarray(0, at), bytes.subarray(at)].map((half) => writeBytes(half));
    const hidden = halves
      .flat()
      .flatMap((piece) => ("base64" in piece ? [readBytes(piece)?.length ?? 99] : []));
    expect(hidden.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(4);
    expect(Buffer.concat(halves.map(joined))).toEqual(bytes);
  }
});

it("bytes that are no text are base64", () => {
  expect(writeBytes(new Uint8Array([0xff, 0xfe, 0x00]))).toEqual([{ base64: "//4A" }]);
});
