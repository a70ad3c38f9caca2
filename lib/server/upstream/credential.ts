import type { Credential } from "@/lib/contract/access";
import type { Provider } from "@/lib/providers/provider";

/** Every spelling in which a login or a query's values may come back. Pure. */
export function secretsOf({ login, query }: Pick<Credential, "login" | "query">): readonly string[] {
  const values = query
    .split("&")
    .map((piece) => piece.slice(piece.indexOf("=") + 1))
    .flatMap((value) => [value, readQueryValue(value)])
    .filter((value) => value !== "");
  const password = login === null ? [] : [login, login.slice(login.indexOf(":") + 1)];
  return [...new Set([...password, ...(login === null ? [] : [basic(login)]), ...values])];
}

/** As a server reads it, and would repeat it. */
function readQueryValue(value: string): string {
  return new URLSearchParams(`value=${value}`).get("value") ?? value;
}

/** The value of `Basic` authorization. Pure. */
export function basic(login: string): string {
  return Buffer.from(login, "utf8").toString("base64");
}

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
export function destinationHeaders({
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
