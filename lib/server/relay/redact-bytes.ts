/** Overwrites sequences of bytes, however they are cut. Pure. */
export type Redactor = {
  /** The bytes that are safe to send on; some may stay behind. */
  readonly push: (chunk: Uint8Array) => Uint8Array;
  /** What stayed behind; the stream is over. */
  readonly flush: () => Uint8Array;
};

/** Called with each range of bytes that is overwritten, counted in the stream from 0. Ranges may overlap. */
export type OnOverwrite = (from: number, to: number) => void;

const FILLER = 0x2a; // *

/**
 * Overwrites every byte that belongs to one of these texts with `*`, so lengths stay as they were. However the bytes
 * are split into chunks, the result is the same. Bytes are held back only while they could be the beginning
 * of one, at most its length minus one.
 */
export function createByteRedactor(texts: readonly string[], onOverwrite?: OnOverwrite): Redactor {
  const needles = [...new Set(texts)].map((text) => Buffer.from(text));
  let held: Uint8Array = new Uint8Array();
  /** Bytes at the start of `held` that belong to a secret which began before it. */
  let heldCovered = 0;
  /** Bytes of the stream before `held`. */
  let offset = 0;

  const overwrite = (bytes: Uint8Array, keep: number): Uint8Array => {
    const spans = findSpans(bytes, needles);
    const safe = bytes.subarray(0, bytes.length - keep);
    const begun = spans.filter(({ start }) => start < safe.length);
    const covered = heldCovered > 0 ? [{ start: 0, end: heldCovered }, ...begun] : begun;
    held = bytes.subarray(safe.length);
    heldCovered = Math.max(0, ...covered.map(({ end }) => end - safe.length));
    const before = offset;
    offset += safe.length;
    if (covered.length === 0) return safe;
    // A copy: the chunk is the caller's.
    const output = new Uint8Array(safe);
    for (const { start, end } of covered) {
      output.fill(FILLER, start, end);
      if (start < safe.length) onOverwrite?.(before + start, before + Math.min(end, safe.length));
    }
    return output;
  };

  return {
    push(chunk) {
      if (needles.length === 0) return chunk;
      const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      return overwrite(bytes, beginningAtEnd(bytes, needles));
    },
    flush: () => overwrite(held, 0),
  };
}

type Span = { readonly start: number; readonly end: number };

function findSpans(bytes: Uint8Array, needles: readonly Buffer[]): readonly Span[] {
  const haystack = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return needles.flatMap((needle) => {
    const spans: Span[] = [];
    for (let start = haystack.indexOf(needle); start !== -1; start = haystack.indexOf(needle, start + 1)) {
      spans.push({ start, end: start + needle.length });
    }
    return spans;
  });
}

/** Length of the longest end of `bytes` that a secret begins with, short of the whole secret. */
function beginningAtEnd(bytes: Uint8Array, needles: readonly Buffer[]): number {
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Math.max(0, ...needles.map((needle) => beginningOf(needle, tail)));
}

function beginningOf(needle: Buffer, tail: Buffer): number {
  for (let length = Math.min(needle.length - 1, tail.length); length > 0; length -= 1) {
    const start = tail.length - length;
    if (tail[start] === needle[0] && needle.subarray(0, length).equals(tail.subarray(start))) return length;
  }
  return 0;
}
