/** Where a provider is called: what its environment variable says, else what discovery found, else the preset. */
import { readBaseUrl } from "@/lib/providers/base-url";
import type { Provider } from "@/lib/providers/provider";
import { type Environment, environment } from "@/lib/server/environment";
import { shared } from "@/lib/server/shared";

import { withPresetPath } from "./target";

const found = () => shared("found-base-urls", () => new Map<string, string>());
/** Discovery sets where a local server answers, or null once it no longer does. */
export function setFoundBaseUrl(providerId: string, baseUrl: string | null): void {
  if (baseUrl === null) found().delete(providerId);
  else found().set(providerId, baseUrl);
}

/** What the page may know of a base URL: no user, no password, no query value that is a secret. */
export function publicBaseUrl(provider: Provider, variables: Pick<Environment, "baseUrlOf">): string {
  const read = readBaseUrl(resolveBaseUrl(provider, variables));
  return read.ok ? read.baseUrl : provider.baseUrl;
}

/** The base URL in use, with its version path. Not checked, and it may hold secrets: see `presetTarget`. */
export function resolveBaseUrl(
  provider: Provider,
  { baseUrlOf }: Pick<Environment, "baseUrlOf"> = environment(),
): string {
  const baseUrl = baseUrlOf(provider) ?? found().get(provider.id) ?? provider.baseUrl;
  return withPresetPath(baseUrl, provider).replace(/\/+$/, "");
}

/** Where a local server's own paths (`/props`, `/api/tags`) live: the base URL without its `/v1`. Pure. */
export function serverRoot(baseUrl: string): string {
  return baseUrl.replace(/\/v1\/?$/, "").replace(/\/+$/, "");
}

/** The URL of a path as local servers document it: `/v1/…` below the base URL, any other below the root. Pure. */
export function localPath(baseUrl: string, path: string): string {
  return path.startsWith("/v1/") ? `${baseUrl}${path.slice("/v1".length)}` : `${serverRoot(baseUrl)}${path}`;
}
