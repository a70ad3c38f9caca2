import { once } from "node:events";
import zlib from "node:zlib";

import { afterAll, afterEach, describe, expect, it, vi } from "vitest";

import { type Stub, startStub, startTcp } from "@/lib/server/__fixtures__/stub";
import type { ToolRunEvent } from "@/lib/tools/tool-run";

import { runHttp } from "./__fixtures__/run-http";
import { runToolDirectly } from "./run-server-tool";

const open: Stub[] = [];
afterAll(() => Promise.all(open.map((one) => one.close())));
afterEach(() => void vi.useRealTimers());

async function stub(...how: Parameters<typeof startStub>): Promise<Stub> {
  const started = await startStub(...how);
  open.push(started);
  return started;
}

function host({ origin }: Stub): string {
  return new URL(origin).host;
}

function end(output: string, status = 200): ToolRunEvent {
  return { type: "end", result: { output, isError: status >= 400, origin: { by: "http", status } } };
}

const replies = await stub((response, { path }) => {
  const url = new URL(path, "http://x");
  const type = url.searchParams.get("type");
  const bytes = Buffer.from(url.searchParams.get("hex") ?? "", "hex");
  response.writeHead(
    Number(url.searchParams.get("status") ?? 200),
    type === null ? {} : { "content-type": type },
  );
  response.end(bytes);
});

function reply(type: string | null, bytes: Buffer, status = 200): Promise<ToolRunEvent> {
  const query = new URLSearchParams({ hex: bytes.toString("hex"), status: String(status) });
  if (type !== null) query.set("type", type);
  return runHttp({ url: `${replies.origin}/?${query.toString()}` });
}

