import { z } from "zod";

import { PARTS_PREFIX } from "@/lib/providers/api";

/** What a person gave for one address: a key, and what was cut out of the address itself. */
export type Credential = {
  readonly key: string | null;
  /** "user:password" */
  readonly login: string | null;
  /** Query parts as they are sent; "" = none. */
  readonly query: string;
};

const parts = z.strictObject({
  key: z.string().nullable(),
  login: z.string().nullable(),
  query: z.string().regex(/^[\u0021\u0022\u0024-\u007e]*$/u),
});

/** Reads the page's key header: a bare key, or all parts in one. null = it cannot be read. Pure. */
export function readCredential(header: string | null): Credential | null {
  const text = header?.trim() ?? "";
  if (!text.startsWith(PARTS_PREFIX)) return { key: text === "" ? null : text, login: null, query: "" };
  try {
    const json: unknown = JSON.parse(
      Buffer.from(text.slice(PARTS_PREFIX.length), "base64url").toString("utf8"),
    );
    return parts.safeParse(json).data ?? null;
  } catch {
    return null;
  }
}

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
