/** Reads an image's type and size from its first bytes. A file's name and declared type are only claims. */
import type { ImageType } from "@/lib/session/store/session";

export type ImageHead = {
  readonly mediaType: ImageType;
  /** px as stored; a camera may ask to turn it. */
  readonly width: number;
  readonly height: number;
};

/** Reads PNG, JPEG, WebP and GIF; null for anything else and for a head that was cut off. Pure. */
export function readImageHead(bytes: Uint8Array): ImageHead | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = readPng(view) ?? readGif(view) ?? readWebp(view) ?? readJpeg(view);
  return head && head.width > 0 && head.height > 0 ? head : null;
}

/** https://www.w3.org/TR/png-3/#11IHDR: the size stands in the first chunk, always at the same place. */
function readPng(view: DataView): ImageHead | null {
  if (!hasText(view, 0, "\u0089PNG\r\n\u001A\n") || !hasText(view, 12, "IHDR") || view.byteLength < 24)
    return null;
  return { mediaType: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
}

function readGif(view: DataView): ImageHead | null {
  if (!hasText(view, 0, "GIF87a") && !hasText(view, 0, "GIF89a")) return null;
  if (view.byteLength < 10) return null;
  return { mediaType: "image/gif", width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** https://developers.google.com/speed/webp/docs/riff_container: three kinds of first chunk, each with its own size field. */
function readWebp(view: DataView): ImageHead | null {
  if (!hasText(view, 0, "RIFF") || !hasText(view, 8, "WEBP") || view.byteLength < 30) return null;
  const mediaType = "image/webp";
  if (hasText(view, 12, "VP8X")) {
    return { mediaType, width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
  }
  if (hasText(view, 12, "VP8L")) {
    const sizes = view.getUint32(21, true);
    return { mediaType, width: (sizes & 0x3f_ff) + 1, height: ((sizes >>> 14) & 0x3f_ff) + 1 };
  }
  if (!hasText(view, 12, "VP8 ")) return null;
  return {
    mediaType,
    width: view.getUint16(26, true) & 0x3f_ff,
    height: view.getUint16(28, true) & 0x3f_ff,
  };
}

/** The size stands in the frame header, behind any number of other segments: comments, a preview, color profiles. */
function readJpeg(view: DataView): ImageHead | null {
  if (!hasText(view, 0, "\u00FF\u00D8\u00FF")) return null;
  let at = 2;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isFrameHeader(marker)) {
      return { mediaType: "image/jpeg", width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    }
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** C0 to CF, but for the tables (C4, CC) and a reserved one (C8). */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function hasText(view: DataView, at: number, text: string): boolean {
  if (view.byteLength < at + text.length) return false;
  return Array.from(text).every((character, index) => view.getUint8(at + index) === character.charCodeAt(0));
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}
