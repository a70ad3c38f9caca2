import type { Provider } from "@/lib/providers/provider";
import type { Environment } from "@/lib/server/environment";
import { isLoopback } from "@/lib/server/upstream/loopback";

/**
 * Why this server must not start, in one line, or null when it may. Open to the network with keys and
 * without a token, anyone who reaches it could spend them.
 */
export function refusal(environment: Environment, providers: readonly Provider[]): string | null {
  if (isLoopback(environment.host) || environment.token !== null) return null;
  const names = providers
    .filter((provider) => environment.keyOf(provider) !== null)
    .flatMap((provider) => provider.keyEnv ?? []);
  if (names.length === 0) return null;
  const keys = [...new Set(names)].join(", ");
  return `Refusing to listen on ${environment.host} with ${keys} set: anyone on the network could use it. Set VITRINE_TOKEN, or HOST=127.0.0.1.`;
}