describe("an HTTP tool", () => {
  it("sends its template over the arguments, and nothing of Vitrine's but its name", async () => {
    const server = await stub((response) => response.end("done"));
    const result = await runHttp(
      {
        method: "POST",
        url: `${server.origin}/v1/{{city}}?days={{days}}`,
        headers: [{ name: "X-Unit", value: "{{unit}}" }],
        body: '{"note":"{{note}}"}',
      },
      { args: { city: "São Paulo", days: 2, unit: "C", note: { a: [1] } } },
    );
    expect(result).toEqual(end("done"));
    expect(server.seen).toEqual([
      { path: "/v1/S%C3%A3o%20Paulo?days=2", headers: expect.anything(), body: '{"note":{"a":[1]}}' },
    ]);
    const {
      host: _host,
      "user-agent": agent,
      "content-length": _length,
      ...rest
    } = server.seen[0]?.headers ?? {};
    expect(agent).toMatch(/^vitrine\//);
    expect(rest).toEqual({
      accept: "*/*",
      "accept-encoding": "identity",
      "accept-language": "*",
      connection: "keep-alive",
      "content-type": "application/json",
      "sec-fetch-mode": "cors",
      "x-unit": "C",
    });
  });

  it.each(["GET", "POST", "PUT", "PATCH", "DELETE"] as const)("sends %s", async (method) => {
    const methods: (string | undefined)[] = [];
    const http = await stub((response) => {
      methods.push(response.req.method);
      response.writeHead(204).end();
    });
    expect(await runHttp({ method, url: http.origin })).toEqual(end("", 204));
    expect(methods).toEqual([method]);
  });

  it.each([
    [404, "no such city", "no such city"],
    [500, "", "HTTP 500 Internal Server Error, with an empty body."],
  ])("gives status %i as an error with its body", async (status, text, output) => {
    expect(await reply("text/plain", Buffer.from(text), status)).toEqual(end(output, status));
  });

  it.each([
    ["UTF-8", "application/json", Buffer.from('{"a":"é"}'), '{"a":"é"}'],
    ["Latin-1", "text/plain; charset=ISO-8859-1", Buffer.from("é", "latin1"), "é"],
    ["UTF-16 by its header", 'text/plain; charset="utf-16le"', Buffer.from("é", "utf16le"), "é"],
    ["UTF-16 by its mark", "text/plain", Buffer.from("\uFEFFé", "utf16le"), "é"],
    ["a byte order mark", "text/plain", Buffer.from("\uFEFFé"), "é"],
    ["text without a type", null, Buffer.from("plain"), "plain"],
    ["text that calls itself bytes", "application/octet-stream", Buffer.from("plain"), "plain"],
  ])("reads %s", async (_name, type, bytes, text) => {
    expect(await reply(type, bytes)).toEqual(end(text));
  });

  it.each([
    ["image/png", Buffer.from("89504e470d0a1a0a00", "hex"), "image/png (9 bytes)"],
    ["", Buffer.from("a\0b"), "data that is not text (3 bytes)"],
    ["text/plain; charset=nonsense", Buffer.from("a"), "text/plain (1 bytes)"],
  ])("refuses in words what is not text: %s", async (type, bytes, what) => {
    const message = `${new URL(replies.origin).host} sent ${what}. A model gets text only.`;
    expect(await reply(type === "" ? null : type, bytes)).toEqual({ type: "fail", message });
  });

  it("gives 1 MB of a longer reply and says that it is cut, also of one that was packed", async () => {
    const text = "é".repeat(1024 * 1024);
    const server = await stub((response, { path }) => {
      response.setHeader("content-type", "text/plain");
      if (path === "/packed") {
        response.setHeader("content-encoding", "gzip");
        response.end(zlib.gzipSync(Buffer.alloc(50 * 1024 * 1024, "a")));
      } else response.end(text);
    });
    const cut = "\n[Cut by Vitrine after 1 MB.]";
    expect(await runHttp({ url: server.origin })).toEqual(end(`${"é".repeat(512 * 1024)}${cut}`));
    expect(await runHttp({ url: `${server.origin}/packed` })).toEqual(
      end(`${"a".repeat(1024 * 1024)}${cut}`),
    );
  });

  it("does the same for a host without a page", async () => {
    const server = await stub((response) => response.end("done"));
    const request = { method: "GET", url: server.origin, headers: [], body: null } as const;
    const io = {
      signal: new AbortController().signal,
      ask: () => Promise.resolve({ action: "cancel", content: null } as const),
    };
    const events: ToolRunEvent[] = [];
    for await (const event of runToolDirectly({ kind: "http", request }, {}, io)) events.push(event);
    expect(events).toEqual([end("done")]);
  });

  it("keeps no cookies", async () => {
    const server = await stub((response) => response.setHeader("set-cookie", "a=1").end("x"));
    await runHttp({ url: server.origin });
    await runHttp({ url: server.origin });
    expect(server.seen.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined]);
  });

  it("names a server that is not there, one that breaks off, and one that takes longer than 15 s", async () => {
    const gone = await stub(() => undefined);
    await gone.close();
    expect(await runHttp({ url: gone.origin })).toEqual({
      type: "fail",
      message: `No server is listening at ${host(gone)}.`,
    });
    const half = await startTcp((socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhal"));
    open.push(half);
    expect(await runHttp({ url: half.origin })).toEqual({
      type: "fail",
      message: expect.stringContaining(host(half)),
    });
    const limits = vi.spyOn(AbortSignal, "timeout").mockImplementation(() => AbortSignal.abort());
    expect(await runHttp({ url: replies.origin })).toEqual({
      type: "fail",
      message: `${host(replies)} did not answer within 15 s.`,
    });
    expect(limits).toHaveBeenCalledExactlyOnceWith(15_000);
    limits.mockRestore();
  });

  it("closes its connection when it is stopped", async () => {
    const stop = new AbortController();
    const closed: Promise<unknown>[] = [];
    const server = await stub((response) => {
      closed.push(once(response, "close"));
      stop.abort();
    });
    expect(await runHttp({ url: server.origin }, { signal: stop.signal })).toEqual({
      type: "fail",
      message: "Stopped.",
    });
    await Promise.all(closed);
    expect(closed).toHaveLength(1);
  });
});

/** Leads from `/STATUS` to the address in the query, and answers everything else with "here". */
const leads = await stub((response, { path }) => {
  const url = new URL(path, "http://x");
  const to = url.searchParams.get("to");
  if (to === null) response.end("here");
  else response.writeHead(Number(url.pathname.slice(1)), { location: to }).end();
});
const elsewhere = await stub((response) => response.end("elsewhere"));
function via(status: number, to: string): string {
  return `${leads.origin}/${status}?to=${encodeURIComponent(to)}`;
}

describe("a redirect", () => {
  const headers = [
    { name: "X-Own", value: "1" },
    { name: "Authorization", value: "Bearer x" },
    { name: "Cookie", value: "a=1" },
  ];

  it("within the origin keeps headers, and turns a POST into a GET where browsers do", async () => {
    const from = leads.seen.length;
    const seen = async (status: number) => {
      expect(await runHttp({ method: "POST", url: via(status, "/end"), headers, body: "b" })).toEqual(
        end("here"),
      );
      const last = leads.seen.at(-1);
      return [last?.path, last?.body, last?.headers["x-own"], last?.headers["content-type"]];
    };
    for (const status of [301, 302, 303]) expect(await seen(status)).toEqual(["/end", "", "1", undefined]);
    for (const status of [307, 308])
      expect(await seen(status)).toEqual(["/end", "b", "1", "text/plain;charset=utf-8"]);
    expect(leads.seen.length - from).toBe(10);
  });

  it("to another origin loses every header of the tool, and does not get them back on its return", async () => {
    expect(
      await runHttp({ method: "POST", url: via(307, `${elsewhere.origin}/a`), headers, body: "b" }),
    ).toEqual(end("elsewhere"));
    const [seen] = elsewhere.seen.slice(-1);
    expect(seen?.body).toBe("b");
    expect(Object.keys(seen?.headers ?? {}).toSorted()).toEqual([
      "accept",
      "accept-encoding",
      "accept-language",
      "connection",
      "content-length",
      "content-type",
      "host",
      "sec-fetch-mode",
      "user-agent",
    ]);
    const back = await stub((response) => response.writeHead(302, { location: `${leads.origin}/end` }).end());
    expect(await runHttp({ url: via(302, back.origin), headers })).toEqual(end("here"));
    expect(leads.seen.at(-1)?.headers).not.toHaveProperty("authorization");
  });

  it("is followed three times", async () => {
    const three = via(302, via(302, via(302, "/end")));
    expect(await runHttp({ url: three })).toEqual(end("here"));
    const from = leads.seen.length;
    expect(await runHttp({ url: via(302, three) })).toEqual({
      type: "fail",
      message: `${new URL(leads.origin).host} redirected more than 3 times.`,
    });
    expect(leads.seen.length - from).toBe(4);
  });

  it.each([
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/",
    "http://[fd00:ec2::254]/",
    "http://[::ffff:169.254.169.254]/",
    "http://0/",
    "http://u:p@127.0.0.1:1/",
    "file:///etc/passwd",
    "ftp://127.0.0.1/",
    "data:text/plain,x",
  ])("to %s is not followed", async (to) => {
    expect(await runHttp({ url: via(302, to) })).toEqual({
      type: "fail",
      message: expect.stringMatching(/^The server redirected, and was not followed\. /),
    });
  });

  it("without an address is a result", async () => {
    expect(await reply(null, Buffer.from("moved"), 302)).toEqual(end("moved", 302));
  });
});
