/** From what a request names to a destination that may be called: which address, which key, how patient. */
import { KEY_HEADER, readCredential } from "@/lib/contract/access";
import type { ParsedChatRequest } from "@/lib/contract/chat";
import type { RefusalCode } from "@/lib/contract/error-reply";
import type { NamedServer } from "@/lib/contract/servers";
import { readBaseUrl } from "@/lib/providers/base-url";
import { bindDialect } from "@/lib/providers/dialects/bind-dialect";
import { keyProblem } from "@/lib/providers/key-problem";
import { openAiCompatible } from "@/lib/providers/presets/openai-compatible";
import type { Provider } from "@/lib/providers/provider";
import { findProvider, providers } from "@/lib/providers/registry";
import { speechOf } from "@/lib/providers/speech-of";
import type { Environment } from "@/lib/server/environment";
import { appError } from "@/lib/server/guard/reply";
import type { RunError } from "@/lib/stream/turn/event";

import { resolveBaseUrl } from "./base-url";
import type { UpstreamCall } from "./call-upstream";
import { secretsOf } from "./credential";
import { type ProxyRoute, chooseProxy } from "./outbound-proxy";
import { type Target, endpointTarget, joinQueries, presetTarget, withPresetPath } from "./target";

export type Destination = Pick<
  UpstreamCall,
  "provider" | "baseUrl" | "key" | "login" | "query" | "timeouts"
> & {
  /** null = called directly. */
  readonly proxy: ProxyRoute | null;
  /** Every key that an answer must never show. */
  readonly secrets: readonly string[];
};

export type DestinationPlan =
  | { readonly ok: true; readonly destination: Destination }
  | { readonly ok: false; readonly error: RunError };

/**
 * A key of the server's goes to its provider's own origin and nowhere else; a pasted key (`x-vitrine-key`)
 * goes to the address of its own request.
 */
export function planDestination(
  { provider: id, endpoint }: NamedServer,
  keyHeader: string | null,
  environment: Environment,
  requestId: string,
): DestinationPlan {
  const refuse = (code: RefusalCode, message: string): DestinationPlan => ({
    ok: false,
    error: appError(400, code, message, requestId),
  });
  const provider = findProvider(id);
  if (provider === null) return refuse("PROVIDER", `provider: "${id}" is not known.`);
  if (provider.unsupported !== undefined) return refuse("NOT_SUPPORTED", provider.unsupported);
  if (provider.addedOnly === true && endpoint === undefined)
    return refuse("TARGET_INVALID", `endpoint: "${id}" needs the address of a server that you added.`);
  const given = readCredential(keyHeader);
  if (given === null) return refuse("KEY", `The header ${KEY_HEADER} cannot be read.`);
  const pasted = given.key?.trim() || null;
  const pastedProblem = pasted === null ? null : keyProblem(pasted);
  if (pastedProblem !== null) return refuse("KEY", pastedProblem);
  const preset = presetTarget(resolveBaseUrl(provider, environment));
  const target = chosenTarget(endpoint, provider, preset, environment);
  if (!target.ok) {
    const field = endpoint === undefined ? provider.baseUrlEnv : "endpoint";
    return refuse(target.code, `${field}: ${target.message}`);
  }
  const isOwn = provider.addedOnly !== true && preset.ok && target.origin === preset.origin;
  const isConfigured = isOwn || environment.endpointOrigins.includes(target.origin);
  const proxy = chooseProxy(target.baseUrl, !isConfigured, environment.proxies);
  if (!proxy.ok) return refuse("PROXY", proxy.message);
  const own = isOwn ? environment.keyOf(provider) : null;
  const ownProblem = pasted !== null || own === null ? null : keyProblem(own);
  if (ownProblem !== null) return refuse("KEY", `${provider.keyEnv}: ${ownProblem}`);
  const destination: Destination = {
    // How a preset is started says nothing of a server that only has its ways.
    provider: isOwn ? provider : { ...provider, hint: openAiCompatible.hint },
    baseUrl: target.baseUrl,
    key: pasted ?? own,
    login: given.login ?? (isOwn ? preset.login : null),
    query: joinQueries(target.query, given.query),
    // A person's own server may think as long as one on this machine.
    timeouts: isOwn ? provider.location.kind : "local",
    proxy: proxy.route,
    secrets: [
      ...liveSecrets(environment),
      ...(pasted === null ? [] : [pasted]),
      ...secretsOf(given),
      ...(proxy.route?.secrets ?? []),
    ],
  };
  return { ok: true, destination };
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
  if (provider.addedOnly === true) return endpointTarget(typed, environment);
  if (anywhere.ok && preset.ok && anywhere.origin === preset.origin) return anywhere;
  return endpointTarget(typed, environment);
}

/** Everything of the server's own that an answer must never show: keys, the token, and what base URLs hold. */
export function liveSecrets(environment: Environment): readonly string[] {
  const keys = providers.map((provider) => environment.keyOf(provider));
  const addresses = providers.flatMap((provider) => {
    const read = readBaseUrl(environment.baseUrlOf(provider) ?? "");
    return read.ok ? secretsOf(read.secrets) : [];
  });
  const ofTools = environment.toolSecrets.map(({ value }) => value);
  return [...keys, environment.token, ...addresses, ...ofTools].filter((key) => key !== null);
}

/** From a chat request to a call that may be made. */

export type PlannedCall = Destination & Omit<UpstreamCall, "signal">;

export type Plan =
  | { readonly ok: true; readonly call: PlannedCall }
  | { readonly ok: false; readonly error: RunError };

/** The destination that the request names, and the path that its dialect has there. `key`: as `KEY_HEADER` carries it. */
export function planCall(
  chat: ParsedChatRequest,
  key: string | null,
  environment: Environment,
  requestId: string,
): Plan {
  const plan = planDestination(chat, key, environment, requestId);
  if (!plan.ok) return plan;
  const { provider } = plan.destination;
  const speech = speechOf(provider, chat.dialect ?? null);
  if (chat.dialect !== undefined && chat.dialect !== speech.dialect) {
    const message = `dialect: ${provider.label} is not called in "${chat.dialect}".`;
    return { ok: false, error: appError(400, "DIALECT", message, requestId) };
  }
  const { stream, body } = chat;
  return { ok: true, call: { ...plan.destination, path: bindDialect(speech).path(chat), stream, body } };
}
