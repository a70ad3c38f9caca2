/** The secrets that HTTP tools may name: listed by the server's own configuration, each for one origin. */
import type { Provider } from "@/lib/providers/provider";
import { providers } from "@/lib/providers/registry";
import type { Environment, ToolSecret } from "@/lib/server/environment";

/** Shorter ones could not be overwritten in what a server sends back. */
const LEAST_LENGTH = 8;

/** Why the configuration of the secrets must not be used, in one line, or null. */
export function secretsProblem(
  { toolSecrets, keyOf, token }: Pick<Environment, "toolSecrets" | "keyOf" | "token">,
  known: readonly Provider[] = providers,
): string | null {
  const names = toolSecrets.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return `VITRINE_TOOL_SECRETS lists ${twice} twice. A secret has one origin.`;
  const ofProviders = new Set(known.flatMap(({ keyEnv, baseUrlEnv }) => [keyEnv, baseUrlEnv]));
  const keys = [token, ...known.map(keyOf)].filter((key) => key !== null);
  for (const { name, value } of toolSecrets) {
    if (ofProviders.has(name) || name.startsWith("VITRINE_"))
      return `VITRINE_TOOL_SECRETS lists ${name}, which is Vitrine's own or a provider's. Tools never get these: remove it from the list.`;
    if (value === null) continue;
    if (value.length < LEAST_LENGTH)
      return `${name}, which VITRINE_TOOL_SECRETS lists, has fewer than ${LEAST_LENGTH} characters.`;
    if (keys.some((key) => value.includes(key)))
      return `${name}, which VITRINE_TOOL_SECRETS lists, holds a provider's key or Vitrine's token. Tools never get these: use a key made for the tool.`;
  }
  return null;
}

export type GrantedSecrets =
  | { readonly ok: true; readonly secrets: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly message: string };

/** The secrets of these names for a request to `origin`. */
export function grantSecrets(
  names: readonly string[],
  origin: string,
  variables: Environment,
): GrantedSecrets {
  if (names.length === 0) return { ok: true, secrets: new Map() };
  const problem = secretsProblem(variables);
  if (problem !== null) return { ok: false, message: problem };
  const secrets = new Map<string, string>();
  for (const name of names) {
    const secret = variables.toolSecrets.find((listed) => listed.name === name);
    const refused = refusalOf(name, secret, origin);
    if (refused !== null) return { ok: false, message: refused };
    if (secret?.value != null) secrets.set(name, secret.value);
  }
  return { ok: true, secrets };
}

function refusalOf(name: string, secret: ToolSecret | undefined, origin: string): string | null {
  if (secret === undefined)
    return `The tool asks for the secret "${name}", which this server does not list for tools. Nothing was sent.`;
  if (secret.origin !== origin)
    return `The secret "${name}" may be sent to ${secret.origin} only, and this request goes to ${origin}. Nothing was sent.`;
  if (secret.value === null)
    return `The secret "${name}" has no value. Set the variable ${name} where Vitrine starts. Nothing was sent.`;
  return null;
}
