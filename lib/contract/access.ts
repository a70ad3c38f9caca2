/** How the page proves itself to the server, and how a pasted key travels: in headers, for one request each. */
import * as z from "zod/mini";

/** Sent with every call but `GET /api/health`. Other sites cannot set it. */
export const CSRF_HEADER = "x-vitrine";

/** Carries a key that a person pasted. Never stored, never logged. */
export const KEY_HEADER = "x-vitrine-key";

/** Begins the header's value when it carries more than a key: base64url of a JSON `Credential` follows. No key has a space. */
export const PARTS_PREFIX = "parts ";

/**
 * Tells a page the nonce of its own reply, for the script of the first HTML. Set by `proxy.ts` alone, whatever a visitor
 * sends, and only where the API may be asked.
 */
export const NONCE_HEADER = "x-nonce";

const credentialSchema = z.strictObject({
  key: z.nullable(z.string()),
  login: z.nullable(z.string()),
  query: z.string().check(z.regex(/^[\u0021\u0022\u0024-\u007e]*$/u)),
});

/** What a person gave for one server: a key, and the secret parts of its address. */
export type Credential = {
  readonly key: string | null;
  /** "user:password" */
  readonly login: string | null;
  /** Parts of a query as they are sent; "" = none. */
  readonly query: string;
};

/** The value of `KEY_HEADER`; null = there is nothing to send. */
export function writeCredential(credential: Credential): string | null {
  const { key, login, query } = credential;
  if (login === null && query === "") return key;
  const bytes = new TextEncoder().encode(JSON.stringify({ key, login, query }));
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return `${PARTS_PREFIX}${base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

/** Reads the value of `KEY_HEADER`; null = it is not one. */
export function readCredential(header: string | null): Credential | null {
  const text = header?.trim() ?? "";
  if (!text.startsWith(PARTS_PREFIX)) return { key: text === "" ? null : text, login: null, query: "" };
  try {
    const base64 = text.slice(PARTS_PREFIX.length).replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return credentialSchema.safeParse(json).data ?? null;
  } catch {
    // Not base64, or not JSON.
    return null;
  }
}

/** Body of `POST /api/token`. */
export const tokenRequestSchema = z.strictObject({
  token: z.string().check(z.minLength(1), z.maxLength(4096)),
});

/** The reply of `/api/token` to whoever has shown the token. */
export const tokenReplySchema = z.object({ ok: z.literal(true) });

/** The attribute of a script that waits for the first paint: the script of the first HTML lets it run. */
export const HELD_SCRIPT = "data-held";
