import { readFileSync } from "node:fs";
import type http from "node:http";

import * as fc from "fast-check";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";

import { chatRequest, chatRoute, relayed, streamBody } from "@/app/__fixtures__/post-chat";
import { createSignal } from "@/lib/server/__fixtures__/signal";
import { startStub, startTcp, type Stub } from "@/lib/server/__fixtures__/stub";
import { SSE_LIMITS } from "@/lib/stream/wire/sse";

const stubs: Stub[] = [];
const stub = async (answer: Parameters<typeof startStub>[0]): Promise<Stub> => {
  const started = await startStub(answer);
  stubs.push(started);
  return started;
};
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(stubs.splice(0).map((one) => one.close()));
});

let POST: Awaited<ReturnType<typeof chatRoute>>;
beforeAll(async () => {
  POST = await chatRoute({ OPENAI_LOG: "debug", OPENAI_ORG_ID: "org", OPENAI_CUSTOM_HEADERS: "x-custom: 1" });
});

function stream(response: http.ServerResponse, ...chunks: readonly (string | Uint8Array)[]): void {
  response.writeHead(200, { "content-type": "text/event-stream", "x-request-id": "up-1" });
  for (const chunk of chunks) response.write(chunk);
  response.end();
}

const head = (status: number, contentType: string) => ({
  status,
  contentType,
  connectMs: expect.any(Number),
  headersMs: expect.any(Number),
  headers: expect.arrayContaining([["content-type", contentType]]),
});

const failure = async (answer: Parameters<typeof startStub>[0]) => {
  const upstream = await stub(answer);
  const { bytes, error } = await relayed(await POST(chatRequest(streamBody(upstream.origin))));
  return { bytes, error, destination: new URL(upstream.origin).host, requests: upstream.seen.length };
};

const whole = (origin: string) => chatRequest(streamBody(origin, { stream: false }));

describe("a relayed stream", () => {
  it("is our comment, the upstream's head and the upstream's own bytes", async () => {
    const events = 'data: {"a":"ä"}\r\n\r\n: ping\n\ndata: [DONE]\n\n';
    const upstream = await stub((response) => stream(response, events));
    const response = await POST(chatRequest(streamBody(upstream.origin)));
    expect([response.status, Object.fromEntries(response.headers)]).toEqual([
      200,
      {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-cache, no-transform",
        "x-accel-buffering": "no",
      },
    ]);
    expect(await relayed(response)).toEqual({
      comments: 1,
      overwritten: [],
      head: { ...head(200, "text/event-stream"), requestId: "up-1" },
      bytes: Buffer.from(events).toString("latin1"),
      error: null,
    });
  });

  it("passes any bytes unchanged", async () => {
    let bytes = new Uint8Array();
    const upstream = await stub((response) => stream(response, bytes));
    const property = fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 2000 }), async (any) => {
      bytes = any;
      const response = await POST(chatRequest(streamBody(upstream.origin)));
      const all = Buffer.from(await response.arrayBuffer());
      expect(all.subarray(-any.length).equals(any)).toBe(true);
    });
    await fc.assert(property, { numRuns: 50 });
  });

  it("sends the provider's own fields on as they came, and no header but ours", async () => {
    const upstream = await stub((response) => stream(response, "data: 1\n\n"));
    const sent = streamBody(upstream.origin, { min_p: 0.1, timings_per_token: true, x: { y: [null, "ü"] } });
    await relayed(await POST(chatRequest(sent)));
    expect(upstream.seen.map(({ path, body }) => [path, JSON.parse(body)])).toEqual([
      [
        "/v1/chat/completions",
        {
          model: "m",
          messages: [],
          stream: true,
          min_p: 0.1,
          timings_per_token: true,
          x: { y: [null, "ü"] },
        },
      ],
    ]);
    expect(upstream.seen.map(({ headers }) => Object.keys(headers).toSorted())).toEqual([
      [
        "accept",
        "accept-encoding",
        "accept-language",
        "connection",
        "content-length",
        "content-type",
        "host",
        "sec-fetch-mode",
        "user-agent",
      ],
    ]);
  });

  it("is kept alive by comments until the upstream's first byte and not after it", async () => {
    let answer: http.ServerResponse | undefined;
    const upstream = await stub((response) => (answer = response));
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const response = await POST(chatRequest(streamBody(upstream.origin)));
    const reading = relayed(response);
    await vi.waitFor(() => expect(answer).toBeDefined(), { interval: 1 });
    await vi.advanceTimersByTimeAsync(15_000);
    await vi.advanceTimersByTimeAsync(15_000);
    answer?.writeHead(200, { "content-type": "text/event-stream" });
    answer?.flushHeaders();
    answer?.write("data: 1");
    await vi.advanceTimersByTimeAsync(60_000);
    answer?.end("\n\n");
    expect(await reading).toEqual({
      comments: 3,
      overwritten: [],
      head: head(200, "text/event-stream"),
      bytes: "data: 1\n\n",
      error: null,
    });
  });

  it("tells that a kept-alive socket was used", async () => {
    const upstream = await stub((response) => stream(response, "data: 1\n\n"));
    const connectMs = async () => {
      const { head: reply } = await relayed(await POST(chatRequest(streamBody(upstream.origin))));
      return reply?.connectMs;
    };
    expect(await connectMs()).toEqual(expect.any(Number));
    // The socket is free for the next call a moment after its answer has ended.
    await vi.waitFor(async () => expect(await connectMs()).toBeNull());
  });
});

