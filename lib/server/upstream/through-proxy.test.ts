import { afterEach, describe, expect, it } from "vitest";

import { getModels } from "@/app/__fixtures__/get-models";
import { chatRequest, chatRoute, relayed } from "@/app/__fixtures__/post-chat";
import { type ConnectProxy, startConnectProxy } from "@/lib/server/__fixtures__/connect-proxy";
import { startStub, type Stub } from "@/lib/server/__fixtures__/stub";

const opened: { close: () => Promise<void> }[] = [];
const kept = <One extends { close: () => Promise<void> }>(one: One): One => {
  opened.push(one);
  return one;
};
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

const upstream = async (): Promise<Stub> =>
  kept(
    await startStub((response, { path }) => {
      if (path.endsWith("/models")) return response.end('{"data":[{"id":"m"}]}');
      response.writeHead(200, { "content-type": "text/event-stream" });
      return response.end("data: [DONE]\n\n");
    }),
  );
const proxyTo = async (to: string | number): Promise<ConnectProxy> => kept(await startConnectProxy(to));

const NAMED = "http://llm.internal.example:8000/v1";
const openai = { provider: "openai", body: { model: "m", messages: [], stream: true } };
const added = (endpoint: string) => ({ ...openai, provider: "llamacpp", endpoint });

type Variables = Readonly<Record<string, string>>;
const ask = async (variables: Variables, body: object = openai) => {
  const POST = await chatRoute({ OPENAI_BASE_URL: NAMED, ...variables });
  return relayed(await POST(chatRequest(body)));
};
const targets = ({ tunnels }: ConnectProxy) => tunnels.map(({ to }) => to);

describe("a proxy of the environment", () => {
  it.each(["HTTP_PROXY", "http_proxy"])("takes the calls of a configured origin: %s", async (variable) => {
    const server = await upstream();
    const proxy = await proxyTo(server.origin);
    const answer = await ask({ [variable]: `http://${proxy.name}`, OPENAI_API_KEY: "sk-of-the-server" });
    expect([answer.error, answer.bytes, answer.head?.status]).toEqual([null, "data: [DONE]\n\n", 200]);
    expect(answer.head?.connectMs).toEqual(expect.any(Number));
    expect(targets(proxy)).toEqual(["llm.internal.example:8000"]);
    expect(server.seen[0]?.headers).toMatchObject({
      host: "llm.internal.example:8000",
      authorization: "Bearer sk-of-the-server",
    });
  });

  it("takes questions for models as well, and origins that the server's owner allows", async () => {
    const server = await upstream();
    const proxy = await proxyTo(server.origin);
    const variables = {
      HTTP_PROXY: proxy.name,
      OPENAI_BASE_URL: NAMED,
      VITRINE_ORIGINS: "http://gpu.example",
    };
    const reply = await getModels({ provider: "openai" }, variables);
    expect(await reply.json()).toMatchObject({ models: [{ id: "m", contextLength: null, note: null }] });
    await ask(variables, added("http://gpu.example/v1"));
    expect(targets(proxy)).toEqual(["llm.internal.example:8000", "gpu.example:80"]);
  });

  it("is passed by for hosts that NO_PROXY names, and for loopback", async () => {
    const server = await upstream();
    const proxy = await proxyTo(server.origin);
    const variables = { HTTP_PROXY: proxy.name, VITRINE_PROXY_ALL: "1" };
    const { error } = await ask({ ...variables, NO_PROXY: ".internal.example" });
    expect(error?.code).toMatch(/^(?:ENOTFOUND|EAI_AGAIN)$/);
    await ask({ ...variables, OPENAI_BASE_URL: `${server.origin}/v1` });
    await ask(variables, added(`${server.origin}/v1`));
    await ask(variables, added(`${server.origin.replace("127.0.0.1", "localhost")}/v1`));
    expect([targets(proxy), server.seen.length]).toEqual([[], 3]);
  });

  it("takes the calls of servers that a person added only where all shall go through it", async () => {
    const server = await upstream();
    const proxy = await proxyTo(server.origin);
    const { error } = await ask({ HTTP_PROXY: proxy.name }, added("http://mine.example/v1"));
    expect([error?.code, targets(proxy)]).toEqual([expect.stringMatching(/^(?:ENOTFOUND|EAI_AGAIN)$/), []]);
    await ask({ HTTP_PROXY: proxy.name, VITRINE_PROXY_ALL: "1" }, added("http://mine.example/v1"));
    await ask({ HTTP_PROXY: proxy.name, VITRINE_PROXY_ALL: "1" }, added("http://93.184.216.34/v1"));
    expect(targets(proxy)).toEqual(["mine.example:80", "93.184.216.34:80"]);
  });

  it("never leads to an address that is never called", async () => {
    const server = await upstream();
    const proxy = await proxyTo(server.origin);
    const POST = await chatRoute({ HTTP_PROXY: proxy.name, VITRINE_PROXY_ALL: "1" });
    const response = await POST(chatRequest(added("http://169.254.169.254/v1")));
    expect([response.status, (await response.json()).error.code, targets(proxy)]).toEqual([
      400,
      "TARGET_BLOCKED",
      [],
    ]);
  });
});

