/** Calls to the app's own routes. Failure is a value; only an abort by the caller throws. */
import * as z from "zod/mini";

import { CSRF_HEADER, KEY_HEADER, PARTS_PREFIX } from "@/lib/contract/access";
import { readRefusal } from "@/lib/run/relay-reply";
import type { RunError } from "@/lib/stream/turn/event";

export type ApiResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: RunError };

export type ApiCall<T> = {
  readonly fetch: typeof fetch;
  readonly path: string;
  /** Sent as JSON by POST; absent = GET. */
  readonly body?: unknown;
  readonly key?: string | null;
  readonly reply: z.ZodMiniType<T>;
};

/** Headers of every call: the one that other sites cannot set, and a pasted key when this tab holds one. */
export function apiHeaders(key: string | null): Record<string, string> {
  const headers: Record<string, string> = { [CSRF_HEADER]: "1" };
  return key === null ? headers : { ...headers, [KEY_HEADER]: key };
}

/** Why a key cannot be sent in a header, which `fetch` would report as a network failure; null = it can be sent. */
export function unsendableKey(key: string | null): RunError | null {
  // The secret parts of an address travel with the key, as one word after a mark.
  const word = key?.startsWith(PARTS_PREFIX) ? key.slice(PARTS_PREFIX.length) : key?.trim();
  if (word === undefined || /^[\x21-\x7e]*$/u.test(word)) return null;
  return {
    source: "app",
    code: "KEY",
    message: "The pasted key contains a character that no key has, so nothing was sent. Paste the key again.",
    retryable: false,
  };
}

/** One call and its checked reply. */
export async function callApi<T>(call: ApiCall<T>): Promise<ApiResult<T>> {
  const unsendable = unsendableKey(call.key ?? null);
  if (unsendable !== null) return { ok: false, error: unsendable };
  const headers = apiHeaders(call.key ?? null);
  const init: RequestInit =
    call.body === undefined
      ? { headers, cache: "no-store" }
      : {
          method: "POST",
          headers: { ...headers, "content-type": "application/json" },
          body: JSON.stringify(call.body),
        };
  try {
    const response = await call.fetch(call.path, init);
    if (!response.ok) return { ok: false, error: await readRefusal(response) };
    const reply = z.safeParse(call.reply, parseJson(await response.text()));
    return reply.success ? { ok: true, value: reply.data } : { ok: false, error: unreadable(call.path) };
  } catch (error) {
    return { ok: false, error: unreachable(error) };
  }
}

/** Vitrine's own server was not reached, or its reply broke off. */
export function unreachable(cause: unknown): RunError {
  return {
    source: "app",
    code: "APP_UNREACHABLE",
    message: "Vitrine's server is not responding. If it was stopped, start it again with: npm start",
    retryable: true,
    detail: cause instanceof Error ? cause.message : String(cause),
  };
}

function unreadable(path: string): RunError {
  return {
    source: "app",
    code: "REPLY_UNREADABLE",
    message: `The reply of ${path} does not have the shape this page expects. Reload the page.`,
    retryable: false,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
