import { formatCount, formatPlural } from "@/lib/stream/figures/format-number";
/** Describes a failed step to a person: what happened, in whose words, and what to do next. Pure. */
import { LARGEST_AMOUNT } from "@/lib/stream/turn/bounds";
import type { RunError } from "@/lib/stream/turn/event";

export type ErrorHint = {
  /** What happened. */
  readonly title: string;
  /** The server's own words; null where the title already holds all that is known. */
  readonly serverMessage: string | null;
  /** What to do next, one sentence; "" where the title says it or nothing helps. */
  readonly next: string;
};

/** Where an error arose, in a person's words. */
export const ERROR_SOURCES: Record<RunError["source"], string> = {
  app: "Vitrine",
  network: "network",
  provider: "provider",
};

const CUT = "The partial answer is kept. Retry starts over.";
const SLOW = "Retry, or check whether the server is busy.";
const WAIT = "Wait a moment, then retry.";
const ADDRESS = "Check the address, or choose another server in the lane's model menu.";
const START = "Start it and retry, or choose another server in the lane's model menu.";
const FIX = "Fix what the server names, then retry.";
const GIVE_KEY = "Paste a key in the lane's model menu, or set it in the server's environment.";
const SHORTEN = "Shorten the prompt, or start a new comparison.";

/** Codes of the provider's source whose message is Vitrine's own sentence and not the server's words. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  "EMPTY_REPLY",
  "HTML_NOT_API",
  "LIMIT",
  "NO_KEY_NO_MESSAGE",
  "NO_MESSAGE",
  "NOT_A_STREAM",
  "TRUNCATED",
  "UNREADABLE",
  "UNREADABLE_BODY",
  "UNREADABLE_STREAM",
  "UPSTREAM_REDIRECT",
  "finish_error",
]);

/** What helps, by code, where the message itself does not say it. */
const NEXT_BY_CODE: { readonly [code: string]: string } = {
  ECONNREFUSED: START,
  EAI_AGAIN: "Check the network, then retry.",
  EHOSTUNREACH: "Check the network and the address, then retry.",
  ENETUNREACH: "Check the network, then retry.",
  ETIMEDOUT: ADDRESS,
  UND_ERR_CONNECT_TIMEOUT: ADDRESS,
  UND_ERR_HEADERS_TIMEOUT: SLOW,
  UND_ERR_BODY_TIMEOUT: CUT,
  TRUNCATED: CUT,
  LIMIT: "Ask for less, or lower the token limit.",
  RATE_LOCAL: WAIT,
  NO_KEY: GIVE_KEY,
  NO_KEY_NO_MESSAGE: GIVE_KEY,
  insufficient_quota: "Top up the account at the provider.",
  EMPTY_REPLY: "Retry. If it stays empty, the prompt may fill the model's whole context.",
  UPSTREAM_REDIRECT: "Use the address it points to, if you trust it.",
  exceed_context_size_error: SHORTEN,
  context_length_exceeded: SHORTEN,
};

const TITLE_BY_CODE: { readonly [code: string]: string } = {
  NO_KEY: "The server requires a key, and none was sent",
  insufficient_quota: "Out of credits",
  exceed_context_size_error: "The prompt is longer than the model's context",
  context_length_exceeded: "The prompt is longer than the model's context",
};

const BY_STATUS: { readonly [status: number]: { readonly title: string; readonly next: string } } = {
  400: { title: "The server rejected the request", next: FIX },
  401: { title: "The key was rejected", next: "Paste another key, or set it in the server's environment." },
  402: { title: "Payment is required", next: "Check the account's balance at the provider." },
  403: {
    title: "Not allowed",
    next: "The key may not have access to this model, or the region, network or content is blocked.",
  },
  404: {
    title: "Not found",
    next: "Check the model's name, and whether /v1 is missing or doubled in the address.",
  },
  405: { title: "The address does not accept this request", next: "Check the base URL." },
  408: { title: "The server timed out", next: SLOW },
  413: { title: "The request is too large", next: "Shorten the prompt." },
  422: { title: "The server rejected a field", next: FIX },
  429: { title: "Too many requests", next: WAIT },
  502: { title: "A gateway got an invalid response from the server behind it", next: WAIT },
  503: { title: "The server is unavailable", next: "It may be busy or still loading. Retry in a moment." },
  504: { title: "A gateway timed out", next: SLOW },
  529: { title: "The server is overloaded", next: WAIT },
};