describe("Stop", () => {
  it("closes the upstream before it has answered", async () => {
    const stop = new AbortController();
    const closed = createSignal();
    const upstream = await stub((response) => {
      response.on("close", closed.happen);
      stop.abort();
    });
    const response = await POST(chatRequest(streamBody(upstream.origin), {}, stop.signal));
    expect(await relayed(response)).toEqual({
      comments: 1,
      overwritten: [],
      head: null,
      bytes: "",
      error: null,
    });
    await closed.happened;
  });

  it("closes the upstream in the middle of the answer", async () => {
    const stop = new AbortController();
    const closed = createSignal();
    const upstream = await stub((response) => {
      response.on("close", closed.happen);
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write("data: 1\n\n", () => stop.abort());
    });
    const response = await POST(chatRequest(streamBody(upstream.origin), {}, stop.signal));
    await response.text();
    await closed.happened;
  });

  it("closes the upstream when nobody reads any more", async () => {
    const closed = createSignal();
    const upstream = await stub((response) => response.on("close", closed.happen));
    const response = await POST(chatRequest(streamBody(upstream.origin)));
    await vi.waitFor(() => expect(upstream.seen).toHaveLength(1), { interval: 1 });
    await response.body?.cancel();
    await closed.happened;
  });

  it("closes the upstream of an answer that is not streamed", async () => {
    const stop = new AbortController();
    const closed = createSignal();
    const upstream = await stub((response) => {
      response.on("close", closed.happen);
      stop.abort();
    });
    await POST(chatRequest(streamBody(upstream.origin, { stream: false }), {}, stop.signal));
    await closed.happened;
  });
});

