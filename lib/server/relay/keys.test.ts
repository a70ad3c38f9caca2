import type http from "node:http";

import { afterEach, describe, expect, it } from "vitest";

import { chatRequest, chatRoute, relayed, streamBody } from "@/app/__fixtures__/post-chat";
import { startStub, type Stub } from "@/lib/server/__fixtures__/stub";

const CANARY = "sk-CANARY-7f3a9c";
const FILLER = "*".repeat(CANARY.length);
const SPELLINGS = [CANARY, Buffer.from(CANARY).toString("base64"), encodeURIComponent(CANARY)];

const stubs: Stub[] = [];
const stub = async (answer?: (response: http.ServerResponse) => void): Promise<Stub> => {
  const started = await startStub((response) => {
    if (answer !== undefined) return answer(response);
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end("data: [DONE]\n\n");
  });
  stubs.push(started);
  return started;
};
afterEach(async () => {
  await Promise.all(stubs.splice(0).map((one) => one.close()));
});

const openai = { provider: "openai", body: { model: "m", messages: [], stream: true } };
const authorization = ({ seen }: Stub) => seen.map(({ headers }) => headers.authorization);
const holdsKey = (value: unknown) => SPELLINGS.some((spelling) => JSON.stringify(value).includes(spelling));

const echo = async (answer: (response: http.ServerResponse) => void, stream = true) => {
  const upstream = await stub(answer);
  const POST = await chatRoute({ OPENAI_API_KEY: CANARY, OPENAI_BASE_URL: `${upstream.origin}/v1` });
  return POST(chatRequest({ ...openai, body: { ...openai.body, stream } }));
};

describe("a key of the server's", () => {
  it("goes to its provider's own address", async () => {
    const upstream = await stub();
    const POST = await chatRoute({ OPENAI_API_KEY: CANARY, OPENAI_BASE_URL: `${upstream.origin}/v1` });
    await relayed(await POST(chatRequest(openai)));
    expect(authorization(upstream)).toEqual([`Bearer ${CANARY}`]);
  });

  it("goes to no address that a person chose", async () => {
    const own = await stub();
    const other = await stub();
    const POST = await chatRoute({ OPENAI_API_KEY: CANARY, OPENAI_BASE_URL: `${own.origin}/v1` });
    await relayed(await POST(chatRequest({ ...openai, endpoint: `${other.origin}/v1` })));
    await relayed(await POST(chatRequest({ ...openai, endpoint: `${own.origin}/other` })));
    expect([authorization(other), authorization(own)]).toEqual([[undefined], [`Bearer ${CANARY}`]]);
    expect(holdsKey(other.seen)).toBe(false);
  });

  it.each([
    ["baseURL", (origin: string) => ({ ...openai, baseURL: `${origin}/v1` })],
    ["base_url", (origin: string) => ({ ...openai, base_url: `${origin}/v1` })],
    ["options", (origin: string) => ({ ...openai, options: { baseURL: origin } })],
    ["path", (origin: string) => ({ ...openai, path: `${origin}/v1` })],
    ["scheme-less endpoint", (origin: string) => ({ ...openai, endpoint: origin.replace("http:", "") })],
    ["headers", (origin: string) => ({ ...openai, headers: { host: origin } })],
  ])("%s is refused before anything is called", async (_name, body) => {
    const other = await stub();
    const POST = await chatRoute({ OPENAI_API_KEY: CANARY });
    const response = await POST(chatRequest(body(other.origin)));
    expect([response.status, other.connections()]).toEqual([400, 0]);
  });

  it("an address inside the provider's own body is the provider's matter and changes no target", async () => {
    const own = await stub();
    const other = await stub();
    const POST = await chatRoute({ OPENAI_API_KEY: CANARY, OPENAI_BASE_URL: `${own.origin}/v1` });
    const body = { ...openai.body, baseURL: other.origin, path: `${other.origin}/v1` };
    await relayed(await POST(chatRequest({ ...openai, body }, { "x-base-url": other.origin })));
    expect([own.seen.length, other.connections()]).toEqual([1, 0]);
  });
});

describe("a pasted key", () => {
  it("goes to the address of its own request, in the header that the provider reads", async () => {
    const upstream = await stub();
    const POST = await chatRoute({ OPENAI_API_KEY: "sk-of-the-server" });
    const endpoint = `${upstream.origin}/v1`;
    const key = { "x-vitrine-key": CANARY };
    await relayed(await POST(chatRequest({ ...openai, endpoint }, key)));
    await relayed(await POST(chatRequest({ ...openai, endpoint, provider: "azure" }, key)));
    await relayed(await POST(chatRequest({ ...openai, endpoint })));
    expect(upstream.seen.map(({ headers }) => [headers.authorization, headers["api-key"]])).toEqual([
      [`Bearer ${CANARY}`, undefined],
      [undefined, CANARY],
      [undefined, undefined],
    ]);
  });

  it("is refused when it could not be a header", async () => {
    const upstream = await stub();
    const POST = await chatRoute();
    const request = chatRequest(streamBody(upstream.origin), { "x-vitrine-key": "two words" });
    const response = await POST(request);
    expect([response.status, (await response.json()).error.code, upstream.connections()]).toEqual([
      400,
      "KEY",
      0,
    ]);
  });
});

