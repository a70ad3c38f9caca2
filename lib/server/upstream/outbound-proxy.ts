/** Which proxy of the environment a call goes through, if any. Pure. */
import ipaddr from "ipaddr.js";

/** The proxy variables as they are written; null = not set. */
export type ProxyVariables = {
  readonly http: string | null;
  readonly https: string | null;
  readonly none: string | null;
  /** Also for IP addresses and for servers that a person added. */
  readonly all: boolean;
};

export type ProxyRoute = {
  /** Scheme, host and port, without credentials. */
  readonly url: string;
  /** Host and port, for people. */
  readonly name: string;
  /** The `Proxy-Authorization` header; null = none. */
  readonly authorization: string | null;
  /** What an answer must never show. */
  readonly secrets: readonly string[];
};

export type ProxyChoice =
  /** `route` null = called directly. */
  { readonly ok: true; readonly route: ProxyRoute | null } | { readonly ok: false; readonly message: string };

const DIRECT: ProxyChoice = { ok: true, route: null };
const OWN_RANGES: ReadonlySet<string> = new Set([
  "loopback",
  "linkLocal",
  "private",
  "uniqueLocal",
  "unspecified",
]);

/**
 * Loopback, link-local and private addresses are always called directly, other addresses and the servers that a person
 * added (`isAdded`) unless `VITRINE_PROXY_ALL` is set, and every host that `NO_PROXY` names.
 */
export function chooseProxy(target: string, isAdded: boolean, variables: ProxyVariables): ProxyChoice {
  const url = new URL(target);
  // "localhost." is localhost: the dot only says that the name is whole.
  const host = withoutDot(url.hostname.replace(/^\[|\]$/g, "").toLowerCase());
  if (host === "localhost" || host.endsWith(".localhost")) return DIRECT;
  const address = ipaddr.isValid(host) ? ipaddr.process(host) : null;
  if (address !== null && OWN_RANGES.has(address.range())) return DIRECT;
  if ((isAdded || address !== null) && !variables.all) return DIRECT;
  const name = url.protocol === "https:" && variables.https !== null ? "HTTPS_PROXY" : "HTTP_PROXY";
  const written = name === "HTTPS_PROXY" ? variables.https : variables.http;
  if (written === null || isExempt(host, portOf(url), variables.none ?? "")) return DIRECT;
  return readProxy(name, written);
}

function portOf({ port, protocol }: URL): string {
  return port === "" ? (protocol === "https:" ? "443" : "80") : port;
}

/** Entries are separated by commas or spaces: a host, which stands for its subdomains as well, a range, `*`; each may have a port. */
function isExempt(host: string, port: string, none: string): boolean {
  return none
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      const [, name = entry, entryPort] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      if (entryPort !== undefined && entryPort !== port && !ipaddr.isValid(entry)) return false;
      return isHost(host, ipaddr.isValid(entry) ? entry : name);
    });
}

function isHost(host: string, entry: string): boolean {
  if (entry === "*") return true;
  const bare = withoutDot(entry.replace(/^\*?\./, "").replaceAll(/^\[|\]$/g, ""));
  if (ipaddr.isValid(host)) return bare === host || (ipaddr.isValidCIDR(bare) && isInRange(host, bare));
  return host === bare || host.endsWith(`.${bare}`);
}

function withoutDot(name: string): string {
  return name.replace(/\.$/, "");
}

function isInRange(host: string, range: string): boolean {
  const address = ipaddr.process(host);
  const [network, bits] = ipaddr.parseCIDR(range);
  return address.kind() === network.kind() && address.match(network, bits);
}

function readProxy(variable: string, written: string): ProxyChoice {
  const text = /^[a-z][\w+.-]*:\/\//i.test(written) ? written : `http://${written}`;
  // The value may hold a password, so no message shows it.
  if (!URL.canParse(text))
    return { ok: false, message: `${variable} is not an address such as http://10.0.0.5:3128.` };
  const { protocol, host, username, password } = new URL(text);
  if (protocol !== "http:" && protocol !== "https:") {
    return { ok: false, message: `${variable}: only http and https proxies can be used, not ${protocol}` };
  }
  const login = `${decode(username)}:${decode(password)}`;
  const token = Buffer.from(login).toString("base64");
  const hasLogin = username !== "" || password !== "";
  const route: ProxyRoute = {
    url: `${protocol}//${host}`,
    name: host,
    authorization: hasLogin ? `Basic ${token}` : null,
    secrets: hasLogin ? [login, token, decode(password), password].filter((secret) => secret !== "") : [],
  };
  return { ok: true, route };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A bare % is one: people paste passwords as they are.
    return text;
  }
}
