import type { Provider } from "@/lib/providers/provider";

/** The one header that carries `key` to a provider; none without a key. Pure. */
export function authHeaders(
  { auth }: Pick<Provider, "auth">,
  key: string | null,
): Readonly<Record<string, string>> {
  if (key === null) return {};
  return auth.kind === "bearer" ? { authorization: `Bearer ${key}` } : { [auth.name]: key };
}
