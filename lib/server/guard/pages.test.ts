import { once } from "node:events";
import http from "node:http";
import { gunzipSync } from "node:zlib";

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { parseEnvironment } from "@/lib/server/environment";

import { guardServer } from "./front-door";

/** What the page was asked for, with what it may be packed in. */
const made: string[] = [];
/** Answers as Next does: the head first, its packer asking for it, and then pieces. */
const server = http.createServer((request, response) => {
  made.push(`${request.url} ${request.headers["accept-encoding"] ?? "plain"}`);
  const nonce = `nonce${made.length}`;
  response.setHeader("content-security-policy", `script-src 'nonce-${nonce}'`);
  response.setHeader("content-type", "text/html; charset=utf-8");
  if (request.url === "/?moved") response.statusCode = 307;
  if (request.url === "/?broken") response.statusCode = 500;
  if (request.url === "/?person") response.setHeader("set-cookie", "a=b");
  if (request.url === "/?data") response.setHeader("content-type", "text/x-component");
  if (request.url === "/?sent") response.setHeader("content-security-policy", "default-src 'none'");
  response.writeHead(response.statusCode);
  response.flushHeaders();
  response.write(`<link rel="preload" as="script" nonce="${nonce}" href="/_next/static/b.js"/>`);
  response.write(
    Buffer.from(`<script src="/_next/static/a.js" async="" nonce="${nonce}"></script>`).toString("latin1"),
    "latin1",
  );
  response.end(Buffer.from(`<script nonce="${nonce}">ü</script>`));
});
let url = "";

beforeAll(async () => {
  guardServer(server, parseEnvironment({}), new Map());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  url = `http://127.0.0.1:${address.port}`;
});
beforeEach(() => {
  made.length = 0;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

type Reply = { readonly status: number; readonly headers: http.IncomingHttpHeaders; readonly body: string };

async function get(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Reply> {
  const request = http.request(`${url}${path}`, { method, headers, agent: false }).end();
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request.on("response", resolve).on("error", reject);
  });
  const pieces: Buffer[] = [];
  for await (const piece of response) pieces.push(Buffer.from(piece));
  const bytes = Buffer.concat(pieces);
  const body = response.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
  return { status: response.statusCode ?? 0, headers: response.headers, body: body.toString("utf8") };
}

const nonceOf = ({ headers }: Reply): string =>
  /'nonce-([^']+)'/.exec(String(headers["content-security-policy"]))?.[1] ?? "";

/** How a page reads under its nonce. */
const page = (nonce: string): string =>
  `<script type="text/plain" data-held src="/_next/static/a.js" async="" nonce="${nonce}"></script><script nonce="${nonce}">ü</script>`;

describe("a page of the app's", () => {
  it("is made once for its address and its cookies, and sent under a nonce of its own each time", async () => {
    const replies = [await get("/?once"), await get("/?once"), await get("/?once")];
    expect(made).toEqual(["/?once plain"]);
    const nonces = replies.map(nonceOf);
    expect(new Set([...nonces, "", "nonce1"]).size).toBe(5);
    expect(replies.map(({ status, body }) => [status, body])).toEqual(
      nonces.map((nonce) => [200, page(nonce)]),
    );
    const [first, ...others] = replies.map(({ headers }) => {
      const same = new Map(Object.entries(headers));
      same.delete("date");
      same.delete("content-security-policy");
      return Object.fromEntries(same);
    });
    expect(others).toEqual([first, first]);
    expect(first).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "x-content-type-options": "nosniff",
    });

    await get("/?once=1");
    await get("/?once", { cookie: "vitrine-theme=dark" });
    await get("/?once", { cookie: "vitrine-theme=dark" });
    await get("/verify?once");
    expect(made.map((line) => line.split(" ")[0])).toEqual(["/?once", "/?once=1", "/?once", "/verify?once"]);
  });

  it("is packed for who takes gzip, the first time as later", async () => {
    const packed = { "accept-encoding": "br, gzip" };
    for (const reply of [await get("/?packed", packed), await get("/?packed", packed)]) {
      expect(reply.headers["content-encoding"]).toBe("gzip");
      expect(reply.body).toBe(page(nonceOf(reply)));
    }
    const plain = await get("/?packed", { "accept-encoding": "gzip;q=0, deflate" });
    expect([plain.headers["content-encoding"], plain.body]).toEqual([undefined, page(nonceOf(plain))]);
    expect(made).toEqual(["/?packed plain"]);
  });

  it("comes from Next with what Next asks for, with a token in a header, and for another method", async () => {
    await get("/?asked");
    for (const headers of [{ rsc: "1" }, { "next-router-prefetch": "1" }, { authorization: "Bearer a" }]) {
      const reply = await get("/?asked", headers);
      expect(reply.body).toContain(`<script src="/_next/static/a.js"`);
    }
    await get("/?asked", {}, "HEAD");
    expect(made).toHaveLength(5);
  });

  it.each(["/?moved", "/?broken", "/?person", "/?data", "/?sent", "/elsewhere"])(
    "that is none, %s, is what Next answers, each time",
    async (path) => {
      const replies = [await get(path), await get(path)];
      expect(made).toHaveLength(2);
      for (const reply of replies) {
        expect(reply.body).toContain(`rel="preload"`);
        expect(reply.body).toContain(`<script src="/_next/static/a.js" async="" nonce="`);
        expect(reply.body).toContain("ü");
      }
      const status = { "/?moved": 307, "/?broken": 500 }[path] ?? 200;
      expect(replies.map((reply) => reply.status)).toEqual([status, status]);
    },
  );

  it("is made again once 32 others were asked for after it", async () => {
    const others = Array.from({ length: 31 }, (_, index) => `/?other=${index}`);
    for (const path of ["/?old", ...others, "/?old", "/?other=31"]) await get(path);
    made.length = 0;
    for (const path of ["/?old", "/?other=0"]) await get(path);
    expect(made).toEqual(["/?other=0 plain"]);
  });

  it("is refused under a foreign host, though it was made", async () => {
    await get("/?foreign");
    expect((await get("/?foreign", { host: "evil.example" })).status).toBe(403);
  });
});
