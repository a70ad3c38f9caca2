/** The text of a reply that a model gets. */
import { readBytes } from "@/lib/server/guard/read-bytes";
import { redactBytes, redactText } from "@/lib/server/relay/redact";

const MOST_BYTES = 1024 * 1024;
/** Read beyond what is given, so that no half of a secret stands at the end. */
const OVERLAP = 16 * 1024;

export type ReadResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string };

/** Reads a reply up to 1 MB; a longer one is cut and says so. `secrets` are overwritten. Rejects as the stream does. */
export async function readResult(response: Response, secrets: readonly string[]): Promise<ReadResult> {
  const read = await readBytes(response.body, MOST_BYTES + OVERLAP);
  const type = response.headers.get("content-type") ?? "";
  const decoded = decode(read.bytes, type);
  if (decoded === null) {
    const [name = ""] = type.split(";");
    const size = read.ok ? `${read.bytes.byteLength} bytes` : "more than 1 MB";
    const kind =
      name.trim() === "" ? "data that is not text" : redactText(name.trim().slice(0, 100), secrets);
    return { ok: false, message: `sent ${kind} (${size}). A model gets text only.` };
  }
  // Before anything is cut: half a secret is no longer found.
  const bytes = redactBytes(Buffer.from(decoded), secrets);
  if (read.ok && bytes.byteLength <= MOST_BYTES) return { ok: true, text: bytes.toString() };
  const kept = new TextDecoder().decode(bytes.subarray(0, MOST_BYTES), { stream: true });
  return { ok: true, text: `${kept}\n[Cut by Vitrine after 1 MB.]` };
}

const TEXT_TYPE =
  /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml|yaml|javascript)\b)|^application\/(?:x-ndjson|jsonl|graphql|sql|toml|x-www-form-urlencoded)\b/iu;

/** null where the bytes are no text. */
function decode(bytes: Uint8Array, type: string): string | null {
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/iu.exec(type)?.[1] ?? null;
  const isText = TEXT_TYPE.test(type.trim());
  try {
    // A byte order mark says more than the header.
    const mark =
      bytes[0] === 0xff && bytes[1] === 0xfe
        ? "utf-16le"
        : bytes[0] === 0xfe && bytes[1] === 0xff
          ? "utf-16be"
          : null;
    const label = isText ? (mark ?? charset ?? "utf-8") : (charset ?? "utf-8");
    const text = new TextDecoder(label, { fatal: !isText }).decode(bytes, { stream: true });
    return isText || !text.includes("\0") ? text : null;
  } catch {
    return null;
  }
}