describe("an upstream that echoes the key", () => {
  it("json shows filler in its 401", async () => {
    const { error } = await relayed(
      await echo((response) => {
        response.writeHead(401, { "content-type": "application/json", "x-request-id": CANARY });
        response.end(JSON.stringify({ error: { message: `Wrong key: ${CANARY}`, code: CANARY } }));
      }),
    );
    expect(error).toEqual({
      source: "provider",
      code: FILLER,
      message: `Wrong key: ${FILLER}`,
      retryable: false,
      status: 401,
      requestId: FILLER,
      detail: `{"error":{"message":"Wrong key: ${FILLER}","code":"${FILLER}"}}`,
    });
  });

  it.each([1990, 3990])(
    "cut shows no beginning of the key where a long reason is cut: %i",
    async (length) => {
      const reason = `${"x".repeat(length)}${CANARY}`;
      const answers = [
        ["application/json", JSON.stringify({ error: { message: reason } })],
        ["text/plain", reason],
      ] as const;
      for (const [type, text] of answers) {
        const { error } = await relayed(
          await echo((response) => void response.writeHead(400, { "content-type": type }).end(text)),
        );
        expect(error?.message).toMatch(/^x+/);
        expect(JSON.stringify(error)).not.toContain(CANARY.slice(0, 6));
      }
    },
  );

  it("html shows filler in its page and in its head", async () => {
    const answer = await relayed(
      await echo((response) => {
        response.writeHead(403, { "content-type": `text/html; ${CANARY}` });
        response.end(`<html><title>${CANARY}</title>`);
      }),
    );
    expect(holdsKey(answer)).toBe(false);
    expect(answer.error?.message).toContain(`“${FILLER}”`);
  });

  it("headers show filler, in their names too, and cookies are not passed on", async () => {
    const answer = await relayed(
      await echo((response) => {
        response.writeHead(200, {
          "content-type": "text/event-stream",
          "x-echo": `Bearer ${CANARY}`,
          [`x-${CANARY}`]: "1",
          "x-long": `${"a".repeat(495)}${CANARY}`,
          "set-cookie": "session=secret",
        });
        response.end("data: [DONE]\n\n");
      }),
    );
    expect(holdsKey(answer)).toBe(false);
    expect(JSON.stringify(answer)).not.toContain(CANARY.slice(0, 5));
    expect(answer.head).toMatchObject({
      headers: expect.arrayContaining([["x-echo", `Bearer ${FILLER}`]]),
    });
    expect(JSON.stringify(answer)).not.toContain("session=secret");
  });

  it("sse shows filler of the same length, also when split inside the key, and says where", async () => {
    const text = `data: {"key":"${CANARY}"}\n\n`;
    const { bytes, overwritten } = await relayed(
      await echo((response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(text.slice(0, 20), () => setImmediate(() => response.end(text.slice(20))));
      }),
    );
    expect(bytes).toBe(text.replace(CANARY, FILLER));
    expect(overwritten).toEqual([[text.indexOf(CANARY), text.indexOf(CANARY) + CANARY.length]]);
  });

  it("sse says where every form of it was, in the server's own bytes", async () => {
    const base64 = (before: string) => Buffer.from(`${before}${CANARY} and more`).toString("base64");
    const nested = JSON.stringify(JSON.stringify({ key: CANARY }));
    const escaped = CANARY.replaceAll(
      /./gu,
      (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
    const forms = [CANARY, base64(""), base64("x"), base64("me"), nested, escaped, ...CANARY.split("")];
    const events = forms.map(
      (form) => `data: {"content":${form.startsWith('"') ? form : `"${form}"`}}\r\n\r\n`,
    );
    const { bytes, overwritten } = await relayed(
      await echo((response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        for (const event of events) response.write(event);
        response.end();
      }),
    );
    const text = events.join("");
    const isMarked = (at: number) => overwritten.some(([from, to]) => from <= at && at < to);
    expect(bytes).toHaveLength(text.length);
    const changed = bytes.split("").map((byte, at) => byte !== text[at]);
    expect(bytes.split("").map((_byte, at) => isMarked(at))).toEqual(changed);
    expect(overwritten.length).toBeGreaterThanOrEqual(6);
  });

  it("plain leaves an answer alone that only claims to be a stream, and marks nothing in it", async () => {
    const { bytes, overwritten } = await relayed(
      await echo((response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.end(`{"key":"${CANARY}"}\n\n`);
      }),
    );
    expect([bytes, overwritten]).toEqual([`{"key":"${FILLER}"}\n\n`, []]);
  });

  it("cut gives back what was held when the stream breaks off", async () => {
    const { bytes } = await relayed(
      await echo((response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write("data: sk-CAN", () => setImmediate(() => response.socket?.end()));
      }),
    );
    expect(bytes).toBe("data: sk-CAN");
  });

  it("whole shows filler in an answer that is not streamed", async () => {
    const response = await echo((upstream) => void upstream.end(JSON.stringify({ key: CANARY })), false);
    expect(await response.text()).toBe(`{"key":"${FILLER}"}`);
  });

  it("network is not called with a key that cannot be sent, and the refusal does not show it", async () => {
    const broken = `${CANARY}\u0007`;
    const upstream = await stub();
    const POST = await chatRoute({ OPENAI_API_KEY: broken, OPENAI_BASE_URL: `${upstream.origin}/v1` });
    const reply = await POST(chatRequest(openai));
    const error: unknown = await reply.json();
    expect([reply.status, holdsKey(error), upstream.connections()]).toEqual([400, false, 0]);
  });
});