/** The hint for an error. Vitrine's own sentences stand as they are; a server's words get a title above them. */
export function errorHint(error: RunError): ErrorHint {
  const message = error.message.trim();
  const isOwn = hasOwnWords(error);
  const next = nextFor(error);
  if (isOwn && message !== "") return { title: message, serverMessage: null, next };
  return { title: titleFor(error), serverMessage: message === "" ? null : message, next };
}

function titleFor(error: RunError): string {
  const title = own(TITLE_BY_CODE, error.code);
  if (title !== null) return withNumbers(title, error);
  const status = statusOf(error);
  const known = status === null ? undefined : BY_STATUS[status];
  if (known !== undefined) return known.title;
  if (error.source === "network") return "The connection failed";
  if (error.source === "app") return "Vitrine could not send this";
  return status !== null && status >= 500 ? "The server failed" : "The server reported an error";
}

/** "HTTP 500", "error 500 in a 200 response", or null where no status was reported. */
export function statusInWords({ status, inStatus }: RunError): string | null {
  if (status === undefined) return null;
  return inStatus === undefined ? `HTTP ${status}` : `error ${status} in a ${inStatus} response`;
}

function hasOwnWords({ source, code }: RunError): boolean {
  return source !== "provider" || OWN_WORDS.has(code);
}

function nextFor(error: RunError): string {
  if (error.retryAfterMs !== undefined) {
    return `The server asks you to wait ${waitInWords(error.retryAfterMs)}, then retry.`;
  }
  // Nothing was sent, and the sentence says what is missing and where it goes.
  if (error.source === "app" && error.code === "NO_KEY") return "";
  const byCode = own(NEXT_BY_CODE, error.code);
  if (byCode !== null) return byCode;
  const status = statusOf(error);
  // A server without words names nothing that could be fixed.
  if (error.code === "NO_MESSAGE" && status !== 400 && status !== 422) return nextByStatus(status, error);
  // The sentences of Vitrine itself already say what to do.
  return hasOwnWords(error) ? "" : nextByStatus(status, error);
}

function nextByStatus(status: number | null, error: RunError): string {
  const known = status === null ? undefined : BY_STATUS[status];
  if (known !== undefined) return known.next;
  return error.retryable || (status !== null && status >= 500) ? "Retry in a moment." : "";
}

/** A short wait is given in seconds, a longer one in minutes or hours. */
function waitInWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 120) return formatPlural(seconds, "second");
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? formatPlural(minutes, "minute") : formatPlural(Math.round(minutes / 60), "hour");
}

/** Codes come from the wire, so only the table's own keys count. */
function own(table: { readonly [code: string]: string }, code: string): string | null {
  return Object.hasOwn(table, code) ? (table[code] ?? null) : null;
}

function statusOf(error: RunError): number | null {
  if (error.status !== undefined) return error.status;
  const digits = /^HTTP_(\d{3})$/u.exec(error.code)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** llama.cpp reports both numbers, in fields of the body or in its message. */
function withNumbers(title: string, error: RunError): string {
  const text = `${error.message}\n${error.detail ?? ""}`;
  const prompt = countIn(text, /n_prompt_tokens"?\s*[:=]\s*([\d.eE+-]+)/u, /\((\d+) tokens\) exceeds/u);
  const context = countIn(text, /n_ctx"?\s*[:=]\s*([\d.eE+-]+)/u, /context size \((\d+)/u);
  // Numbers that contradict what they are said of are not repeated.
  if (prompt === null || context === null || prompt < context) return title;
  return `The prompt has ${formatPlural(prompt, "token")}, but the context holds only ${formatCount(context)}`;
}

function countIn(text: string, ...places: readonly RegExp[]): number | null {
  const found = places.map((place) => place.exec(text)?.[1]).find((digits) => digits !== undefined);
  const count = Number(found ?? Number.NaN);
  return Number.isInteger(count) && count > 0 && count <= LARGEST_AMOUNT ? count : null;
}
