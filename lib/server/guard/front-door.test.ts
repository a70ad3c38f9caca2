import { once } from "node:events";
import http from "node:http";
import net from "node:net";

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { parseEnvironment } from "@/lib/server/environment";

import { guardServer, guardServers } from "./front-door";
import { CHUNK_POLICY } from "./reply-headers.mjs";

const environment = parseEnvironment({ ALLOWED_HOSTS: "mine.example" });
const asked: string[] = [];
const server = http.createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`);
  if (request.url === "/moved/") response.writeHead(308, { location: "/moved" });
  if (request.url === "/kept") response.writeHead(304);
  if (request.url === "/own") response.setHeader("content-security-policy", "default-src 'self'");
  response.end("from the page");
});
let port = 0;

beforeAll(async () => {
  // A listener that keeps sockets, as Next's does.
  server.on("upgrade", () => {});
  guardServer(server, environment, new Map([["/_next/static/chunks/a.js", Buffer.from("packed")]]));
  port = await listen(server);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

describe("a request that Next would answer by itself", () => {
  it.each([
    ["a foreign host", "GET /x HTTP/1.1\r\nHost: evil.example", 403, "HOST"],
    ["no host", "GET /x HTTP/1.0", 403, "HOST"],
    ["two hosts", "GET /x HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example", 400, "HOST"],
    ["a whole address as its target", "GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1", 400, "PATH"],
    ["two slashes", "GET //evil.example HTTP/1.1\r\nHost: 127.0.0.1", 400, "PATH"],
    ["two slashes further on", "GET /a//b HTTP/1.1\r\nHost: 127.0.0.1", 400, "PATH"],
    ["a backslash", "GET /\\evil.example HTTP/1.1\r\nHost: 127.0.0.1", 400, "PATH"],
    ["no path", "OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1", 400, "PATH"],
    ["TRACE", "TRACE /x HTTP/1.1\r\nHost: 127.0.0.1", 405, "METHOD"],
    ["an unknown expectation", "GET /x HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: a-miracle", 417, "EXPECT"],
    [
      "a foreign host and an unknown expectation",
      "GET /x HTTP/1.1\r\nHost: evil.example\r\nExpect: a-miracle",
      403,
      "HOST",
    ],
    ["a foreign host and OPTIONS", "OPTIONS /api/chat HTTP/1.1\r\nHost: evil.example", 403, "HOST"],
  ])("with %s is refused, with the headers of every reply", async (_name, head, status, code) => {
    asked.length = 0;
    const reply = await send(`${head}\r\nContent-Type: application/json\r\n\r\n`);
    expect([asked, reply.status, JSON.parse(reply.body).error.code]).toEqual([[], status, code]);
    expect(reply.head).toContain("x-content-type-options: nosniff");
    expect(reply.head).toContain("content-security-policy: default-src 'none'");
  });

  it.each(["127.0.0.1:3000", "localhost", "[::1]", "mine.example"])(
    "passes for the host %s",
    async (host) => {
      const reply = await send(`GET /a?to=//b HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect([reply.status, reply.body]).toEqual([200, "from the page"]);
    },
  );
});