describe("an upstream that fails", () => {
  const requestId = expect.any(String);

  it("says that nothing listens and how to start it", async () => {
    const gone = await startStub(() => {});
    await gone.close();
    const { error, head: none } = await relayed(await POST(chatRequest(streamBody(gone.origin))));
    expect(none).toBeNull();
    expect(error).toEqual({
      source: "network",
      code: "ECONNREFUSED",
      message: expect.stringContaining(`No server is listening at ${new URL(gone.origin).host}. `),
      retryable: true,
      requestId,
      detail: expect.stringContaining("ECONNREFUSED"),
    });
  });

  it("a 5xx is reported in its own words, with the head, and not called twice", async () => {
    const upstream = await stub((response) => {
      response.writeHead(503, { "content-type": "application/json", "retry-after": "2" });
      response.end('{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}');
    });
    expect(await relayed(await POST(chatRequest(streamBody(upstream.origin))))).toEqual({
      comments: 1,
      overwritten: [],
      head: head(503, "application/json"),
      bytes: "",
      error: {
        source: "provider",
        code: "unavailable_error",
        message: "Loading model",
        retryable: true,
        status: 503,
        requestId,
        retryAfterMs: 2000,
        detail: '{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}',
      },
    });
    expect(upstream.seen).toHaveLength(1);
  });

  it.each([301, 302, 303, 307, 308])("%i is not followed", async (status) => {
    const elsewhere = await stub((response) => response.end());
    const { error } = await failure((response) => {
      response.writeHead(status, { location: `${elsewhere.origin}/v1/chat/completions` });
      response.end();
    });
    expect(error).toEqual({
      source: "provider",
      code: "UPSTREAM_REDIRECT",
      message: `The server redirected to ${elsewhere.origin}/v1/chat/completions. Vitrine does not follow redirects.`,
      retryable: false,
      status,
      requestId,
    });
    expect(elsewhere.connections()).toBe(0);
  });

  it.each([{}, { location: "http://" }])(
    "a 304, or a redirect to no place, is called no answer: %j",
    async (headers) => {
      const { error } = await failure((response) => void response.writeHead(304, headers).end());
      expect(error?.message).toMatch(/^127\.0\.0\.1:\d+ returned 304, which is not an answer\.$/);
    },
  );

  it("a web page with status 200 is named as a page, not parsed as an answer", async () => {
    const { error, bytes } = await failure((response) => {
      response.writeHead(200, { "content-type": "text/html" });
      response.end("<!doctype html><title>Log in\nto Wi-Fi</title>");
    });
    expect([bytes, error]).toEqual([
      "",
      {
        source: "provider",
        code: "HTML_NOT_API",
        message: "The server sent a web page, not an API's answer: “Log in to Wi-Fi”. Check the base URL.",
        retryable: false,
        status: 200,
        requestId,
        detail: "<!doctype html><title>Log in\nto Wi-Fi</title>",
      },
    ]);
  });

  it.each([
    ["fin-mid", (response: http.ServerResponse) => void response.socket?.end(), "UND_ERR_SOCKET"],
    [
      "rst-mid",
      (response: http.ServerResponse) => void response.socket?.resetAndDestroy(),
      /ECONNRESET|UND_ERR_SOCKET/,
    ],
    [
      "bad-chunk",
      (response: http.ServerResponse) => void response.socket?.write("zz\r\n"),
      "HTTPParserError",
    ],
  ])("%s keeps the text that came and says why it ends", async (_name, cut, code) => {
    const { bytes, error } = await failure((response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write("data: 1\n\ndata: {", () => setImmediate(cut, response));
    });
    expect([bytes, error]).toEqual([
      "data: 1\n\ndata: {",
      {
        source: "network",
        code: expect.stringMatching(code),
        message: expect.stringContaining("in the middle of the answer"),
        retryable: false,
        requestId,
        detail: expect.stringMatching(code),
      },
    ]);
  });

  it("is cut when the promised bytes do not come", async () => {
    const { bytes, error } = await failure((response) => {
      response.writeHead(200, { "content-type": "text/event-stream", "content-length": "100" });
      response.write("data: 1\n\n", () => setImmediate(() => response.socket?.end()));
    });
    expect([bytes, error?.source, error?.retryable]).toEqual(["data: 1\n\n", "network", false]);
  });

  it("is reported as an answer that cannot be decompressed", async () => {
    const { error } = await failure((response) => {
      response.writeHead(200, { "content-type": "text/event-stream", "content-encoding": "gzip" });
      response.end("data: not packed at all\n\n");
    });
    expect([error?.code, error?.source]).toEqual(["Z_DATA_ERROR", "network"]);
  });

  it("may be tried again", async () => {
    const { error, requests } = await failure((response) => void response.socket?.end());
    expect([error?.code, error?.retryable, requests]).toEqual(["UND_ERR_SOCKET", true, 1]);
  });

  it("keeps the bytes received, though the length beside the chunks is not theirs", async () => {
    const [start = "", ...rest] = readFileSync(
      new URL("../../../fixtures/cases/content-length-beside-chunked.http.txt", import.meta.url),
      "utf8",
    ).split("\n\n");
    expect(rest.join("")).toContain("as one chunk");
    const events = 'data: {"choices":[]}\n\ndata: [DONE]\n\n';
    const lines = start.replace("(length of the events)", String(events.length)).replaceAll("\n", "\r\n");
    const chunk = `${events.length.toString(16)}\r\n${events}\r\n`;
    const answers = [`${lines}\r\n\r\n${chunk}0\r\n\r\n`, `${lines}\r\n\r\n${chunk}`];
    const seen = [];
    for (const answer of answers) {
      const tcp = await startTcp((socket) => void socket.end(answer));
      stubs.push(tcp);
      const { bytes, error } = await relayed(await POST(chatRequest(streamBody(tcp.origin))));
      seen.push([bytes, error?.code ?? null]);
    }
    expect(seen).toEqual([
      [events, null],
      [events, "HTTPParserError"],
    ]);
  });

  it("keeps the bytes that arrived with the break itself", async () => {
    const text = "data: half an ev";
    const tcp = await startTcp((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 99\r\n\r\n${text}`);
      socket.end();
    });
    stubs.push(tcp);
    const { bytes, error } = await relayed(await POST(chatRequest(streamBody(tcp.origin))));
    expect([bytes, error?.source]).toEqual([text, "network"]);
  });

  it("is reported as an answer other than HTTP", async () => {
    const tcp = await startTcp((socket) => socket.end("SSH-2.0-OpenSSH_9.9\r\n"));
    stubs.push(tcp);
    const { error } = await relayed(await POST(chatRequest(streamBody(tcp.origin))));
    expect([error?.code, error?.message]).toEqual([
      "HTTPParserError",
      `${new URL(tcp.origin).host} answered with something other than HTTP. If it speaks https, use https:// in its address.`,
    ]);
  });

  it("is not called something other than HTTP", async () => {
    const tcp = await startTcp((socket) => socket.end("HTTP/1.1 200 OK\r\nno colon here\r\n\r\n"));
    stubs.push(tcp);
    const { error } = await relayed(await POST(chatRequest(streamBody(tcp.origin))));
    expect([error?.code, error?.message]).toEqual([
      "HTTPParserError",
      `${new URL(tcp.origin).host} sent an HTTP reply that cannot be read: Invalid header token. What runs there may not be a model server.`,
    ]);
  });

  it("says to use http", async () => {
    const upstream = await stub((response) => stream(response, "data: 1\n\n"));
    const secure = upstream.origin.replace("http:", "https:");
    const { error } = await relayed(await POST(chatRequest(streamBody(secure))));
    expect([error?.code, error?.message]).toEqual([
      "ERR_SSL_WRONG_VERSION_NUMBER",
      `${new URL(upstream.origin).host} does not speak https. Use http:// in its address.`,
    ]);
  });

  it("stops just above what a page reads of an answer, and closes the upstream", async () => {
    const closed = createSignal();
    const megabyte = Buffer.alloc(1024 * 1024, ".");
    const { bytes, error } = await failure((response) => {
      response.on("close", closed.happen);
      response.writeHead(200, { "content-type": "text/event-stream" });
      const pump = () => {
        while (response.write(megabyte));
      };
      response.on("drain", pump);
      pump();
    });
    await closed.happened;
    const most = SSE_LIMITS.streamBytes + megabyte.length;
    expect(bytes.length).toBeGreaterThan(SSE_LIMITS.streamBytes);
    expect(bytes.length).toBeLessThanOrEqual(most);
    expect([error?.code, error?.message]).toEqual([
      "LIMIT",
      "The answer is longer than 65 MB. Vitrine stopped reading it.",
    ]);
  });

  it("and an upstream that ignores `stream` pass through for the page to judge", async () => {
    const empty = await failure((response) => void response.writeHead(204).end());
    expect([empty.bytes, empty.error]).toEqual(["", null]);
    const json = await failure((response) => {
      response.setHeader("content-type", "application/json");
      response.end('{"choices":[]}');
    });
    expect([json.bytes, json.error]).toEqual(['{"choices":[]}', null]);
  });
});

