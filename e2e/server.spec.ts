import { once } from "node:events";
import { readFile } from "node:fs/promises";
import https from "node:https";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { startConnectProxy } from "../lib/server/__fixtures__/connect-proxy";
import { type App, startApp } from "./app";
import { expect, test } from "./fixtures";
import { startRawUpstream } from "./raw-upstream";

const HEADERS = { "content-type": "application/json", "x-vitrine": "1" };

test("the server starts from any folder, and brings its demo model", async () => {
  await withApp({}, { cwd: tmpdir() }, async ({ url }) => {
    const demo = async () => {
      const reply = await fetch(`${url}/api/providers`, { headers: HEADERS });
      return (await reply.json()).demo.state;
    };
    await expect.poll(demo, { timeout: 45_000 }).toBe("ready");
  });
});

test("the server answers at whichever loopback address it listens on", async () => {
  await withApp({ VITRINE_LLAMA: "off" }, { host: "127.5.5.5" }, async ({ url }) => {
    expect((await fetch(url)).status).toBe(200);
  });
});

for (const line of ["HTTP/1.1 000 X", "HTTP/1.1 101 Switching"]) {
  test(`the server goes on answering others while an upstream replies "${line}"`, async () => {
    const upstream = await startRawUpstream((socket) => socket.end(`${line}\r\n\r\n`));
    // A fresh server: what froze did so once in a process.
    await withApp({ VITRINE_LLAMA: "off", VLLM_BASE_URL: upstream.baseUrl }, {}, async ({ url }) => {
      const answer = chat(url, "any", AbortSignal.timeout(30_000)).then((reply) => reply.text());
      await upstream.asked;
      const health = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(30_000) });
      expect(health.status).toBe(200);
      expect(await answer).toContain("event: relay-error");
    });
    await upstream.close();
  });
}

