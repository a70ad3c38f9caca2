import { z } from "zod";

import type { RunError } from "@/lib/stream/event";

import { safeJson } from "./safe-json";

const DETAIL_LENGTH = 4000;
const MESSAGE_LENGTH = 2000;
const TITLE_LENGTH = 200;

export type RefusedAnswer = {
  readonly status: number;
  readonly headers: Headers;
  /** The beginning of the body. */
  readonly text: string;
  readonly retryAfterMs: number | undefined;
  readonly requestId: string;
};

/** What an upstream said with a 4xx or 5xx, in its own words. Not yet redacted. */
export function providerError({ status, headers, text, retryAfterMs, requestId }: RefusedAnswer): RunError {
  const said = words(text);
  const code = said.code ?? `HTTP_${status}`;
  return {
    source: "provider",
    code,
    message: cut(said.message ?? `The provider answered ${status} without a reason.`, MESSAGE_LENGTH),
    retryable: isRetryable(status, code, headers.get("x-should-retry")),
    status,
    requestId,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(text.trim() === "" ? {} : { detail: cut(text, DETAIL_LENGTH) }),
  };
}

/** Whether a text is a web page: what captive portals and wrong addresses answer. */
function isHtml(text: string): boolean {
  return /^\s*(?:<!doctype html|<html|<head|<body)/i.test(text);
}

/** A web page as one sentence with its title. */
export function htmlMessage(text: string): string {
  const title = /<title[^>]*>([^<]*)/i.exec(text)?.[1]?.replaceAll(/\s+/g, " ").trim();
  const named = title === undefined || title === "" ? "" : `: “${cut(title, TITLE_LENGTH)}”`;
  return `The address answers with HTML, not an API${named}. Check the base URL.`;
}

type Words = { readonly code?: string | undefined; readonly message?: string | undefined };

const text = z.string().min(1).optional().catch(undefined);
const count = z.number().optional().catch(undefined);
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
  detail: z.unknown().optional(),
  code: text,
  type: text,
});

function words(body: string): Words {
  if (isHtml(body)) return { code: "HTML_NOT_API", message: htmlMessage(body) };
  const json = safeJson(body);
  // Google wraps its error object in a list.
  const value = json.ok && Array.isArray(json.value) ? json.value[0] : json.ok ? json.value : null;
  const parsed = outer.safeParse(value);
  if (!parsed.success) return { message: body.trim() === "" ? undefined : body.trim() };
  const { error, message, detail, code, type } = parsed.data;
  const outside = { code: code ?? type, message: message ?? detailText(detail) };
  if (error === undefined) return outside;
  if (typeof error === "string") return { code: outside.code, message: outside.message ?? error };
  return { code: error.code ?? error.type ?? outside.code, message: withCounts(error) ?? outside.message };
}

/** llama.cpp tells how long the prompt was; older builds only beside the message. */
function withCounts(error: z.infer<typeof inner>): string | undefined {
  const { message, n_prompt_tokens: prompt, n_ctx: context } = error;
  if (prompt === undefined || context === undefined) return message;
  const told = message ?? "The prompt is longer than the context.";
  if (told.includes(String(prompt)) && told.includes(String(context))) return told;
  return `${told} (prompt ${prompt} tokens, context ${context} tokens)`;
}

function detailText(detail: unknown): string | undefined {
  if (detail === undefined || detail === null) return undefined;
  return typeof detail === "string" ? detail : JSON.stringify(detail);
}

function isRetryable(status: number, code: string, wish: string | null): boolean {
  if (wish === "true" || wish === "false") return wish === "true";
  // Asking again does not fill an empty account.
  if (code === "insufficient_quota") return false;
  return status === 408 || status === 409 || status === 429 || status >= 500;
}

function cut(value: string, length: number): string {
  return value.length <= length ? value : `${value.slice(0, length)}…`;
}
