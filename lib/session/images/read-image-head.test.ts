import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  gif,
  jpeg,
  png,
  webpExtended,
  webpLossless,
  webpLossy,
} from "@/lib/session/__fixtures__/image-heads";

import { readImageHead } from "./read-image-head";

const KINDS = [
  ["PNG", "image/png", png],
  ["GIF", "image/gif", gif],
  ["JPEG", "image/jpeg", jpeg],
  ["lossy WebP", "image/webp", webpLossy],
  ["lossless WebP", "image/webp", webpLossless],
  ["extended WebP", "image/webp", webpExtended],
] as const;

describe.each(KINDS)("the first bytes of a %s", (_name, mediaType, write) => {
  it("give its type and its size", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 16_383 }),
        fc.integer({ min: 1, max: 16_383 }),
        (width, height) => {
          expect(readImageHead(write(width, height))).toEqual({ mediaType, width, height });
        },
      ),
    );
  });

  it("give nothing when they are truncated", () => {
    const whole = write(300, 200);
    for (let length = 0; length < whole.length; length += 1) {
      expect(readImageHead(whole.subarray(0, length))).toBeNull();
    }
  });

  it("are read from the middle of a larger buffer", () => {
    const whole = write(300, 200);
    const buffer = new Uint8Array(whole.length + 20);
    buffer.set(whole, 10);
    expect(readImageHead(buffer.subarray(10, 10 + whole.length))).toEqual({
      mediaType,
      width: 300,
      height: 200,
    });
  });
});

describe("what is no image", () => {
  it.each([
    ["nothing", ""],
    ["a PDF", "%PDF-1.7 and more text than a head has"],
    ["an SVG", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
    ["a RIFF file that is no WebP", "RIFF....WAVEfmt and more text than a head has"],
    ["a page that begins like a GIF's name", "GIF of the day"],
  ])("is refused: %s", (_name, text) => {
    expect(readImageHead(new TextEncoder().encode(text))).toBeNull();
  });

  it("never throws, whatever the bytes are and however they begin", () => {
    const starts = KINDS.map(([, , write]) => Array.from(write(5, 5).subarray(0, 20)));
    const bytes = fc.tuple(fc.constantFrom([], ...starts), fc.array(fc.nat(255), { maxLength: 60 }));
    fc.assert(
      fc.property(bytes, ([start, rest]) => {
        const head = readImageHead(Uint8Array.from([...start, ...rest]));
        expect(head === null || (head.width > 0 && head.height > 0)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