describe("a proxy that does not work", () => {
  const PASSWORD = "CANARY-password";

  it("gets the credentials of its address, which no answer shows", async () => {
    const login = Buffer.from(`ann:${PASSWORD}`).toString("base64");
    const server = kept(
      await startStub((response) => void response.end(`{"echo":"${PASSWORD} Basic ${login}"}`)),
    );
    const proxy = await proxyTo(server.origin);
    const answer = await ask({ HTTP_PROXY: `http://ann:${PASSWORD}@${proxy.name}` });
    expect(proxy.tunnels[0]?.authorization).toBe(`Basic ${login}`);
    expect(server.seen[0]?.headers["proxy-authorization"]).toBeUndefined();
    expect(answer.bytes).toMatch(/^\{"echo":"\*+ Basic \*+"\}$/);
  });

  it.each([
    [
      407,
      "",
      "The proxy PROXY asks for a user name and password (407). Add them to its address: http://user:password@host.",
    ],
    [
      407,
      `ann:${PASSWORD}@`,
      "The proxy PROXY did not accept the user name and password it was given (407).",
    ],
    [403, "", "The proxy PROXY did not connect to llm.internal.example:8000: it answered 403."],
    [503, "", "The proxy PROXY did not connect to llm.internal.example:8000: it answered 503."],
  ])("that answers %i is named, and its password is not", async (status, login, message) => {
    const proxy = await proxyTo(status);
    const { error } = await ask({ HTTP_PROXY: `http://${login}${proxy.name}` });
    expect(error).toMatchObject({ source: "network", message: message.replace("PROXY", proxy.name) });
    expect(JSON.stringify(error)).not.toContain(PASSWORD);
  });

  it("that is not there is named, and not the server behind it", async () => {
    const proxy = await startConnectProxy(503);
    await proxy.close();
    const { error } = await ask({ HTTP_PROXY: `http://ann:${PASSWORD}@${proxy.name}` });
    expect(error).toMatchObject({
      code: "ECONNREFUSED",
      message: `No proxy is listening at ${proxy.name}. Check HTTP_PROXY and HTTPS_PROXY, or name the host in NO_PROXY.`,
    });
    expect(JSON.stringify(error)).not.toContain(PASSWORD);
  });

  it("is no reason to stop: a value that cannot be used is said where it would be used", async () => {
    const POST = await chatRoute({
      OPENAI_BASE_URL: NAMED,
      HTTP_PROXY: `socks5://ann:${PASSWORD}@proxy.example`,
    });
    const response = await POST(chatRequest(openai));
    const { error } = await response.json();
    expect([response.status, error.code, error.message]).toEqual([
      400,
      "PROXY",
      "HTTP_PROXY: only http and https proxies can be used, not socks5:",
    ]);
  });
});
