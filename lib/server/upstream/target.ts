import { readBaseUrl } from "@/lib/providers/base-url";
import type { Provider } from "@/lib/providers/provider";
import type { Environment } from "@/lib/server/environment";

import { blockedAddress, isLoopback } from "./address";

export type Target =
  | {
      readonly ok: true;
      /** Without a query. */
      readonly baseUrl: string;
      readonly origin: string;
      /** Goes out with every call; "" = none. */
      readonly query: string;
      /** "user:password" of the address; null = none. */
      readonly login: string | null;
    }
  | {
      readonly ok: false;
      readonly code: "TARGET_INVALID" | "TARGET_BLOCKED";
      readonly message: string;
    };

/** A base URL of the preset or the environment: any http(s) address but those that are never called. */
export function presetTarget(baseUrl: string): Target {
  return parseTarget(baseUrl);
}

/**
 * A base URL that a person typed. While Vitrine listens only on this machine, any http(s) origin may be called,
 * including loopback and LAN; otherwise only those in `VITRINE_ORIGINS`. Names are checked again once they are
 * resolved, by the connection itself.
 */
export function endpointTarget(baseUrl: string, environment: Environment): Target {
  const target = parseTarget(baseUrl);
  const read = readBaseUrl(baseUrl);
  if (target.ok && read.ok && (read.secrets.login !== null || read.secrets.query !== "")) {
    return blocked(
      "The address contains a user name, a password, or a key. The page never sends these in an address.",
    );
  }
  if (!target.ok || isLoopback(environment.host)) return target;
  if (environment.endpointOrigins.includes(target.origin)) return target;
  return blocked(`${target.origin} is not an origin that this server allows. Add it to VITRINE_ORIGINS.`);
}

/** A base URL without a path gets the preset's (`/v1`), which people leave out. */
export function withPresetPath(baseUrl: string, provider: Pick<Provider, "baseUrl">): string {
  const url = parseUrl(baseUrl);
  const path = new URL(provider.baseUrl).pathname;
  if (url === null || url.pathname !== "/" || path === "/") return baseUrl;
  url.pathname = path;
  return url.href;
}

function parseTarget(text: string): Target {
  const read = readBaseUrl(text);
  if (!read.ok) return read.code === "NOT_HTTP" ? blocked(read.message) : invalid(read.message);
  const url = new URL(read.baseUrl);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const reason = isLiteral(host) ? blockedAddress(host) : null;
  if (reason !== null) return blocked(`${url.hostname} is never called, because ${reason}.`);
  const [baseUrl = "", kept = ""] = read.baseUrl.split("?");
  const { login, query } = read.secrets;
  return { ok: true, baseUrl, origin: url.origin, query: joinQueries(kept, query), login };
}

/** Two queries as one; "" where both are empty. Pure. */
export function joinQueries(...queries: readonly string[]): string {
  return queries.filter((query) => query !== "").join("&");
}

/** The URL parser has already turned every spelling of an IPv4 address into four decimals. */
function isLiteral(host: string): boolean {
  return host.includes(":") || /^\d+\.\d+\.\d+\.\d+$/.test(host);
}

/** `URL.parse` is younger than the oldest Node that Vitrine runs on. */
function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function blocked(message: string): Target {
  return { ok: false, code: "TARGET_BLOCKED", message };
}

function invalid(message: string): Target {
  return { ok: false, code: "TARGET_INVALID", message };
}
