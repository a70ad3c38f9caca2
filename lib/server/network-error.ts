import type { RunError } from "@/lib/stream/event";

export type Failure = {
  readonly error: unknown;
  /** Where the call went, for the sentences. */
  readonly url: string;
  /** What to do when nothing answers there, one line. */
  readonly hint: string;
  readonly requestId: string;
  /** Whether the upstream's head had come: nothing is sent twice after that. */
  readonly answered: boolean;
};

/** A failed connection as a person must see it: never rejects, never empty. */
export function networkError({ error, url, hint, requestId, answered }: Failure): RunError {
  const cause = rootCause(error);
  const place = new URL(url).host;
  const known = sentence(cause, place, hint, answered);
  return {
    source: known.source ?? "network",
    code: cause.code,
    message: known.message ?? cause.message,
    retryable: !answered && known.retryable,
    requestId,
    detail: `${cause.code}: ${cause.message}`,
  };
}

type Cause = { readonly code: string; readonly message: string };
type Sentence = {
  readonly message?: string;
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
    else if (next.name === "HTTPParserError") code = "HTTPParserError";
    // Trying ::1 and 127.0.0.1 gives one error for each.
    if (next instanceof AggregateError && next.errors[0] instanceof Error) {
      message = next.errors[0].message;
    }
  }
  return { code: code.startsWith("HPE_") ? "HTTPParserError" : code, message };
}

function sentence(
  { code, message: reason }: Cause,
  place: string,
  hint: string,
  answered: boolean,
): Sentence {
  switch (code) {
    case "ECONNREFUSED":
      return { message: `Nothing listens at ${place}. ${hint}`.trim(), retryable: true };
    case "ENOTFOUND":
      return { message: `The name of ${place} is unknown. Check the address.`, retryable: false };
    case "EAI_AGAIN":
      return { message: `The name of ${place} could not be looked up just now.`, retryable: true };
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return { message: `There is no way to ${place} on this network.`, retryable: true };
    case "UND_ERR_CONNECT_TIMEOUT":
    case "ETIMEDOUT":
      return { message: `${place} did not take the connection within 10 s.`, retryable: true };
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
      return {
        message: `${place} shows a certificate that nobody known has signed. Start Vitrine with NODE_EXTRA_CA_CERTS set to its CA file.`,
        retryable: false,
      };
    case "ERR_TLS_CERT_ALTNAME_INVALID":
    case "CERT_HAS_EXPIRED":
      return { message: `${place} shows a certificate that is expired or another name's.`, retryable: false };
    case "ERR_SSL_WRONG_VERSION_NUMBER":
    case "ERR_SSL_PACKET_LENGTH_TOO_LONG":
    case "EPROTO":
      return { message: `${place} does not speak https. Use http:// in its address.`, retryable: false };
    case "UND_ERR_HEADERS_TIMEOUT":
      return { message: `${place} did not begin to answer within 120 s.`, retryable: false };
    case "UND_ERR_BODY_TIMEOUT":
      return { message: `${place} sent nothing for 90 s; the answer is cut.`, retryable: false };
    case "UND_ERR_HEADERS_OVERFLOW":
      return { message: `${place} answered with more headers than any API sends.`, retryable: false };
    case "UND_ERR_SOCKET":
    case "ECONNRESET":
    case "EPIPE":
      return { message: closed(place, answered), retryable: true };
    case "HTTPParserError":
      return {
        message: answered
          ? `${place} broke off in the middle of the answer.`
          : `${place} does not speak HTTP.`,
        retryable: false,
      };
    case "Z_DATA_ERROR":
    case "Z_BUF_ERROR":
      return { message: `${place} sent a compressed answer that cannot be unpacked.`, retryable: false };
    case "TARGET_BLOCKED":
      return { retryable: false, source: "app" };
    default:
      return { message: `The connection to ${place} failed: ${reason}.`, retryable: false };
  }
}

function closed(place: string, answered: boolean): string {
  if (answered) return `${place} closed the connection in the middle of the answer.`;
  return `${place} closed the connection without an answer. If it speaks https, use https:// in its address.`;
}
