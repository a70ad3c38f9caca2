import type { Credential } from "@/lib/contract/access";

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
