/** What went wrong with an MCP server, in words that claim only what was seen. */
import {
  ProtocolError,
  SdkError,
  SdkErrorCode,
  SdkHttpError,
  SseError,
  UnauthorizedError,
} from "@modelcontextprotocol/client";
import { z } from "zod";

import { redactText } from "@/lib/server/relay/redact";
import { networkError } from "@/lib/server/upstream/network-error";

import { McpRefusal } from "./refusal";
import type { ServerPlan } from "./server-plan";
import { liveSecrets } from "./sign-in/sign-ins";
import { STREAM_ENDED } from "./watch-messages";

export type McpFailure = {
  readonly code: string;
  readonly message: string;
  /** Raw detail for behind a click. */
  readonly detail: string | null;
  /** Whether a server of the old HTTP transport would have answered like this. */
  readonly mayBeOldServer: boolean;
  /** Whether it wants to know who asks. */
  readonly needsSignIn: boolean;
};

/** `log`: the end of what a process wrote as its log. */
export function describeFailure(error: unknown, plan: ServerPlan, log = ""): McpFailure {
  const raw = rawFailure(error, plan);
  const detail = [raw.detail, log === "" ? null : `The server's log ends with:\n${log}`]
    .filter((text) => text != null)
    .join("\n\n");
  const secrets = liveSecrets(plan);
  const clean = (text: string) => redactText(text, secrets);
  return {
    code: raw.code,
    message: clean(raw.message),
    detail: detail === "" ? null : clean(detail),
    mayBeOldServer: OLD_SERVER.has(raw.status ?? 0),
    needsSignIn: raw.status === 401,
  };
}

const OLD_SERVER: ReadonlySet<number> = new Set([400, 404, 405]);

/** A failure whose text may still hold a secret. */
type RawFailure = {
  readonly code: string;
  readonly message: string;
  readonly detail?: string;
  readonly status?: number;
};

function rawFailure(error: unknown, plan: ServerPlan): RawFailure {
  const name = plan.name;
  const refused = causeOf(error, McpRefusal);
  if (refused !== null) return { code: "MCP_REFUSED", message: refused.message };
  if (UnauthorizedError.isInstance(error))
    return { code: "MCP_SIGN_IN", message: `${name} wants you to sign in.`, status: 401 };
  if (SdkHttpError.isInstance(error) && error.status !== undefined)
    return httpFailure(error.status, name, bodyOf(error));
  if (SseError.isInstance(error) && error.code !== undefined)
    return httpFailure(error.code, name, error.message);
  if (ProtocolError.isInstance(error)) return protocolFailure(error, name);
  const network = networkFailure(error, plan);
  if (network !== null) return network;
  if (SdkError.isInstance(error)) return clientFailure(error, name);
  return { code: "MCP_FAILED", message: `${name} failed: ${sentence(messageOf(error))}` };
}

function httpFailure(status: number, name: string, body: string): RawFailure {
  const detail = body.trim() === "" ? {} : { detail: body.slice(0, 4_000) };
  const known = HTTP.get(status);
  const words = wordsIn(body);
  const said = words === "" ? ". It said no more." : `. The server said: ${sentence(words)}`;
  const message = `${name} answered ${String(status)}${known === undefined ? said : `: ${known}.`}`;
  return { code: `HTTP_${String(status)}`, message, status, ...detail };
}

/** What a server says of an HTTP error, without the JSON around it; empty where it says nothing that a person could read. */
export function httpWords(error: SdkHttpError): string {
  return wordsIn(bodyOf(error));
}

function bodyOf(error: SdkHttpError): string {
  return z.string().safeParse(error.data?.["text"]).data ?? "";
}

const spoken = z.looseObject({
  error: z.union([z.string(), z.looseObject({ message: z.string() })]).optional(),
  error_description: z.string().optional(),
  message: z.string().optional(),
});

function wordsIn(body: string): string {
  const said = spoken.safeParse(parsed(body));
  if (said.success) {
    const { error, error_description: description, message } = said.data;
    return description ?? (typeof error === "object" ? error.message : error) ?? message ?? "";
  }
  // A web page is no sentence.
  return /^\s*</u.test(body) ? "" : body.trim();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // It is read as plain text.
    return null;
  }
}

const HTTP: ReadonlyMap<number, string> = new Map([
  [401, "it wants to know who asks. Sign in, or paste a token"],
  [403, "this token or sign-in does not allow it"],
  [404, "there is no MCP server at this path. Check the address"],
  [405, "this path takes no messages. Check the address"],
  [429, "it gets too many requests. Wait and retry"],
]);

