import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import type { Environment } from "@/lib/server/environment";
import { shared } from "@/lib/server/shared";

import { projectRoot } from "../project-root.mjs";
import { type Attempts, createAttempts } from "./attempts";
import { clientAddress } from "./client-address";

const TOKEN_COOKIE = "vitrine-token";
const THIRTY_DAYS_S = 30 * 24 * 3600;

/** "wait": this address, or all together, tried too many wrong tokens, so that not even the right one is looked at. */
export type TokenVerdict =
  | { readonly is: "right" | "wrong" }
  | { readonly is: "wait"; readonly waitMs: number };

/** Whether a request may come in: always without a token set, otherwise with the cookie or `Authorization: Bearer`. */
export function authorize(headers: Headers, { token }: Environment): TokenVerdict {
  if (token === null) return { is: "right" };
  const cookies = cookiesNamed(TOKEN_COOKIE, headers.get("cookie") ?? "");
  if (cookies.some((value) => equal(value, cookieValue(token)))) return { is: "right" };
  const bearer = /^bearer (.+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  return bearer === undefined ? { is: "wrong" } : tryToken(bearer, token, headers);
}

/** Whether a typed token is the server's. Takes the same time for every wrong one, and only some from each address. */
export function tryToken(typed: string, token: string, headers: Headers): TokenVerdict {
  const address = clientAddress(headers);
  const now = Date.now();
  const waitMs = attempts().waitMs(address, now);
  if (waitMs !== null) return { is: "wait", waitMs };
  if (equal(typed, token)) return { is: "right" };
  const full = attempts().fail(address, digest(typed).toString("hex"), now);
  if (full === "all") {
    console.warn("Too many wrong tokens from many addresses: all tokens are rejected for some minutes.");
  } else if (full === "address") {
    console.warn(`Too many wrong tokens from ${address}: tokens from there are rejected for some minutes.`);
  }
  return { is: "wrong" };
}

/** The message for a person who has to wait. */
export const TOKEN_WAIT = "Too many wrong tokens were tried. Wait some minutes, then try again.";

const attempts = (): Attempts => shared("token-attempts", createAttempts);

/** `Set-Cookie` for a person who typed the token. `secure` when the page came over https. */
export function tokenCookie(token: string, secure: boolean): string {
  const flags = `Path=/; Max-Age=${THIRTY_DAYS_S}; HttpOnly; SameSite=Strict`;
  return `${TOKEN_COOKIE}=${cookieValue(token)}; ${flags}${secure ? "; Secure" : ""}`;
}

/** The cookie proves the token without holding it, dies when the token is changed, and cannot be made from a guess. */
function cookieValue(token: string): string {
  return createHmac("sha256", `${cookieSecret()} ${token}`).update("vitrine cookie 2").digest("base64url");
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

/** Equal lengths, so that the comparison reveals nothing about the token's length. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

const SECRET_LENGTH = 64;

/**
 * Goes into every cookie beside the token, so that nobody who guesses tokens can try them as cookies. Where the folder
 * cannot be written it lasts as long as this process, and people type the token again after a restart.
 */
export function cookieSecret(): string {
  return shared("cookie-secret", () => {
    const folder = path.join(/* turbopackIgnore: true */ projectRoot(), ".vitrine");
    const file = path.join(folder, "cookie-secret");
    const kept = readSecret(file);
    if (kept !== null) return kept;
    const made = randomBytes(SECRET_LENGTH / 2).toString("hex");
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, made, { mode: 0o600, flag: "wx" });
    } catch {
      // Not writable, or another process was first.
      return readSecret(file) ?? made;
    }
    return made;
  });
}

function readSecret(file: string): string | null {
  try {
    const text = readFileSync(file, "utf8").trim();
    return text.length === SECRET_LENGTH ? text : null;
  } catch {
    return null;
  }
}
