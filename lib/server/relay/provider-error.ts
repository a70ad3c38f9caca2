import { z } from "zod";

import { safeJson } from "@/lib/server/guard/safe-json";
import { LARGEST_AMOUNT } from "@/lib/stream/turn/bounds";
import type { RunError } from "@/lib/stream/turn/event";
import { quotedTitle } from "@/lib/stream/wire/web-page";

const DETAIL_LENGTH = 4000;
const MESSAGE_LENGTH = 2000;

export type RefusedAnswer = {
  /** What was called. */
  readonly url: string;
  /** Whether a key went with the request: one that was not sent was not refused. */
  readonly keySent: boolean;
  readonly status: number;
  readonly headers: Headers;
  /** The beginning of the body. */
  readonly text: string;
  readonly retryAfterMs: number | undefined;
  readonly requestId: string;
};

/** What an upstream said with a 4xx or 5xx, in its own words. Not yet redacted. */
export function providerError(answer: RefusedAnswer): RunError {
  const { status, headers, text, retryAfterMs, requestId } = answer;
  const found = words(text, status);
  const code = codeOf(answer, found);
  // A code alone is all that the server said.
  const message = found.message ?? (code === found.code ? found.code : withoutWords(answer));
  return {
    source: "provider",
    code,
    message: cut(message, MESSAGE_LENGTH),
    retryable: isRetryable(status, found.code ?? code, headers.get("x-should-retry")),
    status,
    requestId,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(text.trim() === "" ? {} : { detail: cut(text, DETAIL_LENGTH) }),
  };
}

/** The code decides which advice a person gets, so it must claim no more than was seen. */
function codeOf({ status, keySent }: RefusedAnswer, found: Words): string {
  if (status === 401 && !keySent) return found.message === undefined ? "NO_KEY_NO_MESSAGE" : "NO_KEY";
  return found.code ?? (found.message === undefined ? "NO_MESSAGE" : `HTTP_${status}`);
}

/** Vitrine's own sentence for an answer that holds no words of the server's. */
function withoutWords({ status, url, text, keySent }: RefusedAnswer): string {
  const { host, pathname } = new URL(url);
  if (status === 401 && !keySent) return `${host} requires a key, and none was sent (401).`;
  const page = isHtml(text) ? ` with a web page${quotedTitle(text)}` : "";
  if (status === 404 || status === 405) return `${host} returned ${status} for ${pathname}${page}.`;
  return page === "" ? `${host} returned ${status} with no message.` : `${host} returned ${status}${page}.`;
}

/** Whether a text is a web page: what captive portals and wrong addresses answer. */
function isHtml(text: string): boolean {
  return /^\s*(?:<!doctype html|<html|<head|<body)/i.test(text);
}

type Words = { readonly code?: string | undefined; readonly message?: string | undefined };

const text = z.string().min(1).optional().catch(undefined);
const count = z.number().int().positive().max(LARGEST_AMOUNT).optional().catch(undefined);
const inner = z.object({
  message: text,
  code: text,
  type: text,
  n_prompt_tokens: count,
  n_ctx: count,
});
const outer = z.object({
  error: z.union([inner, z.string()]).optional().catch(undefined),
  message: text,
  msg: text,
  title: text,
  detail: z.unknown().optional(),
  code: text,
  type: text,
});

/** What frameworks say of a path that they do not have. It names no model and no path. */
const NO_SUCH_PATH = /^(?:404:? ?)?(?:page )?(?:not found|method not allowed)\.?$/iu;

function words(body: string, status: number): Words {
  const found = findWords(body);
  const isEmpty = (status === 404 || status === 405) && NO_SUCH_PATH.test(found.message?.trim() ?? "");
  return isEmpty ? {} : found;
}

function findWords(body: string): Words {
  if (isHtml(body)) return {};
  const json = safeJson(body);
  // Google wraps its error object in a list.
  const value = json.ok && Array.isArray(json.value) ? json.value[0] : json.ok ? json.value : null;
  const parsed = outer.safeParse(value);
  if (!parsed.success) return { message: body.trim() === "" ? undefined : body.trim() };
  const { error, detail, code, type } = parsed.data;
  const message = parsed.data.message ?? parsed.data.msg ?? detailText(detail) ?? parsed.data.title;
  const outside = { code: code ?? type, message };
  if (error === undefined)
    return message === undefined && !isBare(value) ? { ...outside, message: body.trim() } : outside;
  if (typeof error === "string")
    return { code: outside.code, message: outside.message ?? (error || undefined) };
  return { code: error.code ?? error.type ?? outside.code, message: withCounts(error) ?? outside.message };
}

/** An object of no known shape still holds the server's words; an empty one holds none. */
function isBare(value: unknown): boolean {
  return typeof value !== "object" || value === null || Object.keys(value).length === 0;
}

/** llama.cpp reports the prompt's length; older builds only next to the message. */
function withCounts(error: z.infer<typeof inner>): string | undefined {
  const { message, n_prompt_tokens: prompt, n_ctx: context } = error;
  if (prompt === undefined || context === undefined) return message;
  const known = message ?? "The prompt is longer than the context.";
  if (known.includes(String(prompt)) && known.includes(String(context))) return known;
  return `${known} (prompt ${prompt} tokens, context ${context} tokens)`;
}

function detailText(detail: unknown): string | undefined {
  if (detail === undefined || detail === null) return undefined;
  if (typeof detail === "string") return detail;
  const fields = fieldsSchema.safeParse(detail);
  if (!fields.success) return JSON.stringify(detail);
  return fields.data.map(({ loc, msg }) => (loc.length === 0 ? msg : `${loc.join(".")}: ${msg}`)).join("; ");
}

/** How FastAPI names the fields it refuses. */
const fieldsSchema = z
  .array(z.object({ loc: z.array(z.union([z.string(), z.number()])).default([]), msg: z.string().min(1) }))
  .min(1);

function isRetryable(status: number, code: string, wish: string | null): boolean {
  if (wish === "true" || wish === "false") return wish === "true";
  // Asking again does not fill an empty account.
  if (code === "insufficient_quota") return false;
  return status === 408 || status === 409 || status === 429 || status >= 500;
}

function cut(value: string, length: number): string {
  return value.length <= length ? value : `${value.slice(0, length)}…`;
}

const MAX_MS = 24 * 3600 * 1000;

/** How long an upstream asks to wait, in ms; undefined for no wish, a past date or nonsense. */
export function readRetryAfter(headers: Headers, nowMs: number): number | undefined {
  const exact = wait(headers.get("retry-after-ms"), 1);
  if (exact !== undefined) return exact;
  const value = headers.get("retry-after")?.trim();
  if (value === undefined || value === "") return undefined;
  if (/^[\d.+-]/.test(value)) return wait(value, 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : bounded(date - nowMs);
}

function wait(value: string | null, unitMs: number): number | undefined {
  const number = value === null || value.trim() === "" ? Number.NaN : Number(value);
  return bounded(number * unitMs);
}

function bounded(ms: number): number | undefined {
  return Number.isFinite(ms) && ms >= 0 && ms <= MAX_MS ? Math.ceil(ms) : undefined;
}
