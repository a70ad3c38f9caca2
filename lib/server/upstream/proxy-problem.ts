/** What went wrong between Vitrine and a proxy, in words that name the proxy. Pure. */
import type { ProxyRoute } from "./outbound-proxy";

type Cause = { readonly code: string; readonly message: string };
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
