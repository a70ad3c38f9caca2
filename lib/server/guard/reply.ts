import type { ErrorReply, RefusalCode } from "@/lib/contract/error-reply";
import type { RunError } from "@/lib/stream/turn/event";

/** JSON that no cache keeps. */
export function jsonReply(value: unknown, status = 200, headers: HeadersInit = {}): Response {
  const merged = new Headers(headers);
  merged.set("content-type", "application/json; charset=utf-8");
  merged.set("cache-control", "no-store");
  return new Response(JSON.stringify(value), { status, headers: merged });
}

/** A refusal of Vitrine's own, before any upstream was called. */
export function appError(
  status: number,
  code: RefusalCode,
  message: string,
  requestId: string,
  more: { readonly retryable?: boolean; readonly retryAfterMs?: number } = {},
): RunError {
  return { source: "app", code, message, retryable: false, status, requestId, ...more };
}

/** `{error}` with its status and, where a wait is known, `Retry-After`. */
export function errorReply(error: RunError, status = error.status ?? 500): Response {
  const reply: ErrorReply = { error };
  const wait = error.retryAfterMs;
  const headers: HeadersInit =
    wait === undefined ? {} : { "retry-after": String(Math.max(1, Math.ceil(wait / 1000))) };
  return jsonReply(reply, status, headers);
}
