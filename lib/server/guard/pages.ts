/**
 * The HTML of the app's pages. Next makes it once for an address and its cookies, which takes it 30 ms of CPU (the first
 * time 400); after that it is sent from memory, each time under a nonce of its own. Its scripts wait for the first paint.
 */
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";

import { HELD_SCRIPT } from "@/lib/contract/access";

/** Pages whose HTML depends on nothing but their address, the cookies and the nonce. */
const PATHS: ReadonlySet<string> = new Set(["/", "/verify"]);

/** Each is about 40 kB. The one that was asked for longest ago goes first. */
const MOST_KEPT = 32;

/** A page as it was made: its own headers and its HTML, both cut where the nonce stands. */
type Page = {
  readonly headers: readonly { readonly name: string; readonly value: readonly string[] }[];
  readonly html: readonly string[];
};

/** Pages that were made, by what they were made from. */
export type KeptPages = Map<string, Page>;

/** Sends a page of the app's, and says whether one was asked for. `make` lets Next answer. */
export function sendPage(
  request: IncomingMessage,
  response: ServerResponse,
  kept: KeptPages,
  make: () => void,
): boolean {
  if (!asksForPage(request)) return false;
  // Where a token is asked for, the page was made for the cookie that proved it.
  const key = JSON.stringify([request.url, request.headers.cookie ?? ""]);
  const page = kept.get(key);
  if (page === undefined) {
    makePage(request, response, make, (made) => keep(kept, key, made));
  } else {
    keep(kept, key, page);
    send(request, response, page);
  }
  return true;
}

/** Not the parts of pages that Next's own code asks for, nor with a token in a header: wrong ones are counted. */
function asksForPage({ method, url = "", headers }: IncomingMessage): boolean {
  const [path = ""] = url.split("?", 1);
  if (method !== "GET" || !PATHS.has(path) || headers.authorization !== undefined) return false;
  return !Object.keys(headers).some((name) =>
    /^(?:rsc$|next-|x-middleware-|x-nextjs-|x-prerender-)/.test(name),
  );
}

function keep(kept: KeptPages, key: string, page: Page): void {
  kept.delete(key);
  kept.set(key, page);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
}

/** Lets Next answer, and sends what it answered once it is whole. */
function makePage(
  request: IncomingMessage,
  response: ServerResponse,
  make: () => void,
  onMade: (page: Page) => void,
): void {
  const own = {
    writeHead: response.writeHead.bind(response),
    flushHeaders: response.flushHeaders.bind(response),
    write: response.write.bind(response),
    end: response.end.bind(response),
  };
  const encodings = request.headers["accept-encoding"];
  // Next packs what it sends; what is read here must not be.
  delete request.headers["accept-encoding"];
  const pieces: Buffer[] = [];
  const take = (piece: unknown, encoding: unknown): void => {
    if (typeof piece === "string") pieces.push(Buffer.from(piece, isEncoding(encoding) ? encoding : "utf8"));
    else if (piece instanceof Uint8Array) pieces.push(Buffer.from(piece));
  };
  Object.assign(response, {
    // Next's packer writes the head before the first piece, whether it packs or not.
    writeHead: (status: number) => {
      response.statusCode = status;
      return response;
    },
    flushHeaders: () => undefined,
    write: (piece: unknown, encoding: unknown) => {
      take(piece, encoding);
      return true;
    },
    end: (piece: unknown, encoding: unknown) => {
      take(piece, encoding);
      Object.assign(response, own);
      if (encodings !== undefined) request.headers["accept-encoding"] = encodings;
      const body = Buffer.concat(pieces);
      const page = readPage(response, body);
      if (page === null) return response.end(body);
      onMade(page);
      send(request, response, page);
      return response;
    },
  });
  make();
}

/** The page that Next answered with; null where it answered with something else, such as a redirect. */
function readPage(response: ServerResponse, body: Buffer): Page | null {
  const { statusCode, headersSent } = response;
  const headers = Object.entries(response.getHeaders());
  const policy = String(response.getHeader("content-security-policy") ?? "");
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  const isHtml = String(response.getHeader("content-type") ?? "").startsWith("text/html");
  if (statusCode !== 200 || headersSent || !isHtml || nonce === undefined) return null;
  // Of a person, not of an address.
  if (response.hasHeader("set-cookie")) return null;
  return {
    headers: headers.map(([name, value]) => ({ name, value: String(value).split(nonce) })),
    html: holdScripts(body.toString("utf8")).split(nonce),
  };
}

/** In Next's HTML: its scripts, all of which run whenever they come, and the links that fetch them early. */
const SCRIPT = /<script (?=src="\/_next\/static\/[^>]* async="")/g;
const EARLY_FETCH = /<link rel="preload" as="script"[^>]*>/g;

/** Makes scripts into data, which the browser neither fetches nor runs until the script of the first HTML says so. */
function holdScripts(html: string): string {
  return html.replaceAll(EARLY_FETCH, "").replaceAll(SCRIPT, `<script type="text/plain" ${HELD_SCRIPT} `);
}

function send(request: IncomingMessage, response: ServerResponse, { headers, html }: Page): void {
  const nonce = randomBytes(16).toString("base64");
  for (const { name, value } of headers) response.setHeader(name, value.join(nonce));
  const bytes = Buffer.from(html.join(nonce));
  const isPacked = /(?:^|,)\s*gzip\s*(?:,|$)/.test(request.headers["accept-encoding"] ?? "");
  const body = isPacked ? gzipSync(bytes) : bytes;
  if (isPacked) response.setHeader("content-encoding", "gzip");
  response.setHeader("content-length", body.length);
  response.end(body);
}

function isEncoding(value: unknown): value is BufferEncoding {
  return typeof value === "string" && Buffer.isEncoding(value);
}
