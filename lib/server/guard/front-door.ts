/** Stands before Next, for what Next answers by itself: no route and no `proxy.ts` is asked about these. */
import { subscribe } from "node:diagnostics_channel";
import { type IncomingMessage, Server, type ServerResponse } from "node:http";

import type { RefusalCode } from "@/lib/contract/error-reply";
import type { Environment } from "@/lib/server/environment";

import { isAllowedHost } from "./hosts";
import { type PackedFiles, sendPacked } from "./packed-files";
import { type KeptPages, sendPage } from "./pages";
import { appError } from "./reply";
import { EVERYWHERE, NO_CONTENT_POLICY } from "./reply-headers.mjs";

const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

type Refusal = { readonly status: number; readonly code: RefusalCode; readonly message: string };

/**
 * Guards every server of this process, from its next connection on. Next makes its server itself and shows it to
 * nobody, but Node reports each new connection before a byte of it is read.
 */
export function guardServers(environment: Environment, packed: PackedFiles): void {
  const guarded = new WeakSet<Server>();
  subscribe("net.server.socket", (event) => {
    const server = serverOf(event);
    if (server === null || guarded.has(server)) return;
    guarded.add(server);
    guardServer(server, environment, packed);
  });
}

/**
 * Refuses, before any other listener of `server` hears of it: foreign host names, targets and methods that no page
 * and no route has, expectations other than "100-continue", and upgrades. Nobody here speaks anything but HTTP, and Next would keep such a socket forever.
 * Files in `packed` are sent here, and pages that were made before.
 */
export function guardServer(server: Server, environment: Environment, packed: PackedFiles): void {
  const listeners = server.listeners("request");
  server.removeAllListeners("request");
  const pages: KeptPages = new Map();
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const refused = refuse(request, environment);
    if (refused !== null) return reply(response, refused);
    giveEverywhere(response);
    if (sendPacked(request, response, packed)) return;
    giveStrictest(response);
    const pass = (): void => {
      for (const listener of listeners) Reflect.apply(listener, server, [request, response]);
    };
    if (!sendPage(request, response, pages, pass)) pass();
  });
  // Without a listener, Node itself would answer a request that expects anything but "100-continue".
  server.removeAllListeners("checkExpectation");
  server.on("checkExpectation", (request: IncomingMessage, response: ServerResponse) =>
    reply(response, refuse(request, environment) ?? UNMET),
  );
  server.removeAllListeners("upgrade");
  server.on("upgrade", (_request, socket) => socket.destroy());
}

const UNMET: Refusal = {
  status: 417,
  code: "EXPECT",
  message: 'Vitrine accepts no other Expect header than "100-continue".',
};

function refuse(request: IncomingMessage, environment: Environment): Refusal | null {
  const { method = "", url = "", headers, headersDistinct } = request;
  if ((headersDistinct["host"] ?? []).length > 1) {
    // Node goes by the first, a proxy before it perhaps by the last.
    return { status: 400, code: "HOST", message: "A request must have exactly one Host header." };
  }
  if (!isAllowedHost(headers.host ?? null, environment)) {
    const message = "This host name is not one of Vitrine's. Add it to ALLOWED_HOSTS to use it.";
    return { status: 403, code: "HOST", message };
  }
  if (!METHODS.has(method)) {
    return { status: 405, code: "METHOD", message: `Vitrine doesn't accept ${method} requests.` };
  }
  // `//elsewhere` and `http://elsewhere/` would be answered with a redirect to there.
  if (!url.startsWith("/") || /^[^?]*(?:\/\/|\\)/.test(url)) {
    return { status: 400, code: "PATH", message: "The path must start with exactly one slash." };
  }
  return null;
}

function reply(response: ServerResponse, { status, code, message }: Refusal): void {
  giveEverywhere(response);
  response.setHeader(POLICY, NO_CONTENT_POLICY);
  response.setHeader("content-type", "application/json");
  response.setHeader("cache-control", "no-store");
  // What else was sent with it is not read.
  response.setHeader("connection", "close");
  response.statusCode = status;
  response.end(JSON.stringify({ error: appError(status, code, message, crypto.randomUUID()) }));
}

/** Next sets them too, but not on redirects of its own and on some of its errors. */
function giveEverywhere(response: ServerResponse): void {
  for (const { key, value } of EVERYWHERE) response.setHeader(key, value);
}

const POLICY = "content-security-policy";
const NOT_MODIFIED = 304;

/**
 * Gives what has no policy of its own once its head is written, such as a redirect of Next's, the one of replies that
 * are not pages. Not a 304: a browser would put it on the page that it has kept.
 */
function giveStrictest(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response);
  const withPolicy = (...head: Parameters<typeof writeHead>): ServerResponse => {
    if (head[0] !== NOT_MODIFIED && !response.hasHeader(POLICY))
      response.setHeader(POLICY, NO_CONTENT_POLICY);
    return writeHead(...head);
  };
  Object.assign(response, { writeHead: withPolicy });
}

function serverOf(event: unknown): Server | null {
  if (typeof event !== "object" || event === null || !("socket" in event)) return null;
  const { socket } = event;
  if (typeof socket !== "object" || socket === null || !("server" in socket)) return null;
  return socket.server instanceof Server ? socket.server : null;
}