it("the relay refuses what is not supported yet before anything is called", async () => {
  const upstream = await stub((response) => response.end());
  const sent = streamBody(upstream.origin);
  const response = await POST(chatRequest({ ...sent, provider: "bedrock" }));
  expect([response.status, (await response.json()).error, upstream.connections()]).toEqual([
    400,
    {
      source: "app",
      code: "NOT_SUPPORTED",
      message: expect.stringMatching(/^Bedrock is not supported yet: /),
      retryable: false,
      status: 400,
      requestId: expect.any(String),
    },
    0,
  ]);
});

describe("an answer that is not streamed", () => {
  it("is JSON with the upstream's status", async () => {
    const upstream = await stub((response) => {
      response.writeHead(201, { "content-type": "application/json", "set-cookie": "a=1" });
      response.end('{ "choices": [] }');
    });
    const response = await POST(whole(upstream.origin));
    expect([response.status, Object.fromEntries(response.headers), await response.text()]).toEqual([
      201,
      { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
      '{ "choices": [] }',
    ]);
  });

  it("fails as JSON: with the upstream's status, or 502 where it has none to give", async () => {
    const upstream = await stub((response) => void response.writeHead(400).end('{"error":"no such model"}'));
    const refused = await POST(whole(upstream.origin));
    expect([refused.status, (await refused.json()).error.message]).toEqual([400, "no such model"]);
    await upstream.close();
    const gone = await POST(whole(upstream.origin));
    expect([gone.status, (await gone.json()).error.code]).toEqual([502, "ECONNREFUSED"]);
  });
});

describe("the server's own cap", () => {
  it("refuses a ninth stream, says how long to wait, and frees each place", async () => {
    const upstream = await stub((response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.flushHeaders();
    });
    const requests = Array.from({ length: 8 }, () => POST(chatRequest(streamBody(upstream.origin))));
    const running = await Promise.all(requests);
    const ninth = await POST(chatRequest(streamBody(upstream.origin)));
    expect([ninth.status, ninth.headers.get("retry-after"), await ninth.json()]).toEqual([
      429,
      "1",
      {
        error: {
          source: "app",
          code: "RATE_LOCAL",
          message: "8 answers are already running.",
          retryable: true,
          status: 429,
          requestId: expect.any(String),
          retryAfterMs: 1000,
        },
      },
    ]);
    for (const response of running) await response.body?.cancel();
    const after = await POST(chatRequest(streamBody(upstream.origin)));
    expect(after.status).toBe(200);
    await after.body?.cancel();
  });
});
