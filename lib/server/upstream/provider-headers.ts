import type { Provider } from "@/lib/providers/provider";

import { basic } from "./credential";

/** What every request to a provider carries: its fixed headers, and the one with `key` where there is one. Pure. */
export function providerHeaders(
  { headers, auth }: Pick<Provider, "headers" | "auth">,
  key: string | null,
): Readonly<Record<string, string>> {
  if (key === null) return { ...headers };
  const withKey: Record<string, string> =
    auth.kind === "bearer" ? { authorization: `Bearer ${key}` } : { [auth.name]: key };
  return { ...headers, ...withKey };
}

/** The same with a user and a password as Basic authorization, which takes the place of a key in that header. Pure. */
export function placeHeaders({
  provider,
  key,
  login,
}: {
  readonly provider: Pick<Provider, "headers" | "auth">;
  readonly key: string | null;
  readonly login?: string | null;
}): Readonly<Record<string, string>> {
  const headers = providerHeaders(provider, key);
  return login == null ? headers : { ...headers, authorization: `Basic ${basic(login)}` };
}
