/** Finds the servers that run on a person's own machine. */
import "server-only";
import type { ProviderReport } from "@/lib/providers/api";
import type { Provider } from "@/lib/providers/provider";

import { ask } from "./ask";
import type { Environment } from "./environment";
import { identify, type Identity } from "./identify";
import { providerHeaders } from "./provider-headers";
import { localPath } from "./server-root";
import { presetTarget, withPresetPath } from "./target";

/** All servers are asked at once, so this is also about how long a discovery takes. */
const LIMIT_MS = 900;

export type Found = {
  /** With its version path and no trailing slash. */
  readonly baseUrl: string;
  readonly reach: Extract<ProviderReport["reach"], { state: "ready" | "error" }>;
};

export type DiscoveryOptions = {
  readonly environment: Pick<Environment, "keyOf" | "baseUrlOf">;
  /** Base URL of Vitrine's own llama.cpp: used when none of the person's answers. null = none. */
  readonly demo: string | null;
  readonly limitMs?: number;
};

/**
 * Which local providers answer, by id. A server is known by its answers, not by its port: a vLLM on
 * llama.cpp's port is found as vLLM. An address set in the environment is taken at its word and is the
 * only one tried for its provider. Never rejects.
 */
export async function discover(
  providers: readonly Provider[],
  options: DiscoveryOptions,
): Promise<ReadonlyMap<string, Found>> {
  const locals = providers.flatMap((provider) => toLocal(provider, options));
  const places = new Map<string, Provider>();
  for (const { provider, addresses } of locals) {
    for (const address of addresses) if (!places.has(address)) places.set(address, provider);
  }
  const sightings = await Promise.all(
    [...places].map(async ([baseUrl, provider]) => ({
      baseUrl,
      identity: await look(baseUrl, provider, options),
    })),
  );
  return new Map(
    locals.flatMap((local) => {
      const found = match(local, sightings, options);
      return found === null ? [] : [[local.provider.id, found]];
    }),
  );
}

type Local = {
  readonly provider: Provider;
  /** The one address was set in the environment. */
  readonly isSet: boolean;
  readonly addresses: readonly string[];
  /** Why the address that was set is not asked. */
  readonly problem?: string;
};
type Sighting = { readonly baseUrl: string; readonly identity: Identity | null };

function toLocal(provider: Provider, { environment, demo }: DiscoveryOptions): readonly Local[] {
  if (provider.location.kind !== "local") return [];
  const set = environment.baseUrlOf(provider);
  if (set !== null) {
    const target = presetTarget(withPresetPath(set, provider));
    if (target.ok) return [{ provider, isSet: true, addresses: [target.baseUrl] }];
    return [{ provider, isSet: true, addresses: [], problem: `${provider.baseUrlEnv}: ${target.message}` }];
  }
  const own = provider.id === "llamacpp" && demo !== null ? [demo] : [];
  return [{ provider, isSet: false, addresses: [...provider.location.probes, ...own] }];
}

/** Asks without a key first: only a server that wants one gets it. */
async function look(
  baseUrl: string,
  provider: Provider,
  { environment, limitMs = LIMIT_MS }: DiscoveryOptions,
): Promise<Identity | null> {
  const signal = AbortSignal.timeout(limitMs);
  const askWith = (headers: Readonly<Record<string, string>>) =>
    identify((path) => ask({ url: localPath(baseUrl, path), timeoutMs: limitMs, headers, signal }));
  const identity = await askWith(providerHeaders(provider, null));
  const key = environment.keyOf(provider);
  if (identity?.problem !== "needs-key" || key === null) return identity;
  return (await askWith(providerHeaders(provider, key))) ?? identity;
}

function match(local: Local, sightings: readonly Sighting[], options: DiscoveryOptions): Found | null {
  const { provider, isSet, addresses, problem } = local;
  if (problem !== undefined)
    return { baseUrl: provider.baseUrl, reach: { state: "error", message: problem } };
  const own = sightings.filter(({ baseUrl }) => addresses.includes(baseUrl));
  const isIts = ({ identity }: Sighting) => identity?.kind === provider.id;
  // Another server on this provider's port that does not tell its kind before it gets a key.
  const isShy = ({ identity }: Sighting) => identity?.kind === null && identity.problem === "needs-key";
  const best = isSet
    ? own[0]
    : (own.find((one) => isIts(one) && !isDemo(one, options)) ??
      sightings.find((one) => isIts(one) && !isDemo(one, options)) ??
      own.find(isIts) ??
      own.find(isShy));
  if (best === undefined || best.identity === null) return null;
  return { baseUrl: best.baseUrl, reach: toReach(provider, best.baseUrl, best.identity, options) };
}

function isDemo({ baseUrl }: Sighting, { demo }: DiscoveryOptions): boolean {
  return baseUrl === demo;
}

function toReach(
  provider: Provider,
  baseUrl: string,
  { problem, latencyMs, models, server }: Identity,
  { environment }: DiscoveryOptions,
): Found["reach"] {
  switch (problem) {
    case null:
      return { state: "ready", latencyMs: Math.round(latencyMs), models, server };
    case "loading":
      return { state: "error", message: `The server at ${baseUrl} is still loading its model.` };
    case "needs-key":
      return { state: "error", message: keyMessage(provider, baseUrl, environment.keyOf(provider) !== null) };
  }
}

function keyMessage({ keyEnv }: Provider, baseUrl: string, hasKey: boolean): string {
  if (keyEnv === null) return `The server at ${baseUrl} wants a key. Paste it in the lane.`;
  return hasKey
    ? `The server at ${baseUrl} does not accept the key in ${keyEnv}.`
    : `The server at ${baseUrl} wants a key. Set ${keyEnv} or paste it in the lane.`;
}
