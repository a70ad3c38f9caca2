/** What tells one suite from another, whatever the order in which its fields are written. */
import { canonicalJson } from "@/lib/stream/turn/canonical-json";
import type { Suite } from "@/lib/verify/case";

/** SHA-256 of the suite's canonical JSON, in hexadecimal. */
export async function suiteHash(suite: Suite): Promise<string> {
  const text = new TextEncoder().encode(canonicalJson(JSON.stringify(suite)));
  const digest = await crypto.subtle.digest("SHA-256", text);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
