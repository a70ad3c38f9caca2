/** The one lock of every API route. A route exports what `guarded` gives back, so none can do without it. */
import { z } from "zod";

import { CSRF_HEADER } from "@/lib/contract/access";
import type { RefusalCode } from "@/lib/contract/error-reply";
import { environment } from "@/lib/server/environment";
import type { RunError } from "@/lib/stream/turn/event";

import { isAllowedHost } from "./hosts";
import { readBytes } from "./read-bytes";
import { appError, errorReply } from "./reply";
import { safeJson } from "./safe-json";
import { TOKEN_WAIT, authorize } from "./token";

export const MAX_BODY_BYTES = 8 * 1024 * 1024;

type GetRule = {
  /** For scripts and monitors: neither our header nor the token is asked for. */
  readonly open?: boolean;
};

type PostRule<Body> = {
  /** What the JSON body must be; a body that is not is answered with 400 and the field's name. */
  readonly body: z.core.$ZodType<Body>;
  /** For the route that takes the token itself. */
  readonly open?: boolean;
};

/** A request that passed the guard. */
export type Guarded<Body> = {
  /** Checked; undefined for a GET. */
  readonly body: Body;
  readonly request: Request;
  /** Names this request in every error of its reply. */
  readonly requestId: string;
};

type Handler<Body> = (guarded: Guarded<Body>) => Promise<Response> | Response;

/** What a route exports under the name of a method. */
export type RouteHandler = (request: Request) => Promise<Response>;

/**
 * `handler` behind the guard: it runs only for requests that may come in. A rule with a `body` makes a POST, one
 * without a GET, which answers HEAD as well. Never rejects for anything that a client can do.
 */
export function guarded(rule: GetRule, handler: Handler<undefined>): RouteHandler;
export function guarded<Body>(rule: PostRule<Body>, handler: Handler<Body>): RouteHandler;
export function guarded<Body>(
  rule: GetRule | PostRule<Body>,
  handler: Handler<Body> & Handler<undefined>,
): RouteHandler {
  return async (request) => {
    const requestId = crypto.randomUUID();
    const refused = refuse(
      request,
      { method: "body" in rule ? "POST" : "GET", isOpen: rule.open === true },
      requestId,
    );
    if (refused !== null) return errorReply(refused);
    if (!("body" in rule)) return handler({ body: undefined, request, requestId });
    const read = await readBody(request, rule.body, requestId);
    return read.ok ? handler({ body: read.body, request, requestId }) : errorReply(read.error);
  };
}

type Door = { readonly method: "GET" | "POST"; readonly isOpen: boolean };

function refuse(request: Request, { method, isOpen }: Door, requestId: string): RunError | null {
  const { headers } = request;
  const refusal = (status: number, code: RefusalCode, message: string) =>
    appError(status, code, message, requestId);
  if (!isAllowedHost(headers.get("host"), environment())) {
    return refusal(403, "HOST", "This host name is not one of Vitrine's. Add it to ALLOWED_HOSTS to use it.");
  }
  if (answeredAs(request.method) !== method) return refusal(405, "METHOD", `Use ${method} here.`);
  const isForScripts = method === "GET" && isOpen;
  if (isForScripts ? !isOwnOrigin(headers) : !isSameOrigin(headers)) {
    return refusal(403, "ORIGIN", "Only Vitrine's own page may ask this.");
  }
  if (isForScripts) return null;
  if (headers.get(CSRF_HEADER) !== "1")
    return refusal(403, "CSRF", `The header "${CSRF_HEADER}: 1" is missing.`);
  if (!isOpen) {
    const verdict = authorize(headers, environment());
    if (verdict.is === "wait") {
      return appError(429, "TOKEN_WAIT", TOKEN_WAIT, requestId, { retryAfterMs: verdict.waitMs });
    }
    if (verdict.is === "wrong") {
      return refusal(401, "TOKEN", "Vitrine's token is missing or wrong. Open the page and type it once.");
    }
  }
  if (method === "POST" && !isJson(headers.get("content-type"))) {
    return refusal(415, "CONTENT_TYPE", "Send application/json.");
  }
  return null;
}

/** HEAD asks for what GET would answer. Next hands it to the same handler, and Node sends no body with the reply. */
function answeredAs(method: string): string {
  return method === "HEAD" ? "GET" : method;
}

/** Browsers say where a request comes from and pages cannot change it; scripts say nothing, which is fine. */
function isSameOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  return (site === null || site === "same-origin") && isOwnOrigin(headers);
}

function isOwnOrigin(headers: Headers): boolean {
  const origin = headers.get("origin");
  if (origin === null) return true;
  const host = headers.get("host")?.toLowerCase();
  return origin.toLowerCase() === `http://${host}` || origin.toLowerCase() === `https://${host}`;
}

function isJson(contentType: string | null): boolean {
  return /^application\/json(?:\s*;\s*charset="?utf-8"?)?$/i.test(contentType?.trim() ?? "");
}

type ReadBody<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly error: RunError };

async function readBody<Body>(
  request: Request,
  schema: z.core.$ZodType<Body>,
  requestId: string,
): Promise<ReadBody<Body>> {
  const refusal = (status: number, code: RefusalCode, message: string): ReadBody<Body> => ({
    ok: false,
    error: appError(status, code, message, requestId),
  });
  const read = await readBytes(request.body, MAX_BODY_BYTES, { beyond: "drain" }).catch(() => null);
  if (read === null) return refusal(400, "BODY", "The request body was cut off.");
  if (!read.ok) return refusal(413, "BODY_TOO_LARGE", tooLarge(request.headers.get("content-length")));
  const json = safeJson(new TextDecoder().decode(read.bytes));
  if (!json.ok) return refusal(400, "BODY", `The request body is not usable JSON: ${json.message}.`);
  const parsed = z.safeParse(schema, json.value);
  return parsed.success ? { ok: true, body: parsed.data } : refusal(400, "BODY", complaint(parsed.error));
}

const MB = 1024 * 1024;

/** A declared length that is within the limit says nothing of what really came. */
function tooLarge(declared: string | null): string {
  const size = Number(declared);
  const length = size > MAX_BODY_BYTES ? `${(Math.ceil((size / MB) * 10) / 10).toFixed(1)} MB` : "too large";
  return `This request is ${length}: Vitrine accepts up to ${String(MAX_BODY_BYTES / MB)} MB. A request holds the whole conversation of its lane: start a new one, or leave out long answers, results, or images.`;
}

/** "body.model: Invalid input…", one clause per bad field. */
export function complaint(error: z.core.$ZodError): string {
  return error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.length === 0 ? "request" : path.join(".")}: ${message}`)
    .join("; ");
}
