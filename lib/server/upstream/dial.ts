/** How Vitrine dials an upstream: own limits, own address check, no redirects, no header but our own. */
import { AsyncLocalStorage } from "node:async_hooks";
import dns from "node:dns";
import type { LookupFunction } from "node:net";

import {
  Agent,
  type Dispatcher,
  Pool,
  ProxyAgent,
  type RequestInit as UndiciInit,
  buildConnector,
  fetch as undiciFetch,
} from "undici";

import { shared } from "@/lib/server/shared";
import type { HttpMethod } from "@/lib/tools/tool";

import { blockedAddress } from "./address";
import { gatherReads } from "./gather-reads";
import { type OnBroken, keepReceived } from "./keep-received";
import type { ProxyRoute } from "./outbound-proxy";
import { tidyReplyHeads } from "./reply-heads";

const CONNECT_MS = 10_000;
const HOSTED_HEADERS_MS = 120_000;
const HOSTED_IDLE_MS = 90_000;
/** undici reads 0 as "no limit": a local model may read a long prompt for minutes. */
const NO_LIMIT = 0;

/** Thrown into a dial whose name resolves to an address that is never called. */
export class BlockedAddressError extends Error {
  readonly code = "TARGET_BLOCKED";
}

/** What one call reports besides its response. */
export type DialReport = {
  /** ms to a connected socket; null when a kept-alive one was used. */
  connectMs: number | null;
  /** Why the response broke off after its head; null while it has not. Its body just ends there. */
  broken: Error | null;
};

export type DialOptions = {
  readonly method: HttpMethod;
  readonly body?: string;
  readonly signal?: AbortSignal;
  /** Local upstreams have no time limits after the connection; hosted ones must answer and keep talking. */
  readonly timeouts: "local" | "hosted";
  /** null = dialed directly. */
  readonly proxy: ProxyRoute | null;
  /** All that is sent. */
  readonly headers: Readonly<Record<string, string>>;
  readonly report: DialReport;
};

/** One request. Redirects come back as they are. Rejects as undici's `fetch` does until the response has a head. */
export async function dial(url: string, options: DialOptions): Promise<Response> {
  const { method, body, signal, timeouts, proxy, headers, report } = options;
  const init: UndiciInit = {
    method,
    body: body ?? null,
    signal: signal ?? null,
    headers: { ...headers },
    redirect: "manual",
    dispatcher: agent(timeouts, proxy),
  };
  const response: unknown = await reports().run(report, () => undiciFetch(url, init));
  // undici's Response is another copy of the platform's own class and differs only in its types.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return response as Response;
}

/** Shared like the agents, whose connector reads it in whichever bundle made them. */
const reports = () => shared("dial-reports", () => new AsyncLocalStorage<DialReport>());

function agent(timeouts: DialOptions["timeouts"], proxy: ProxyRoute | null): Dispatcher {
  const hosted = timeouts === "hosted";
  const limits = {
    headersTimeout: hosted ? HOSTED_HEADERS_MS : NO_LIMIT,
    bodyTimeout: hosted ? HOSTED_IDLE_MS : NO_LIMIT,
  };
  if (proxy === null) {
    const connect = timed(buildConnector({ timeout: CONNECT_MS, lookup: checkedLookup }));
    return shared(`agent.${timeouts}`, () =>
      new Agent({ connect, ...limits }).compose(gatherReads, keepReceived(onBroken)),
    );
  }
  const agents = shared("proxy-agents", () => new Map<string, Dispatcher>());
  const name = JSON.stringify([timeouts, proxy.url, proxy.authorization]);
  const known = agents.get(name);
  if (known !== undefined) return known;
  const made = proxyAgent(proxy, limits).compose(gatherReads, keepReceived(onBroken));
  agents.set(name, made);
  return made;
}

function onBroken(): OnBroken {
  const report = reports().getStore();
  return (error) => {
    if (report !== undefined) report.broken = error;
  };
}

/** Reports how long connecting took, a proxy's tunnel included. */
function timed(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) => {
    const report = reports().getStore();
    const startedAt = performance.now();
    connect(options, (...result) => {
      if (result[0] === null) {
        tidyReplyHeads(result[1]);
        if (report !== undefined) report.connectMs = performance.now() - startedAt;
      }
      callback(...result);
    });
  };
}

/** The addresses that are checked are those the socket connects to, so a name cannot change in between. */
export const checkedLookup: LookupFunction = (hostname, options, callback) => {
  dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, []);
    for (const { address } of addresses) {
      const reason = blockedAddress(address);
      if (reason !== null) {
        const message = `${hostname} leads to ${address}, which is never called, because ${reason}.`;
        return callback(new BlockedAddressError(message), []);
      }
    }
    const [first] = addresses;
    if (options.all === true || first === undefined) return callback(null, addresses);
    return callback(null, first.address, first.family);
  });
};

/**
 * Calls through an http or https proxy, each in a tunnel of its own that the proxy opens with CONNECT. The proxy
 * resolves the name, so the address is not checked here: only the URL was. Certificates are checked end to end, and
 * plain http goes through a tunnel as well, so that a proxy changes no headers.
 */
function proxyAgent(
  proxy: ProxyRoute,
  limits: { readonly headersTimeout: number; readonly bodyTimeout: number },
): ProxyAgent {
  return new ProxyAgent({
    uri: proxy.url,
    ...(proxy.authorization === null ? {} : { token: proxy.authorization }),
    ...limits,
    proxyTls: { timeout: CONNECT_MS },
    requestTls: { timeout: CONNECT_MS },
    // Otherwise a proxy that accepts the connection and stays silent would be waited for as long as an answer.
    clientFactory: (origin, options) => new Pool(origin, { ...options, headersTimeout: CONNECT_MS }),
    factory: (origin, options) => new Pool(origin, withTimed(options)),
  });
}

function withTimed(options: object): Pool.Options {
  const { connect, ...rest }: Pool.Options = options;
  return typeof connect === "function" ? { ...rest, connect: timed(connect) } : options;
}
