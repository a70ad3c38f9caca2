import type { Provider } from "@/lib/providers/provider";

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
