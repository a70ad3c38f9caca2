/** What of a request may stand on a tape. All else could hold a key. Pure. */
/** Parameters of a query that hold no key, in lower case. */
const PARAMETERS: ReadonlySet<string> = new Set(["alt", "api-version", "beta", "model", "stream", "version"]);

/**
 * The address without a login and without what stands behind "#", and with `*` in place of the value of every parameter
 * that is not known to be harmless.
 */
export function allowedUrl(text: string): string {
  const bare = (text.split("#")[0] ?? "").replace(/^([a-z][a-z\d+.-]*:)?(\/\/)?[^/?]*@/isu, "$1$2");
  const split = bare.indexOf("?");
  if (split === -1) return bare;
  const query = bare
    .slice(split + 1)
    .split("&")
    .map(allowedParameter);
  return `${bare.slice(0, split)}?${query.join("&")}`;
}

function allowedParameter(pair: string): string {
  const split = pair.indexOf("=");
  const name = split === -1 ? pair : pair.slice(0, split);
  if (PARAMETERS.has(name.toLowerCase())) return pair;
  return split === -1 ? "*" : `${name}=*`;
}