it("the front door adds the headers of all to every reply of Next's, which redirects and its own errors lack", async () => {
  const reply = await send("GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  expect(reply.head).toContain("x-content-type-options: nosniff");
  expect(reply.head).toContain("referrer-policy: no-referrer");
});

describe("the content security policy of a reply", () => {
  it.each([
    ["is the strictest where Next gave none", "/a", 200, "default-src 'none'"],
    ["is the strictest on a redirect", "/moved/", 308, "default-src 'none'"],
    ["stays the page's own", "/own", 200, "default-src 'self'"],
  ])("%s", async (_promise, path, status, policy) => {
    const reply = await send(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(reply.status).toBe(status);
    expect(reply.head.match(/content-security-policy: .*/g)).toEqual([
      expect.stringContaining(`content-security-policy: ${policy}`),
    ]);
  });

  it("is left alone where a browser keeps what it has", async () => {
    const reply = await send("GET /kept HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    expect([reply.status, reply.head.includes("content-security-policy")]).toEqual([304, false]);
  });
});

describe("a file that the build has packed", () => {
  it.each(["br", "gzip, deflate, br", "gzip;q=0.5, br;q=1.0"])(
    "is sent packed, without asking the page, to who takes %s",
    async (takes) => {
      const { status, head, body } = await ask("/_next/static/chunks/a.js?v=1", takes);
      expect([asked, status, body]).toEqual([[], 200, "packed"]);
      const lines = head.split("\r\n");
      expect(lines).toEqual(
        expect.arrayContaining([
          "content-encoding: br",
          "content-type: application/javascript; charset=utf-8",
          "content-length: 6",
          "cache-control: public, max-age=31536000, immutable",
          "vary: accept-encoding",
          "x-content-type-options: nosniff",
        ]),
      );
      expect(lines.filter((line) => line.startsWith("content-security-policy"))).toEqual([
        `content-security-policy: ${CHUNK_POLICY.toLowerCase()}`,
      ]);
    },
  );

  it("sends its head alone where only that was asked for", async () => {
    const asks = "HEAD /_next/static/chunks/a.js HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br";
    const { status, head, body } = await send(`${asks}\r\nConnection: close\r\n\r\n`);
    expect([status, body]).toEqual([200, ""]);
    expect(head).toContain("content-length: 6");
  });

  it("is refused under a foreign host", async () => {
    const asks = "GET /_next/static/chunks/a.js HTTP/1.1\r\nHost: evil.example\r\nAccept-Encoding: br";
    expect((await send(`${asks}\r\n\r\n`)).status).toBe(403);
  });

  it.each(["gzip", "identity", "gzip, br;q=0", "brotli"])(
    "comes from the page to who takes %s",
    async (takes) => {
      const { head } = await ask("/_next/static/chunks/a.js", takes);
      expect(asked).toEqual(["GET /_next/static/chunks/a.js"]);
      expect(head).not.toContain("content-encoding");
      expect(head).toContain("vary: accept-encoding");
    },
  );

  it("is never what another method gets", async () => {
    asked.length = 0;
    const post = "POST /_next/static/chunks/a.js HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br";
    const { head } = await send(`${post}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
    expect(asked).toEqual(["POST /_next/static/chunks/a.js"]);
    expect(head).not.toContain("content-encoding");
  });

  it("is the only one that is sent packed", async () => {
    for (const path of ["/_next/static/chunks/b.js", "/a.js", "/", "/_next/static/chunks/a.js.br"]) {
      expect((await ask(path, "br")).head).not.toContain("content-encoding");
      expect(asked).toEqual([`GET ${path}`]);
    }
  });
});

it.each([
  ["127.0.0.1", "/_next/webpack-hmr"],
  ["evil.example", "/"],
  ["127.0.0.1", "/api/chat"],
])("the front door closes the sockets of upgrades to the host %s at %s", async (host, path) => {
  const upgrade = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
  await Promise.all(Array.from({ length: 100 }, () => sendAndWait(upgrade)));
  await vi.waitFor(async () => expect(await connectionsOf(server)).toBe(0), { interval: 1 });
});

it("the front door guards a server that was made before, from its next connection on", async () => {
  const other = http.createServer((_request, response) => response.end("from the page"));
  guardServers(environment, new Map());
  const at = await listen(other);
  const foreign = await send("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", at);
  const own = await send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", at);
  other.close();
  expect([foreign.status, own.status]).toEqual([403, 200]);
});

/** Asks for a path as a client that takes these encodings. */
function ask(path: string, takes: string): Promise<Reply> {
  asked.length = 0;
  return send(
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: ${takes}\r\nConnection: close\r\n\r\n`,
  );
}

async function listen(one: http.Server): Promise<number> {
  one.listen(0, "127.0.0.1");
  await once(one, "listening");
  const address = one.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}

type Reply = { readonly status: number; readonly head: string; readonly body: string };

/** Sends bytes as they are and reads until the server closes. */
async function send(bytes: string, at = port): Promise<Reply> {
  const text = await sendAndWait(bytes, at);
  const [head = "", body = ""] = text.split("\r\n\r\n");
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]), head: head.toLowerCase(), body };
}

/** Ends once the server has closed the connection; what it sent may be nothing. */
async function sendAndWait(bytes: string, at = port): Promise<string> {
  const socket = net.connect(at, "127.0.0.1");
  socket.on("error", () => socket.destroy());
  let text = "";
  socket.on("data", (piece: Buffer) => (text += piece.toString()));
  socket.write(bytes);
  await once(socket, "close");
  return text;
}

function connectionsOf(one: http.Server): Promise<number> {
  return new Promise((resolve, reject) => {
    one.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
  });
}
