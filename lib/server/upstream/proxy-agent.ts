/** Calls through an http or https proxy, each in a tunnel of its own that the proxy opens with CONNECT. */
import { type buildConnector, Pool, ProxyAgent } from "undici";

import type { ProxyRoute } from "./outbound-proxy";

export type ProxyAgentOptions = {
  /** ms to reach the proxy, ms for its tunnel, and ms for TLS inside. */
  readonly connectMs: number;
  readonly limits: { readonly headersTimeout: number; readonly bodyTimeout: number };
  /** Wraps the connector of each tunnel. */
  readonly timed: (connect: buildConnector.connector) => buildConnector.connector;
};

/**
 * The proxy resolves the name, so the address is not checked here: only the URL was. Certificates are checked end to
 * end, and plain http goes through a tunnel as well, so that a proxy changes no headers.
 */
export function proxyAgent(proxy: ProxyRoute, { connectMs, limits, timed }: ProxyAgentOptions): ProxyAgent {
  return new ProxyAgent({
    uri: proxy.url,
    ...(proxy.authorization === null ? {} : { token: proxy.authorization }),
    ...limits,
    proxyTls: { timeout: connectMs },
    requestTls: { timeout: connectMs },
    // A proxy that takes the connection and says nothing would else be waited for as long as for an answer.
    clientFactory: (origin, options) => new Pool(origin, { ...options, headersTimeout: connectMs }),
    factory: (origin, options) => new Pool(origin, withTimed(options, timed)),
  });
}

function withTimed(options: object, timed: ProxyAgentOptions["timed"]): Pool.Options {
  const { connect, ...rest }: Pool.Options = options;
  return typeof connect === "function" ? { ...rest, connect: timed(connect) } : options;
}
