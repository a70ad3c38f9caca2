/**
 * The address that was asked for before the token was (`?to=`), or the first page. Never another site's. What stands
 * behind `#` came along by itself, and goes on.
 */
export function pageAfterToken(href: string): string {
  const here = new URL(href);
  const to = here.searchParams.get("to") ?? "/";
  const wanted = URL.canParse(to, here) ? new URL(to, here) : here;
  return wanted.origin === here.origin && wanted.pathname !== here.pathname
    ? `${wanted.pathname}${wanted.search}${here.hash}`
    : `/${here.hash}`;
}
