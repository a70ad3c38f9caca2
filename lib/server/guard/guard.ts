/** The one lock of every API route: called first, it says yes with the parsed body or gives the reply to send. */
import type { z } from "zod";

import { CSRF_HEADER } from "@/lib/providers/api";
import { environment } from "@/lib/server/environment";
import type { RunError } from "@/lib/stream/turn/event";

import { isAllowedHost } from "./hosts";
import { readBytes } from "./read-bytes";
import { appError, errorReply } from "./reply";
import { safeJson } from "./safe-json";
import { authorize, TOKEN_WAIT } from "./token";

export const MAX_BODY_BYTES = 8 * 1024 * 1024;

export type GuardRule<Body> =
  | {
      readonly method: "GET";
      /** For scripts and monitors: neither our header nor the token is asked for. */
      readonly open?: boolean;
    }
  | {
      readonly method: "POST";
      /** What the JSON body must be; a body that is not is answered with 400 and the field's name. */
      readonly body: z.ZodType<Body>;
      /** For the route that takes the token itself. */
      readonly open?: boolean;
    };

export type Guarded<Body> =
  | {
      readonly ok: true;
      readonly requestId: string;
      readonly body: Body;
    }
  | { readonly ok: false; readonly response: Response };

type Get = Extract<GuardRule<never>, { method: "GET" }>;
type Post<Body> = Extract<GuardRule<Body>, { method: "POST" }>;

/** Never rejects for anything a client can do. */
export function guard(request: Request, rule: Get): Promise<Guarded<undefined>>;
export function guard<Body>(request: Request, rule: Post<Body>): Promise<Guarded<Body>>;
export async function guard<Body>(
  request: Request,
  rule: GuardRule<Body>,
): Promise<Guarded<Body | undefined>> {
  const requestId = crypto.randomUUID();
  const refused = refuse(request, rule, requestId);
  if (refused !== null) return { ok: false, response: errorReply(refused) };
  if (rule.method === "GET") return { ok: true, requestId, body: undefined };
  return readBody(request, rule, requestId);
}

function refuse(request: Request, rule: GuardRule<unknown>, requestId: string): RunError | null {
  const { headers, method } = request;
  const no = (status: number, code: string, message: string) => appError(status, code, message, requestId);
  if (!isAllowedHost(headers.get("host"), environment())) {
    return no(403, "HOST", "This host name is not one of Vitrine's. Add it to ALLOWED_HOSTS to use it.");
  }
  if (method !== rule.method) return no(405, "METHOD", `Use ${rule.method} here.`);
  if (rule.method === "GET" && rule.open === true) return null;
  if (!isSameOrigin(headers)) return no(403, "ORIGIN", "Only Vitrine's own page may ask this.");
  if (headers.get(CSRF_HEADER) !== "1") return no(403, "CSRF", `The header "${CSRF_HEADER}: 1" is missing.`);
  if (rule.open !== true) {
    const verdict = authorize(headers, environment());
    if (verdict.is === "wait") {
      return appError(429, "TOKEN_WAIT", TOKEN_WAIT, requestId, { retryAfterMs: verdict.waitMs });
    }
    if (verdict.is === "wrong") {
      return no(401, "TOKEN", "Vitrine's token is missing or wrong. Open the page and type it once.");
    }
  }
  if (rule.method === "POST" && !isJson(headers.get("content-type"))) {
    return no(415, "CONTENT_TYPE", "Send application/json.");
  }
  return null;
}

/** Browsers say where a request comes from and pages cannot change it; scripts say nothing, which is fine. */
function isSameOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  const origin = headers.get("origin");
  if (origin === null) return true;
  const host = headers.get("host")?.toLowerCase();
  return origin.toLowerCase() === `http://${host}` || origin.toLowerCase() === `https://${host}`;
}

function isJson(contentType: string | null): boolean {
  return /^application\/json(?:\s*;\s*charset="?utf-8"?)?$/i.test(contentType?.trim() ?? "");
}

async function readBody<Body>(request: Request, rule: Post<Body>, requestId: string): Promise<Guarded<Body>> {
  const no = (status: number, code: string, message: string): Guarded<Body> => ({
    ok: false,
    response: errorReply(appError(status, code, message, requestId)),
  });
  const read = await readBytes(request.body, MAX_BODY_BYTES, { beyond: "drain" }).catch(() => null);
  if (read === null) return no(400, "BODY", "The request body was cut off.");
  if (!read.ok) return no(413, "BODY_TOO_LARGE", tooLarge(request.headers.get("content-length")));
  const json = safeJson(new TextDecoder().decode(read.bytes));
  if (!json.ok) return no(400, "BODY", `The request body is not usable JSON: ${json.message}.`);
  const parsed = rule.body.safeParse(json.value);
  if (!parsed.success) return no(400, "BODY", complaint(parsed.error));
  return { ok: true, requestId, body: parsed.data };
}

const MB = 1024 * 1024;

/** A declared length that is within the limit says nothing of what really came. */
function tooLarge(declared: string | null): string {
  const size = Number(declared);
  const told = size > MAX_BODY_BYTES ? `${(Math.ceil((size / MB) * 10) / 10).toFixed(1)} MB` : "too large";
  return `This request is ${told}: Vitrine takes up to ${String(MAX_BODY_BYTES / MB)} MB. A request holds the whole conversation of its lane: start a new one, or leave out long answers, results or images.`;
}

/** "body.model: Invalid input…", one clause per bad field. */
function complaint(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.length === 0 ? "request" : path.join(".")}: ${message}`)
    .join("; ");
}
