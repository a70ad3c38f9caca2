import { linkedSession, type LinkedSession } from "./linked-session";
import { readLinkHash } from "./read-link";

/** The session that the part of an address behind `#` asks for, or why it cannot be had, for a person. */
export async function openLinkHash(
  hash: string,
  made: Parameters<typeof linkedSession>[1],
): Promise<({ readonly ok: true } & LinkedSession) | { readonly ok: false; readonly message: string }> {
  const read = await readLinkHash(hash);
  return read.ok ? { ok: true, ...linkedSession(read.content, made) } : { ok: false, message: read.why };
}
