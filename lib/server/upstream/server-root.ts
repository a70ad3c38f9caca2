/** Where a local server's own paths (`/props`, `/api/tags`) live: the base URL without its `/v1`. Pure. */
export function serverRoot(baseUrl: string): string {
  return baseUrl.replace(/\/v1\/?$/, "").replace(/\/+$/, "");
}

/** The URL of a path as local servers document it: `/v1/…` below the base URL, any other below the root. Pure. */
export function localPath(baseUrl: string, path: string): string {
  return path.startsWith("/v1/") ? `${baseUrl}${path.slice("/v1".length)}` : `${serverRoot(baseUrl)}${path}`;
}
