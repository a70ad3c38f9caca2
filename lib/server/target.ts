import type { Provider } from "@/lib/providers/provider";

import { blockedAddress } from "./address";
import type { Environment } from "./environment";
import { isLoopback } from "./loopback";

export type Target =
  | { readonly ok: true; readonly baseUrl: string; readonly origin: string }
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
 * A base URL that a person typed. While Vitrine listens on this machine only, any http(s) origin may be
 * called, loopback and LAN included; else only those of `VITRINE_ORIGINS`. Names are checked again once
 * they are resolved, by the connection itself.
 */
export function endpointTarget(baseUrl: string, environment: Environment): Target {
  const target = parseTarget(baseUrl);
  if (!target.ok || isLoopback(environment.host)) return target;
  if (environment.endpointOrigins.includes(target.origin)) return target;
  return blocked(`${target.origin} is not an origin that this server allows. Add it to VITRINE_ORIGINS.`);
}

/** A base URL without a path gets the preset's (`/v1`), which people leave out. */
export function withPresetPath(baseUrl: string, provider: Pick<Provider, "baseUrl">): string {
  const url = parseUrl(baseUrl);
  if (url === null || url.pathname !== "/" || url.search !== "" || url.hash !== "") return baseUrl;
  const path = new URL(provider.baseUrl).pathname;
  return path === "/" ? baseUrl : `${baseUrl.replace(/\/$/, "")}${path}`;
}

function parseTarget(text: string): Target {
  const url = parseUrl(text);
  if (url === null) return invalid("The address is not a URL.");
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return blocked(`Only http and https addresses can be called, not ${url.protocol}`);
  }
  if (url.username !== "" || url.password !== "") {
    return blocked("The address holds a name or password. Paste the key in its own field.");
  }
  if (url.search !== "" || url.hash !== "") return invalid("The address must end before any ? or #.");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const reason = isLiteral(host) ? blockedAddress(host) : null;
  if (reason !== null) return blocked(`${url.hostname} is never called, because ${reason}.`);
  return { ok: true, baseUrl: url.href.replace(/\/+$/, ""), origin: url.origin };
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
