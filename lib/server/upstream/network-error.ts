import type { RunError } from "@/lib/stream/turn/event";

import type { ProxyRoute } from "./outbound-proxy";

export type Failure = {
  readonly error: unknown;
  /** Where the call went, for the sentences. */
  readonly url: string;
  /** The proxy that the call went through; null = none. */
  readonly proxy: Pick<ProxyRoute, "name" | "authorization"> | null;
  /** What to do when nothing answers there, one line. */
  readonly hint: string;
  readonly requestId: string;
  /** Whether the upstream's head had come: nothing is sent twice after that. */
  readonly answered: boolean;
};

/** A failed connection as a person must see it: never rejects, never empty. */
export function networkError({ error, url, proxy, hint, requestId, answered }: Failure): RunError {
  const cause = rootCause(error);
  const { host: name, hostname, protocol } = new URL(url);
  const host = proxy === null ? name : `${name} (through the proxy ${proxy.name})`;
  const known: Sentence =
    (proxy === null || answered ? null : proxyProblem(cause, name, proxy)) ??
    sentence(cause, { host, hostname, isHttps: protocol === "https:", hint, answered });
  return {
    source: known.source ?? "network",
    code: cause.code,
    message: known.message,
    retryable: !answered && known.retryable,
    requestId,
    detail: `${cause.code}: ${cause.message}`,
  };
}

type Cause = { readonly code: string; readonly message: string };
type Call = {
  readonly host: string;
  /** `host` without its port. */
  readonly hostname: string;
  readonly isHttps: boolean;
  readonly hint: string;
  readonly answered: boolean;
};
type Sentence = {
  readonly message: string;
  readonly retryable: boolean;
  readonly source?: RunError["source"];
};

/** fetch says only "fetch failed" or "terminated"; the reason is in the chain of causes. */
function rootCause(error: unknown): Cause {
  let code = "NETWORK";
  let message = "no reason given";
  for (let next: unknown = error; next instanceof Error; next = next.cause) {
    message = next.message === "" ? message : next.message;
    if ("code" in next && typeof next.code === "string") code = next.code;
    else if (next.name === "HTTPParserError" || next.name === "TimeoutError") code = next.name;
    // Trying ::1 and 127.0.0.1 gives one error for each.
    if (next instanceof AggregateError && next.errors[0] instanceof Error) {
      message = next.errors[0].message;
    }
  }
  return { code: code.startsWith("HPE_") ? "HTTPParserError" : code, message };
}

function sentence({ code, message: reason }: Cause, call: Call): Sentence {
  const { host, hostname, hint, answered } = call;
  switch (code) {
    case "ECONNREFUSED":
      return { message: `No server is listening at ${host}. ${hint}`.trim(), retryable: true };
    case "ENOTFOUND":
      return { message: `The host name ${hostname} was not found. Check the address.`, retryable: false };
    case "EAI_AGAIN":
      return { message: `The host name ${hostname} could not be looked up just now.`, retryable: true };
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return { message: `${host} can't be reached from this network.`, retryable: true };
    case "UND_ERR_CONNECT_TIMEOUT":
      return { message: `No connection to ${host} within 10 s.`, retryable: true };
    case "ETIMEDOUT":
      return { message: `The connection to ${host} timed out.`, retryable: true };
    case "TimeoutError":
      return { message: `${host} did not answer in time.`, retryable: true };
    case "UND_ERR_HEADERS_TIMEOUT":
      return { message: `${host} did not begin to answer within 120 s.`, retryable: false };
    case "UND_ERR_BODY_TIMEOUT":
      return { message: `${host} sent nothing for 90 s, so Vitrine stopped waiting.`, retryable: false };
    case "UND_ERR_HEADERS_OVERFLOW":
      return { message: `The headers of the answer from ${host} are too large.`, retryable: false };
    case "UND_ERR_RES_CONTENT_LENGTH_MISMATCH":
      return { message: `The answer from ${host} is not as long as it declares.`, retryable: false };
    case "UND_ERR_SOCKET":
    case "ECONNRESET":
    case "EPIPE":
      return { message: closed(call), retryable: true };
    case "HTTPParserError":
      return { message: answered ? brokenBody(host) : notHttp(call, reason), retryable: false };
    case "CUT_HEAD":
      return { message: cutHead("closed", host), retryable: true };
    case "RESET_HEAD":
      return { message: cutHead("reset", host), retryable: true };
    case "BAD_STATUS":
    case "BAD_HEAD":
      return { message: `${host} sent a broken reply. ${reason}`, retryable: false };
    case "Z_DATA_ERROR":
    case "Z_BUF_ERROR":
      return {
        message: `${host} sent a compressed answer that cannot be unpacked. Turn compression off on that server, or on the proxy before it.`,
        retryable: false,
      };
    case "TOO_LARGE":
    case "TARGET_BLOCKED":
      return { message: reason, retryable: false, source: "app" };
    default:
      return tlsSentence({ code, message: reason }, call) ?? unknown(host, reason);
  }
}

const UNKNOWN_SIGNER =
  "has a certificate that isn't signed by a known authority. Start Vitrine with NODE_EXTRA_CA_CERTS set to its CA file.";