/** JSON-RPC codes that the protocol gives a meaning. Others mean what the server says. */
const CODES: ReadonlyMap<number, string> = new Map([
  [-32_700, "it could not read the message"],
  [-32_600, "it calls the message invalid"],
  [-32_601, "it does not know this method"],
  [-32_602, "it does not accept these parameters"],
  [-32_603, "it reports an error of its own"],
  [-32_002, "it has no such resource"],
  [-32_020, "a header of the request and its body do not agree"],
  [-32_021, "it needs something that Vitrine does not offer"],
  [-32_022, "it does not speak this version of the protocol"],
  [-32_042, "a page has to be visited first"],
  [STREAM_ENDED, "it closed the stream without an answer"],
]);

function protocolFailure({ code, message, data }: ProtocolError, name: string): RawFailure {
  const meaning = CODES.get(code) ?? "it reports an error";
  const needs = z.object({ requiredCapabilities: z.record(z.string(), z.unknown()) }).safeParse(data);
  const needed = needs.success ? ` (${Object.keys(needs.data.requiredCapabilities).join(", ")})` : "";
  const words = code === STREAM_ENDED ? "" : ` The server said: ${sentence(message)}`;
  return {
    code: `RPC_${String(code)}`,
    message: `${name}: ${meaning}${needed}${code === STREAM_ENDED ? "" : `, error ${String(code)}`}.${words}`,
    ...(data === undefined ? {} : { detail: JSON.stringify(data).slice(0, 4_000) }),
  };
}

function clientFailure(error: SdkError, name: string): RawFailure {
  const { code } = error;
  const messages: Readonly<Partial<Record<SdkErrorCode, string>>> = {
    [SdkErrorCode.RequestTimeout]: `${name} did not answer in time.`,
    [SdkErrorCode.ConnectionClosed]: `${name} closed the connection.`,
    [SdkErrorCode.NotConnected]: `${name} is not connected.`,
    [SdkErrorCode.ListPaginationExceeded]: `${name} sends a list that has no end.`,
    [SdkErrorCode.InvalidResult]: `${name} sent a result that the protocol does not allow.`,
    [SdkErrorCode.UnsupportedResultType]: `${name} sent a kind of result that Vitrine does not support.`,
    [SdkErrorCode.ClientHttpUnexpectedContent]: `${name} answered with something other than JSON or a stream of events. Check the address.`,
    [SdkErrorCode.EraNegotiationFailed]: `${name} and Vitrine found no version of the protocol that both speak.`,
  };
  return {
    code: `MCP_${code}`,
    message: messages[code] ?? `${name} failed: ${sentence(error.message)}`,
    detail: error.message.slice(0, 4_000),
  };
}

/** A connection that was refused, a name that was not found, a program that is not there. */
function networkFailure(error: unknown, plan: ServerPlan): RawFailure | null {
  const code = codesOf(error).find((one) => NETWORK.test(one));
  if (code === undefined) return null;
  if (plan.via.via === "stdio") {
    const message =
      code === "ENOENT"
        ? `${plan.name}: there is no program "${plan.via.command}". Install it, or correct vitrine.mcp.json.`
        : `${plan.name} could not be started: ${sentence(messageOf(error))}`;
    return { code, message };
  }
  const { url, proxy } = plan.via;
  const { message } = networkError({
    error,
    url,
    proxy,
    hint: "Start it and retry.",
    requestId: "",
    answered: false,
  });
  return { code, message };
}

const NETWORK =
  /^(?:E[A-Z]{3,}|UND_ERR_\w+|TARGET_BLOCKED|CERT_\w+|DEPTH_\w+|ERR_SSL_\w+|ERR_TLS_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+|CUT_HEAD|RESET_HEAD|BAD_STATUS|BAD_HEAD|HPE_\w+)$/u;

function* chainOf(error: unknown): Generator<Error> {
  for (let next = error; next instanceof Error;) {
    yield next;
    const data: unknown = SdkError.isInstance(next) ? next.data : undefined;
    const inData = typeof data === "object" && data !== null && "cause" in data ? data.cause : undefined;
    next = next.cause ?? inData;
  }
}

function codesOf(error: unknown): readonly string[] {
  return [...chainOf(error)].flatMap((one) =>
    "code" in one && typeof one.code === "string" ? [one.code] : [],
  );
}

function causeOf<Kind extends Error>(error: unknown, kind: new (message?: string) => Kind): Kind | null {
  for (const one of chainOf(error)) if (one instanceof kind) return one;
  return null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** With one full stop at its end, and no longer than two lines. */
function sentence(text: string): string {
  const line = text
    .trim()
    .replaceAll(/\s+/gu, " ")
    .replace(/[\s:;,]+$/u, "");
  const short = line.length > 300 ? `${line.slice(0, 299)}…` : line;
  return /[.!?…]$/u.test(short) ? short : `${short}.`;
}
