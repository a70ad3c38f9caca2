/** The first bytes of images, as far as their size is told there. */
import type { ImageBytes, NewImage } from "@/lib/session/store/session";

export function png(width: number, height: number, tail = ""): ImageBytes {
  return bytesOf("\u0089PNG\r\n\u001A\n", [0, 0, 0, 13], "IHDR", big(width, 4), big(height, 4), tail);
}

export function gif(width: number, height: number): ImageBytes {
  return bytesOf("GIF89a", little(width, 2), little(height, 2));
}

/** A JPEG whose frame header stands behind a comment and a quantization table. */
export function jpeg(width: number, height: number): ImageBytes {
  const comment = bytesOf([0xff, 0xfe], big(7, 2), "hello");
  const table = bytesOf([0xff, 0xdb], big(4, 2), [0, 1]);
  return bytesOf([0xff, 0xd8], comment, table, [0xff, 0xc2], big(17, 2), [8], big(height, 2), big(width, 2));
}

/** A lossy WebP. */
export function webpLossy(width: number, height: number): ImageBytes {
  const frame = bytesOf([0, 0, 0], [0x9d, 0x01, 0x2a], little(width, 2), little(height, 2));
  return bytesOf("RIFF", little(0, 4), "WEBP", "VP8 ", little(10, 4), frame);
}

export function webpLossless(width: number, height: number): ImageBytes {
  const sizes = little(((height - 1) << 14) | (width - 1), 4);
  return bytesOf("RIFF", little(0, 4), "WEBP", "VP8L", little(10, 4), [0x2f], sizes, little(0, 5));
}

export function webpExtended(width: number, height: number): ImageBytes {
  const sizes = bytesOf(little(width - 1, 3), little(height - 1, 3));
  return bytesOf("RIFF", little(0, 4), "WEBP", "VP8X", little(10, 4), little(0, 4), sizes);
}

/** A PNG as it is attached. */
export function attached(name: string, width = 40, height = 30): NewImage {
  return { name, mediaType: "image/png", width, height, bytes: png(width, height, name) };
}

function bytesOf(...pieces: readonly (string | ArrayLike<number>)[]): ImageBytes {
  return Uint8Array.from(
    pieces.flatMap((piece) =>
      typeof piece === "string"
        ? Array.from(piece, (character) => character.charCodeAt(0))
        : Array.from(piece),
    ),
  );
}

function big(value: number, bytes: number): readonly number[] {
  return little(value, bytes).toReversed();
}

function little(value: number, bytes: number): readonly number[] {
  return Array.from({ length: bytes }, (_, index) => Math.floor(value / 256 ** index) % 256);
}
