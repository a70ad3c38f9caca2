/** The models of one provider or endpoint, as its server lists them. */
import "server-only";
import type { ModelInfo } from "@/lib/providers/api";

import { ask } from "./ask";
import { askUpstream, type Asked, unreadable } from "./ask-upstream";
import { authHeaders } from "./auth-headers";
import { identify } from "./identify";
import { readModelList } from "./model-list";
import type { PlannedCall } from "./plan-call";
import { localPath } from "./server-root";

/** A person waits for this list: longer than discovery, but not for long. */
const LOCAL_LIMIT_MS = 5000;

export type Models =
  | { readonly ok: true; readonly models: readonly ModelInfo[] }
  | (Asked & { readonly ok: false });

/** Never rejects. A list that is public is read without a key. */
export async function listModels(call: PlannedCall, requestId: string, signal: AbortSignal): Promise<Models> {
  if (call.provider.location.kind === "local") {
    const identity = await lookLocally(call, signal);
    if (identity !== null && identity.problem === null) return { ok: true, models: identity.models };
  }
  const question = { url: `${call.baseUrl}/models`, requestId, signal };
  const asked = await askUpstream(call, question);
  if (!asked.ok) return call.key === null && asked.status === 401 ? withoutKey(asked, call) : asked;
  const list = readModelList(asked.json);
  return list === null ? unreadable(question, call) : { ok: true, models: list.models };
}

function lookLocally({ baseUrl, provider, key }: PlannedCall, signal: AbortSignal) {
  const headers = authHeaders(provider, key);
  return identify((path) =>
    ask({ url: localPath(baseUrl, path), timeoutMs: LOCAL_LIMIT_MS, headers, signal }),
  );
}

function withoutKey(asked: Asked & { readonly ok: false }, { provider }: PlannedCall): Models {
  const { label, keyEnv } = provider;
  const set = keyEnv === null ? "Paste one" : `Set ${keyEnv} or paste one`;
  const message = `${label} lists its models only for a key. ${set}, or type a model's id.`;
  return { ...asked, error: { ...asked.error, source: "app", code: "NO_KEY", message } };
}
