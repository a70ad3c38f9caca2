import { type NextRequest, NextResponse } from "next/server";

import { NONCE_HEADER } from "@/lib/contract/access";
import type { RefusalCode } from "@/lib/contract/error-reply";
import { SANDBOX_PATH } from "@/lib/contract/sandbox";
import { environment } from "@/lib/server/environment";
import { authorize } from "@/lib/server/guard/token";

import { contentSecurityPolicy } from "./lib/server/guard/content-security-policy";
import { isAllowedHost } from "./lib/server/guard/hosts";
import { OPEN_FILES } from "./lib/server/guard/open-files";
import { appError, errorReply } from "./lib/server/guard/reply";
import { NO_CONTENT_POLICY } from "./lib/server/guard/reply-headers.mjs";

const API = "/api/";
const CHUNKS = "/_next/static/";
const TOKEN_PAGE = "/token";

/**
 * Stands before pages and static files: host names, read-only methods, the token page, the nonce. API routes
 * guard themselves, and a body that passes here would be cut at 10 MB; only what comes without one passes,
 * since Next answers OPTIONS and methods that a route does not know without asking the route.
 */
export const config = {
  matcher: ["/((?!api/).*)", { source: "/api/:path*", missing: [{ type: "header", key: "content-type" }] }],
};

export function proxy(request: NextRequest): Response {
  const { pathname } = request.nextUrl;
  const isApi = pathname.startsWith(API);
  const refused = isApi ? refuseHost(request) : refusePage(request);
  if (refused !== null) return refused;
  if (isApi || pathname.startsWith(CHUNKS)) return NextResponse.next();
  if (OPEN_FILES.has(pathname)) return openFile();
  // It has a policy of its own, and holds nothing that needs a token.
  if (pathname === SANDBOX_PATH) return NextResponse.next();
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development");
  const response = page(request, policy, nonce);
  response.headers.set("content-security-policy", policy);
  return response;
}

/** The favicon styles itself by the system's theme. */
function openFile(): Response {
  const response = NextResponse.next();
  response.headers.set("content-security-policy", `${NO_CONTENT_POLICY}; style-src 'unsafe-inline'`);
  return response;
}

function refuseHost({ headers }: NextRequest): Response | null {
  if (isAllowedHost(headers.get("host"), environment())) return null;
  return refusal(403, "HOST", "This host name is not one of Vitrine's. Add it to ALLOWED_HOSTS to use it.");
}

function refusePage(request: NextRequest): Response | null {
  const { method } = request;
  const refused = refuseHost(request);
  if (refused !== null) return refused;
  if (method !== "GET" && method !== "HEAD") return refusal(405, "METHOD", "Pages accept only GET and HEAD.");
  return null;
}

function refusal(status: number, code: RefusalCode, message: string): Response {
  const response = errorReply(appError(status, code, message, crypto.randomUUID()));
  response.headers.set("content-security-policy", NO_CONTENT_POLICY);
  return response;
}

function page(request: NextRequest, policy: string, nonce: string): NextResponse {
  // Next takes the nonce from the policy among these headers and the page from its own, so those of the visitor must
  // not survive.
  const headers = new Headers(request.headers);
  headers.set(NONCE_HEADER, nonce);
  headers.delete("content-security-policy-report-only");
  headers.set("content-security-policy", policy);
  const pass = () => NextResponse.next({ request: { headers } });
  const isTokenPage = request.nextUrl.pathname === TOKEN_PAGE;
  if (authorize(request.headers, environment()).is === "right")
    return isTokenPage ? redirect(request, "/") : pass();
  if (isTokenPage) {
    headers.delete(NONCE_HEADER);
    return pass();
  }
  const { pathname, search } = request.nextUrl;
  return redirect(request, TOKEN_PAGE, `?to=${encodeURIComponent(`${pathname}${search}`)}`);
}

/** Not a rewrite: Next takes `127.0.0.1` and `localhost` for two servers there and calls itself forever. */
function redirect(request: NextRequest, pathname: string, search = ""): NextResponse {
  const url = request.nextUrl.clone();
  url.pathname = pathname;
  url.search = search;
  return NextResponse.redirect(url);
}
