/** Finds the servers that run on a person's own machine. */
import type { ProviderReport } from "@/lib/contract/servers";
import { withQuery } from "@/lib/providers/base-url";
import { keyProblem } from "@/lib/providers/key-problem";
import type { Provider } from "@/lib/providers/provider";
import type { Environment } from "@/lib/server/environment";
import { type Answer, ask } from "@/lib/server/upstream/ask";
import { localPath } from "@/lib/server/upstream/base-url";
import { destinationHeaders, secretsOf } from "@/lib/server/upstream/credential";
import { networkError } from "@/lib/server/upstream/network-error";
import { type ProxyRoute, chooseProxy } from "@/lib/server/upstream/outbound-proxy";
import { presetTarget, withPresetPath } from "@/lib/server/upstream/target";

import { type Identity, MODELS_PATH, identify } from "./identify";

/** For the first answer of a server that may be there. All are asked at once, so a discovery takes about as long. */
const LIMIT_MS = 900;
/** For one whose address was set: it is meant to be there, and may be busy. */
const SET_LIMIT_MS = 4000;
/** For what else is asked of a server that answers. */
const DETAILS_LIMIT_MS = 4000;

export type Found = {
  /** With its version path and no trailing slash. */
  readonly baseUrl: string;
  readonly reach: Extract<ProviderReport["reach"], { state: "ready" | "error" }>;
};

export type DiscoveryOptions = {
  readonly environment: Pick<Environment, "keyOf" | "baseUrlOf" | "proxies">;
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
  const byAddress = new Map<string, Local>();
  for (const local of locals) {
    for (const address of local.addresses) {
      if (!byAddress.has(address) || local.isSet) byAddress.set(address, local);
    }
  }
  const probeResults = await Promise.all(
    [...byAddress].map(([baseUrl, local]) => probe(baseUrl, local, options)),
  );
  return new Map(
    locals.flatMap((local) => {
      const found = match(local, probeResults, options);
      return found === null ? [] : [[local.provider.id, found]];
    }),
  );
}

type Access = { readonly login: string | null; readonly query: string };

type Local = {
  readonly provider: Provider;
  /** The one address was set in the environment. */
  readonly isSet: boolean;
  readonly addresses: readonly string[];
  /** What the address that was set holds beside its path. */
  readonly access?: Access;
  /** Why the address that was set is not asked. */
  readonly problem?: string;
};
type ProbeResult = {
  readonly baseUrl: string;
  readonly identity: Identity | null;
  /** What was received instead of a list of models; null if a list was received or the connection was refused. */
  readonly trouble: string | null;
};

function toLocal(provider: Provider, { environment, demo }: DiscoveryOptions): readonly Local[] {
  if (provider.location.kind !== "local") return [];
  const set = environment.baseUrlOf(provider);
  if (set !== null) {
    const target = presetTarget(withPresetPath(set, provider));
    if (target.ok) {
      const { baseUrl, login, query } = target;
      return [{ provider, isSet: true, addresses: [baseUrl], access: { login, query } }];
    }
    return [{ provider, isSet: true, addresses: [], problem: `${provider.baseUrlEnv}: ${target.message}` }];
  }
  const own = provider.controls === "llama-server" && demo !== null ? [demo] : [];
  return [{ provider, isSet: false, addresses: [...provider.location.probes, ...own] }];
}

/** Asks without a key first: only a server that wants one gets it. */
async function probe(
  baseUrl: string,
  { provider, isSet, access }: Local,
  { environment, limitMs = isSet ? SET_LIMIT_MS : LIMIT_MS }: DiscoveryOptions,
): Promise<ProbeResult> {
  const proxy = chooseProxy(baseUrl, false, environment.proxies);
  if (!proxy.ok) return { baseUrl, identity: null, trouble: proxy.message };
  const { route } = proxy;
  let trouble: string | null = null;
  const { login = null, query = "" } = access ?? {};
  const askWith = (key: string | null) => {
    const headers = destinationHeaders({ provider, key, login });
    return identify(async (path) => {
      const url = withQuery(localPath(baseUrl, path), query);
      const isFirst = path === MODELS_PATH;
      const timeoutMs = isFirst ? limitMs : DETAILS_LIMIT_MS;
      const secrets = [
        ...(key === null ? [] : [key]),
        ...secretsOf({ login, query }),
        ...(route?.secrets ?? []),
      ];
      const answer = await ask({ url, timeoutMs, secrets, proxy: route, headers });
      if (isFirst) trouble = troubleOf(answer, url, route);
      return answer;
    });
  };
  const identity = await askWith(null);
  const key = environment.keyOf(provider);
  if (identity?.problem !== "needs-key" || key === null || keyProblem(key) !== null) {
    return { baseUrl, identity, trouble };
  }
  return { baseUrl, identity: (await askWith(key)) ?? identity, trouble };
}

/** Why a response does not come from a model server, as text. A refused connection means that none was started yet. */
function troubleOf(answer: Answer, url: string, proxy: ProxyRoute | null): string | null {
  const { host, pathname } = new URL(url);
  if (answer.kind === "answer") {
    const { status } = answer;
    return status === 200
      ? `${host} sent no list of models for ${pathname}.`
      : `${host} returned ${status} for ${pathname}.`;
  }
  const failure = networkError({ error: answer.error, url, proxy, hint: "", requestId: "", answered: false });
  return failure.code === "ECONNREFUSED" && proxy === null ? null : failure.message;
}

function match(local: Local, probeResults: readonly ProbeResult[], options: DiscoveryOptions): Found | null {
  const { provider, isSet, addresses, problem } = local;
  if (problem !== undefined)
    return { baseUrl: provider.baseUrl, reach: { state: "error", message: problem } };
  const own = probeResults.filter(({ baseUrl }) => addresses.includes(baseUrl));
  const isThisKind = ({ identity }: ProbeResult) => identity?.kind === provider.id;
  // Another server on this provider's port that does not identify itself without a key.
  const hidesItsKind = ({ identity }: ProbeResult) =>
    identity?.kind === null && identity.problem === "needs-key";
  const best = isSet
    ? own[0]
    : (own.find((one) => isThisKind(one) && !isDemo(one, options)) ??
      probeResults.find((one) => isThisKind(one) && !isDemo(one, options)) ??
      own.find(isThisKind) ??
      own.find(hidesItsKind));
  if (best === undefined) return null;
  if (best.identity === null) return isSet ? unusable(best) : null;
  return { baseUrl: best.baseUrl, reach: toReach(provider, best.baseUrl, best.identity, options) };
}

/** A server whose address was set and that answered with something else, or not in time. */
function unusable({ baseUrl, trouble }: ProbeResult): Found | null {
  return trouble === null ? null : { baseUrl, reach: { state: "error", message: trouble } };
}

function isDemo({ baseUrl }: ProbeResult, { demo }: DiscoveryOptions): boolean {
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
      return { state: "error", message: keyMessage(provider, baseUrl, environment.keyOf(provider)) };
  }
}

function keyMessage({ keyEnv }: Provider, baseUrl: string, key: string | null): string {
  const problem = key === null ? null : keyProblem(key);
  if (problem !== null) return `${keyEnv}: ${problem}`;
  if (keyEnv === null) return `The server at ${baseUrl} requires a key. Paste it in the lane.`;
  return key !== null
    ? `The server at ${baseUrl} does not accept the key in ${keyEnv}.`
    : `The server at ${baseUrl} requires a key. Set ${keyEnv} or paste it in the lane.`;
}
