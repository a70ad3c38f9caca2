import "server-only";
import { createHash, createHmac, timingSafeEqual } from "node:crypto";

import type { Environment } from "./environment";

const TOKEN_COOKIE = "vitrine-token";
const THIRTY_DAYS_S = 30 * 24 * 3600;

/** Whether a request may come in: always without a token set, else with the cookie or `Authorization: Bearer`. */
export function isAuthorized(headers: Headers, { token }: Environment): boolean {
  if (token === null) return true;
  const bearer = /^bearer (.+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (bearer !== undefined && isToken(bearer, token)) return true;
  return cookiesNamed(TOKEN_COOKIE, headers.get("cookie") ?? "").some((value) =>
    equal(value, cookieValue(token)),
  );
}

/** Whether a typed token is the server's. Takes the same time for every wrong one. */
export function isToken(typed: string, token: string): boolean {
  return equal(typed, token);
}

/** `Set-Cookie` for a person who typed the token. `secure` when the page came over https. */
export function tokenCookie(token: string, secure: boolean): string {
  const flags = `Path=/; Max-Age=${THIRTY_DAYS_S}; HttpOnly; SameSite=Strict`;
  return `${TOKEN_COOKIE}=${cookieValue(token)}; ${flags}${secure ? "; Secure" : ""}`;
}

/** The cookie proves the token without holding it, and dies when the token is changed. */
function cookieValue(token: string): string {
  return createHmac("sha256", token).update("vitrine cookie 1").digest("base64url");
}

function cookiesNamed(name: string, header: string): readonly string[] {
  return header.split(";").flatMap((pair) => {
    const [key, value] = pair.trim().split("=", 2);
    return key === name && value !== undefined ? [value] : [];
  });
}

function equal(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

/** Equal lengths, so that the comparison tells nothing about the token's. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
