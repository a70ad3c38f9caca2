import type { ProviderReport, ProvidersReply } from "@/lib/contract/servers";
import type { Provider } from "@/lib/providers/provider";
import { providers } from "@/lib/providers/registry";
import { type Environment, environment } from "@/lib/server/environment";
import { startUp } from "@/lib/server/start/start-up";
import { isLoopback } from "@/lib/server/upstream/address";
import { publicBaseUrl } from "@/lib/server/upstream/base-url";
import { VERSION } from "@/lib/server/version";

import type { Found } from "./discovery";
import { demoModel, localServers } from "./own-discovery";

/** What exists, which keys are present (never their values) and what answers. Takes as long as looking for servers does. */
export async function providersReply(): Promise<ProvidersReply> {
  await startUp();
  // Before the servers, so that a model reported as ready is also reported as found.
  const demo = (await demoModel()).state();
  const found = await localServers();
  const variables = environment();
  return {
    version: VERSION,
    endpointsAllowed: isLoopback(variables.host) || variables.endpointOrigins.length > 0,
    providers: providers.map((provider) => report(provider, found, variables)),
    demo,
  };
}

function report(
  provider: Provider,
  found: ReadonlyMap<string, Found>,
  variables: Environment,
): ProviderReport {
  const { id, label, keyEnv, hint } = provider;
  const here = found.get(id);
  return {
    id,
    label,
    local: provider.location.kind === "local",
    baseUrl:
      variables.baseUrlOf(provider) === null && here ? here.baseUrl : publicBaseUrl(provider, variables),
    key: keyState(provider, variables),
    keyEnv,
    hint,
    reach: here?.reach ?? unseen(provider),
  };
}

/** Of a provider that no discovery found. */
function unseen({ unsupported, location }: Provider): ProviderReport["reach"] {
  if (unsupported !== undefined) return { state: "unsupported", message: unsupported };
  return { state: location.kind === "local" ? "absent" : "unprobed" };
}

function keyState(provider: Provider, { keyOf }: Pick<Environment, "keyOf">): ProviderReport["key"] {
  // A key for what cannot be used would only mislead.
  if (provider.unsupported !== undefined) return "not-needed";
  if (keyOf(provider) !== null) return "present";
  return provider.location.kind === "local" ? "not-needed" : "missing";
}
