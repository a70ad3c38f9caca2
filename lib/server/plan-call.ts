/** From a chat request to a call that may be made: which address, which key, how patient. */
import "server-only";
import { KEY_HEADER } from "@/lib/providers/api";
import { bindDialect } from "@/lib/providers/dialects/bind-dialect";
import type { Provider } from "@/lib/providers/provider";
import { findProvider, providers } from "@/lib/providers/registry";
import { speechOf } from "@/lib/providers/speech-of";
import type { RunError } from "@/lib/stream/event";

import { resolveBaseUrl } from "./base-url";
import type { ParsedChatRequest } from "./chat-request";
import type { Environment } from "./environment";
import { appError } from "./reply";
import { endpointTarget, presetTarget, type Target, withPresetPath } from "./target";
import type { UpstreamCall } from "./upstream";

export type PlannedCall = Omit<UpstreamCall, "signal"> & {
  /** Every key that an answer must never show. */
  readonly secrets: readonly string[];
};

export type Plan =
  | { readonly ok: true; readonly call: PlannedCall }
  | { readonly ok: false; readonly error: RunError };

/**
 * A key of the server's goes to its provider's own origin and nowhere else; a pasted key (`x-vitrine-key`)
 * goes to the address of its own request.
 */
export function planCall(
  chat: Omit<ParsedChatRequest, "endpoint"> & { readonly endpoint?: string | undefined },
  headers: Headers,
  environment: Environment,
  requestId: string,
): Plan {
  const no = (code: string, message: string): Plan => ({
    ok: false,
    error: appError(400, code, message, requestId),
  });
  const provider = findProvider(chat.provider);
  if (provider === null) return no("PROVIDER", `provider: "${chat.provider}" is not known.`);
  if (provider.unsupported !== undefined) return no("NOT_SUPPORTED", provider.unsupported);
  const speech = speechOf(provider, chat.dialect ?? null);
  const dialect = bindDialect(speech);
  if (dialect === null || (chat.dialect !== undefined && chat.dialect !== speech.dialect))
    return no("DIALECT", `dialect: ${provider.label} is not called in "${chat.dialect ?? speech.dialect}".`);
  const pasted = headers.get(KEY_HEADER)?.trim() || null;
  if (pasted !== null && !isHeaderText(pasted)) return no("KEY", "The key holds characters no key has.");
  const preset = presetTarget(resolveBaseUrl(provider, environment));
  const target = chosenTarget(chat.endpoint, provider, preset, environment);
  if (!target.ok) {
    const field = chat.endpoint === undefined ? provider.baseUrlEnv : "endpoint";
    return no(target.code, `${field}: ${target.message}`);
  }
  const isOwn = preset.ok && target.origin === preset.origin;
  const call: PlannedCall = {
    provider,
    baseUrl: target.baseUrl,
    path: dialect.path(chat),
    stream: chat.stream,
    body: chat.body,
    key: pasted ?? (isOwn ? environment.keyOf(provider) : null),
    // A person's own server may think as long as one on this machine.
    patience: isOwn ? provider.location.kind : "local",
    secrets: liveKeys(environment, pasted),
  };
  return { ok: true, call };
}

function chosenTarget(
  endpoint: string | undefined,
  provider: Provider,
  preset: Target,
  environment: Environment,
): Target {
  if (endpoint === undefined) return preset;
  const typed = withPresetPath(endpoint, provider);
  const anywhere = presetTarget(typed);
  if (anywhere.ok && preset.ok && anywhere.origin === preset.origin) return anywhere;
  return endpointTarget(typed, environment);
}

function liveKeys(environment: Environment, pasted: string | null): readonly string[] {
  const keys = providers.map((provider) => environment.keyOf(provider));
  return [...keys, environment.token, pasted].filter((key) => key !== null);
}

function isHeaderText(key: string): boolean {
  return /^[\x21-\x7e]{1,4096}$/.test(key);
}
