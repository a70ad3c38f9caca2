/**
 * Text as a part of an address: one character for the version of this format, then the text compressed with
 * deflate and written as base64url. Nothing in it needs to be escaped.
 */
import { fromBase64, toBase64 } from "./base64";

/** The version that is written. */
export const PACKED_VERSION = "1";

export type Unpacked =
  | { readonly ok: true; readonly text: string }
  /** `version`: what stands in its place. */
  | { readonly ok: false; readonly why: "version"; readonly version: string }
  /** Cut off, changed, or never packed. */
  | { readonly ok: false; readonly why: "damaged" }
  | { readonly ok: false; readonly why: "too-large" };

/** Packs text. */
export async function packText(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const base64 = toBase64(new Uint8Array(await new Response(stream).arrayBuffer()));
  return `${PACKED_VERSION}${base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

/** Text that was packed. Stops reading once it is longer than `maxBytes` of UTF-8. Never rejects. */
export async function unpackText(packed: string, maxBytes: number): Promise<Unpacked> {
  const version = packed.slice(0, 1);
  if (version !== PACKED_VERSION) return { ok: false, why: "version", version };
  const base64url = packed.slice(1);
  const base64 = base64url.replaceAll("-", "+").replaceAll("_", "/");
  const bytes = /^[\w-]+$/u.test(base64url) ? fromBase64(base64) : null;
  return bytes === null ? DAMAGED : inflate(bytes, maxBytes);
}

const DAMAGED: Unpacked = { ok: false, why: "damaged" };

async function inflate(bytes: Uint8Array<ArrayBuffer>, maxBytes: number): Promise<Unpacked> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = stream.getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let text = "";
  let size = 0;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      size += read.value.length;
      if (size > maxBytes) {
        await reader.cancel();
        return { ok: false, why: "too-large" };
      }
      text += decoder.decode(read.value, { stream: true });
    }
    return { ok: true, text: text + decoder.decode() };
  } catch {
    return DAMAGED;
  }
}