/** What is wrong with a certificate, in words that follow the host's name. */
const CERTIFICATES: { readonly [code: string]: string } = {
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_SIGNER,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_SIGNER,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_SIGNER,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_SIGNER,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_SIGNER,
  CERT_UNTRUSTED: UNKNOWN_SIGNER,
  ERR_TLS_CERT_ALTNAME_INVALID: "has a certificate for another host. Use the name that it was made for.",
  CERT_HAS_EXPIRED: "has a certificate that has expired. Renew it on that server.",
  CERT_NOT_YET_VALID: "has a certificate that is not valid yet. Check this machine's clock.",
  CERT_REVOKED: "has a certificate that was revoked. Replace it on that server.",
};

/** The codes with which OpenSSL reports bytes that are no TLS record. */
const NOT_TLS = /wrong[ _]version[ _]number|packet[ _]length[ _]too[ _]long|http[ _]request/i;

function tlsSentence({ code, message }: Cause, { host, answered }: Call): Sentence | null {
  const certificate = Object.hasOwn(CERTIFICATES, code) ? CERTIFICATES[code] : undefined;
  if (certificate !== undefined) return { message: `${host} ${certificate}`, retryable: false };
  if (code !== "EPROTO" && !code.startsWith("ERR_SSL_") && !code.startsWith("ERR_TLS_")) return null;
  if (answered)
    return { message: `The encrypted connection to ${host} broke. Retry starts over.`, retryable: false };
  return NOT_TLS.test(`${code} ${message}`)
    ? { message: `${host} does not speak https. Use http:// in its address.`, retryable: false }
    : { message: `No secure connection to ${host}: ${message}.`, retryable: false };
}

function unknown(host: string, reason: string): Sentence {
  // What fetch says of the ports that it refuses, such as those of mail and of chats.
  if (reason === "bad port")
    return {
      message: `${host} uses a port that is blocked for web requests. Start the server on another port.`,
      retryable: false,
    };
  return { message: `The connection to ${host} failed: ${reason.replace(/\.$/, "")}.`, retryable: false };
}

function closed({ host, isHttps, answered }: Call): string {
  if (answered) return `${host} closed the connection in the middle of the answer. Retry starts over.`;
  return `${host} closed the connection without an answer.${isHttps ? "" : TRY_HTTPS}`;
}

function cutHead(how: "closed" | "reset", host: string): string {
  return `${host} ${how} the connection inside the headers of its reply. It may have crashed: check that server's log.`;
}

function notHttp({ host, isHttps }: Call, reason: string): string {
  // The parser names in brackets what it missed. Bytes that began as HTTP does came from a server that speaks it.
  const missed = /\(([^()]+)\)$/.exec(reason)?.[1] ?? "";
  if (missed !== "" && !missed.startsWith("Expected HTTP/")) {
    return `${host} sent an HTTP reply that cannot be read: ${missed}. What runs there may not be a model server.`;
  }
  return `${host} answered with something other than HTTP.${isHttps ? "" : TRY_HTTPS}`;
}

function brokenBody(host: string): string {
  return `${host} broke off in the middle of the answer. Retry starts over.`;
}

const TRY_HTTPS = " If it speaks https, use https:// in its address.";

type Problem = { readonly message: string; readonly retryable: boolean };

/** The status with which a proxy refused a tunnel, in undici's words. */
const REFUSED = /^Proxy response \((\d{3})\)/;

/** null where the proxy is not known to be the reason. */
export function proxyProblem(
  { code, message }: Cause,
  target: string,
  { name, authorization }: Pick<ProxyRoute, "name" | "authorization">,
): Problem | null {
  const status = REFUSED.exec(message)?.[1];
  if (status !== undefined)
    return { message: refused(status, target, name, authorization !== null), retryable: false };
  switch (code) {
    case "ECONNREFUSED":
      return { message: `No proxy is listening at ${name}. ${CHECK}`, retryable: true };
    case "ENOTFOUND":
      return { message: `The host name of the proxy ${name} was not found. ${CHECK}`, retryable: false };
    case "EAI_AGAIN":
      return {
        message: `The host name of the proxy ${name} could not be looked up just now.`,
        retryable: true,
      };
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return { message: `The proxy ${name} can't be reached from this network.`, retryable: true };
    case "UND_ERR_HEADERS_TIMEOUT":
      return {
        message: `${target} did not begin to answer in time through the proxy ${name}.`,
        retryable: false,
      };
    case "HTTPParserError":
      return { message: `The proxy ${name}, or ${target} behind it, does not speak HTTP.`, retryable: false };
    default:
      return null;
  }
}

const CHECK = "Check HTTP_PROXY and HTTPS_PROXY, or name the host in NO_PROXY.";

function refused(status: string, target: string, name: string, hasLogin: boolean): string {
  if (status === "407") {
    return hasLogin
      ? `The proxy ${name} did not accept the user name and password it was given (407).`
      : `The proxy ${name} asks for a user name and password (407). Add them to its address: http://user:password@host.`;
  }
  return `The proxy ${name} did not connect to ${target}: it answered ${status}.`;
}