test("the server speaks https inside a proxy's tunnel, and only with whom the certificate names", async () => {
  const certificate = path.join(import.meta.dirname, "certificates/certificate.pem");
  const key = path.join(import.meta.dirname, "certificates/key.pem");
  const seen: unknown[] = [];
  const server = https.createServer(
    { cert: await readFile(certificate), key: await readFile(key) },
    (request, response) => {
      seen.push([request.headers.host, request.url, request.headers["proxy-authorization"]]);
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end("data: [DONE]\n\n");
    },
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  const proxy = await startConnectProxy(`https://127.0.0.1:${address.port}`);
  const answerOf = async (host: string, trusted: Record<string, string>): Promise<string> => {
    let text = "";
    const variables = {
      ...trusted,
      HTTPS_PROXY: `http://ann:secret-word@${proxy.name}`,
      VLLM_BASE_URL: `https://${host}/v1`,
      VITRINE_LLAMA: "off",
    };
    await withApp(variables, {}, async ({ url }) => {
      text = await (await chat(url, "any")).text();
    });
    return text;
  };
  const trusted = { NODE_EXTRA_CA_CERTS: certificate };
  expect(await answerOf("models.example", trusted)).toContain("data: [DONE]");
  expect(await answerOf("other.example", trusted)).toContain("has a certificate for another host.");
  expect(await answerOf("models.example", {})).toContain("isn't signed by a known authority");
  const calls = seen.filter((call) => JSON.stringify(call).includes("chat/completions"));
  expect(calls).toEqual([["models.example", "/v1/chat/completions", undefined]]);
  expect(new Set(proxy.tunnels.map(({ to }) => to))).toEqual(
    new Set(["models.example:443", "other.example:443"]),
  );
  await proxy.close();
  server.close();
  server.closeAllConnections();
});

test("the server ends answers with an explanation when its terminal is closed", async ({ upstream }) => {
  upstream.script("hangs-up", async (exchange) => {
    exchange.delta({ content: "Half an answer" });
    await exchange.gate("never");
  });
  await withApp({ VITRINE_LLAMA: "off", VLLM_BASE_URL: upstream.baseUrl }, {}, async ({ url, pid }) => {
    const reply = await chat(url, "hangs-up");
    const reader = textOf(reply);
    await reader.until("Half an answer");
    process.kill(pid, "SIGHUP");
    expect(await reader.rest()).toContain("APP_STOPPED");
  });
});

test("the server compresses pages and files, and passes streamed answers on at once and uncompressed", async ({
  app,
  upstream,
}) => {
  upstream.script("waits", async (exchange) => {
    exchange.delta({ content: "first words" });
    await exchange.gate("go on");
    exchange.finish();
  });
  const page = await fetch(app.url, { headers: { "accept-encoding": "gzip" } });
  expect(page.headers.get("content-encoding")).toBe("gzip");
  const script = /\/_next\/static\/[^"]*\.js/.exec(await page.text())?.[0] ?? "";
  const file = await fetch(app.url + script, { headers: { "accept-encoding": "gzip" } });
  expect([file.status, file.headers.get("content-encoding")]).toEqual([200, "gzip"]);
  const packed = await fetch(app.url + script, { headers: { "accept-encoding": "gzip, br" } });
  expect([packed.status, packed.headers.get("content-encoding")]).toEqual([200, "br"]);
  expect(packed.headers.get("cache-control")).toContain("immutable");
  expect(packed.headers.get("content-security-policy")).toContain("script-src 'self'");
  expect(await packed.text()).toBe(await file.text());
  const reply = await chat(app.url, "waits");
  expect(reply.headers.get("content-encoding")).toBeNull();
  const reader = textOf(reply);
  await reader.until("first words");
  upstream.open("go on");
  expect(await reader.rest()).toContain("[DONE]");
});

test("the server closes every socket that asks for an upgrade", async ({ app }) => {
  const asks = Array.from({ length: 100 }, (_, index) =>
    send(
      app,
      `GET ${index % 2 === 0 ? "/_next/webpack-hmr" : "/"} HTTP/1.1\r\nHost: ${index % 3 === 0 ? "evil.example" : "127.0.0.1"}\r\nOrigin: http://evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    ),
  );
  expect(new Set(await Promise.all(asks))).toEqual(new Set([""]));
});

for (const [what, head, status] of [
  ["an absolute target", "GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1", 400],
  ["two slashes", "GET //evil.example HTTP/1.1\r\nHost: 127.0.0.1", 400],
  ["TRACE", "TRACE / HTTP/1.1\r\nHost: 127.0.0.1", 405],
  ["two hosts", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example", 400],
  ["a foreign host and a body", "PUT /api/chat HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0", 403],
] as const) {
  test(`the server refuses ${what}, with the headers of every reply`, async ({ app }) => {
    const reply = await send(app, `${head}\r\nContent-Type: application/json\r\n\r\n`);
    expect(reply).toMatch(new RegExp(`^HTTP/1\\.1 ${String(status)} `));
    expect(reply).toContain("X-Content-Type-Options: nosniff");
    expect(reply).toContain("default-src 'none'");
  });
}

type Options = Parameters<typeof startApp>;

async function withApp(
  environment: Options[0],
  options: Options[1],
  use: (app: App) => Promise<void>,
): Promise<void> {
  const app = await startApp(environment, options);
  try {
    await use(app);
  } finally {
    await app.stop();
  }
}

/** Asks vLLM's place for a streamed answer, as the page does. */
function chat(url: string, model: string, signal: AbortSignal | null = null): Promise<Response> {
  const body = JSON.stringify({ provider: "vllm", body: { model, stream: true, messages: [] } });
  return fetch(`${url}/api/chat`, { method: "POST", headers: HEADERS, body, signal });
}

/** Reads a reply's text as it comes. */
function textOf(reply: Response): {
  readonly until: (words: string) => Promise<void>;
  readonly rest: () => Promise<string>;
} {
  if (reply.body === null) throw new Error("a streamed reply has a body");
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
  const read = async () => {
    const next = await reader.read();
    return next.done ? null : next.value;
  };
  return {
    until: async (words) => {
      for (let text = ""; !text.includes(words);) {
        const more = await read();
        if (more === null) throw new Error(`The reply ended without "${words}": ${text}`);
        text += more;
      }
    },
    rest: async () => {
      let text = "";
      for (let more = await read(); more !== null; more = await read()) text += more;
      return text;
    },
  };
}

/** Sends bytes as they are and returns the reply up to the point where the server closed the connection. */
async function send({ url }: App, bytes: string): Promise<string> {
  const socket = net.connect(Number(new URL(url).port), "127.0.0.1");
  socket.on("error", () => socket.destroy());
  let text = "";
  socket.on("data", (piece: Buffer) => (text += piece.toString()));
  socket.write(bytes);
  await once(socket, "close");
  return text;
}
