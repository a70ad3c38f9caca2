import type { Provider } from "@/lib/providers/provider";
import { providers } from "@/lib/providers/registry";
import { type Environment, environment } from "@/lib/server/environment";
import { secretsProblem } from "@/lib/server/tools/tool-secrets";
import { isLoopback } from "@/lib/server/upstream/address";

/** Why this process must not serve, in one line, or null: a bad variable, or keys open to the network. */
export function mayStart(): string | null {
  try {
    return secretsProblem(environment()) ?? refusal(environment(), providers);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Why this server must not start, in one line, or null when it may. Open to the network with keys and
 * without a token, anyone who reaches it could spend them.
 */
export function refusal(variables: Environment, known: readonly Provider[]): string | null {
  if (isLoopback(variables.host) || variables.token !== null) return null;
  const names = known
    .filter((provider) => variables.keyOf(provider) !== null)
    .flatMap((provider) => provider.keyEnv ?? []);
  names.push(...variables.toolSecrets.filter(({ value }) => value !== null).map(({ name }) => name));
  if (names.length === 0) return null;
  const keys = [...new Set(names)].join(", ");
  return `Refusing to listen on ${variables.host} with ${keys} set: anyone on the network could use it. Set VITRINE_TOKEN, or HOST=127.0.0.1.`;
}
