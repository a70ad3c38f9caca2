/** What a chat template makes of a request that was sent: asked of llama.cpp, which runs no model for it. */
import { LLAMA_CALLS } from "@/lib/contract/llama";
import { asObject, parseJson, textAt } from "@/lib/stream/turn/json-read";

import { callApi } from "./api-client";

export type RenderedPrompt =
  /** `tokens`: counted by the server, its template and tools included; null where it did not count. */
  | { readonly ok: true; readonly prompt: string; readonly tokens: number | null }
  | { readonly ok: false; readonly message: string };

export type SentRequest = {
  readonly provider: string;
  readonly endpoint: string | null;
  /** A body of chat completions, as JSON text. */
  readonly body: string;
};

/** Asks the server of a request for its prompt as text. Never rejects. */
export async function renderPrompt(
  { provider, endpoint, body: text }: SentRequest,
  ports: { readonly fetch: typeof fetch; readonly key: string | null },
): Promise<RenderedPrompt> {
  const body = { provider, ...(endpoint === null ? {} : { endpoint }), body: parseJson(text) };
  const { fetch, key } = ports;
  const [rendered, counted] = await Promise.all([
    callApi({
      fetch,
      key,
      body,
      path: "/api/llama/apply-template",
      reply: LLAMA_CALLS["apply-template"].reply,
    }),
    callApi({ fetch, key, body, path: "/api/llama/input-tokens", reply: LLAMA_CALLS["input-tokens"].reply }),
  ]);
  if (!rendered.ok) return { ok: false, message: rendered.error.message };
  return { ok: true, prompt: rendered.value.prompt, tokens: counted.ok ? counted.value.tokens : null };
}

/** A prompt as text and as the ids of its tokens. */
export type PromptTokens =
  | { readonly ok: true; readonly prompt: string; readonly tokens: readonly number[] }
  | { readonly ok: false; readonly message: string };

/** Asks the server of a request for its prompt, and for that prompt's tokens. Never rejects. */
export async function promptTokens(
  { provider, endpoint, body: text }: SentRequest,
  { fetch, key }: { readonly fetch: typeof globalThis.fetch; readonly key: string | null },
): Promise<PromptTokens> {
  const server = { provider, ...(endpoint === null ? {} : { endpoint }) };
  const body = parseJson(text);
  const rendered = await callApi({
    fetch,
    key,
    body: { ...server, body },
    path: "/api/llama/apply-template",
    reply: LLAMA_CALLS["apply-template"].reply,
  });
  if (!rendered.ok) return { ok: false, message: rendered.error.message };
  const { prompt } = rendered.value;
  const model = textAt(asObject(body) ?? {}, "model");
  const counted = await callApi({
    fetch,
    key,
    body: { ...server, ...(model === null ? {} : { model }), text: prompt },
    path: "/api/llama/tokenize",
    reply: LLAMA_CALLS.tokenize.reply,
  });
  if (!counted.ok) return { ok: false, message: counted.error.message };
  return { ok: true, prompt, tokens: counted.value.tokens };
}
