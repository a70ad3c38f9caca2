/** Addresses with a query, a user and a password: from the page and from the environment. */
import { readFileSync } from "node:fs";
import type http from "node:http";

import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";

import { getModels } from "@/app/__fixtures__/get-models";
import { chatRequest, chatRoute, relayed } from "@/app/__fixtures__/post-chat";
import { readBaseUrl } from "@/lib/providers/base-url";
import { findProvider } from "@/lib/providers/registry";
import { type Stub, startStub } from "@/lib/server/__fixtures__/stub";
import { discover } from "@/lib/server/discovery/discovery";
import { parseEnvironment } from "@/lib/server/environment";

import { publicBaseUrl } from "./base-url";

const LOGIN = "anna:pass word";
const BASIC = "Basic YW5uYTpwYXNzIHdvcmQ=";

const stubs: Stub[] = [];
afterEach(() => Promise.all(stubs.splice(0).map((stub) => stub.close())));

/** A model server that answers as it is asked: a list, or a stream that repeats what it was sent. */
async function serving(isAllowed: (request: Stub["seen"][number]) => boolean = () => true): Promise<Stub> {
  const started = await startStub((response, request) => {
    if (!isAllowed(request)) return end(response, 404, "application/json", { detail: "Not Found" });
    if (request.path.includes("/models")) {
      return end(response, 200, "application/json", { object: "list", data: [{ id: "m" }] });
    }
    return end(response, 200, "text/event-stream", `data: ${JSON.stringify(request.headers)}\n\n`);
  });
  stubs.push(started);
  return started;
}

function end(response: http.ServerResponse, status: number, type: string, body: unknown): void {
  response.writeHead(status, { "content-type": type });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

const parts = (given: { key?: string; login?: string; query?: string }) => ({
  "x-vitrine-key": `parts ${Buffer.from(
    JSON.stringify({ key: null, login: null, query: "", ...given }),
  ).toString("base64url")}`,
});
const chat = (endpoint: string) => ({
  provider: "llamacpp",
  endpoint,
  body: { model: "m", messages: [], stream: true },
});
const paths = ({ seen }: Stub) => [...new Set(seen.map(({ path }) => path))];

describe("an address from the page", () => {
  it("keeps its query on every call", async () => {
    const upstream = await serving(({ path }) => path.includes("api-version="));
    const endpoint = `${upstream.origin}/v1?api-version=2025-04-01-preview`;
    expect(await (await getModels({ provider: "vllm", endpoint })).json()).toMatchObject({
      models: [{ id: "m" }],
    });
    const POST = await chatRoute();
    expect(await relayed(await POST(chatRequest(chat(endpoint))))).toMatchObject({ error: null });
    expect(paths(upstream)).toContain("/v1/chat/completions?api-version=2025-04-01-preview");
    expect(paths(upstream).filter((path) => !path.endsWith("?api-version=2025-04-01-preview"))).toEqual([]);
  });

  it("sends the user and the password that came in the key's header as Basic authorization", async () => {
    const upstream = await serving(({ headers }) => headers.authorization === BASIC);
    const POST = await chatRoute();
    const reply = await POST(chatRequest(chat(`${upstream.origin}/v1`), parts({ login: LOGIN })));
    expect(await relayed(reply)).toMatchObject({ error: null, head: { status: 200 } });
    expect(paths(upstream)).toEqual(["/v1/chat/completions"]);
  });

  it("sends query values that came in the key's header, and shows neither them nor the login where they are echoed", async () => {
    const upstream = await serving();
    const POST = await chatRoute();
    const given = parts({ login: "anna:long-password", query: "sig=canary-signature", key: "sk-canary-key" });
    const { bytes } = await relayed(await POST(chatRequest(chat(`${upstream.origin}/v1?v=1`), given)));
    expect(paths(upstream)).toEqual(["/v1/chat/completions?v=1&sig=canary-signature"]);
    expect(upstream.seen[0]?.headers.authorization).toBe("Basic YW5uYTpsb25nLXBhc3N3b3Jk");
    expect(bytes).toContain("Basic ****");
    expect(bytes).not.toContain("YW5uYTpsb25nLXBhc3N3b3Jk");
  });

  it.each(["http://anna:secret@127.0.0.1:9/v1", "http://127.0.0.1:9/v1?key=secret"])(
    "is refused where it holds a secret itself: %s",
    async (endpoint) => {
      const POST = await chatRoute();
      const reply = await POST(chatRequest(chat(endpoint)));
      expect([reply.status, await reply.json()]).toEqual([
        400,
        {
          error: expect.objectContaining({
            code: "TARGET_BLOCKED",
            message:
              "endpoint: The address contains a user name, a password, or a key. The page never sends these in an address.",
          }),
        },
      ]);
    },
  );

  it.each(["parts %%%", "parts e30", "sk-good\u00AD"])("is not called with the header %j", async (header) => {
    const upstream = await serving();
    const POST = await chatRoute();
    const reply = await POST(chatRequest(chat(`${upstream.origin}/v1`), { "x-vitrine-key": header }));
    expect([reply.status, upstream.connections()]).toEqual([400, 0]);
  });

  it("that answers only below /v1 is listed with a word of it", async () => {
    const file = new URL("../../../fixtures/cases/base-url-prefix-without-v1.json", import.meta.url);
    const { url } = z.object({ url: z.string() }).parse(JSON.parse(readFileSync(file, "utf8")));
    const upstream = await serving(({ path }) => path.startsWith("/llama/v1/"));
    const endpoint = `${upstream.origin}${new URL(url).pathname}`;
    expect(await (await getModels({ provider: "llamacpp", endpoint })).json()).toMatchObject({
      models: [{ id: "m" }],
      below: "/v1",
    });
    const whole = await getModels({ provider: "llamacpp", endpoint: `${endpoint}/v1` });
    expect(await whole.json()).toMatchObject({ models: [{ id: "m", contextLength: null, note: null }] });
  });
});

describe("an address from the environment", () => {
  it("keeps its user, its password and its query on every call", async () => {
    const upstream = await serving(
      ({ headers, path }) => headers.authorization === BASIC && path.endsWith("?v=1&sig=abc"),
    );
    const address = `${upstream.origin.replace("//", "//anna:pass%20word@")}?v=1&sig=abc`;
    const POST = await chatRoute({ LLAMA_CPP_URL: address });
    const reply = await POST(
      chatRequest({ provider: "llamacpp", body: { model: "m", messages: [], stream: true } }),
    );
    expect(await relayed(reply)).toMatchObject({ error: null, head: { status: 200 } });
    const llama = findProvider("llamacpp");
    if (!llama) expect.unreachable();
    const environment = parseEnvironment({ [llama.baseUrlEnv]: address });
    const found = await discover([llama], { environment, demo: null, limitMs: 5000 });
    expect(found.get("llamacpp")?.reach).toMatchObject({ state: "ready", models: [{ id: "m" }] });
    expect(publicBaseUrl(llama, environment)).toBe(`${upstream.origin}/v1?v=1`);
  });

  it("never goes to another address than its own", async () => {
    const [own, other] = [await serving(), await serving()];
    const POST = await chatRoute({ LLAMA_CPP_URL: `${own.origin.replace("//", "//a:b@")}/v1?sig=abc` });
    await relayed(await POST(chatRequest(chat(`${other.origin}/v1`))));
    expect(other.seen.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ["/v1/chat/completions", undefined],
    ]);
  });

  it("is read as the page reads one", () => {
    const text = "https://me:pw@host.test/openai/v1/chat/completions?api-version=1&api-key=2";
    const openai = findProvider("openai");
    if (!openai) expect.unreachable();
    const shown = publicBaseUrl(openai, parseEnvironment({ [openai.baseUrlEnv]: text }));
    expect(readBaseUrl(text)).toMatchObject({ ok: true, baseUrl: shown });
  });
});

describe("a key from the environment", () => {
  it("with a character that no key has is named and never sent", async () => {
    const upstream = await serving();
    const POST = await chatRoute({
      OPENAI_API_KEY: "sk-good\u200B",
      OPENAI_BASE_URL: `${upstream.origin}/v1`,
    });
    const reply = await POST(chatRequest({ provider: "openai", body: { model: "m", messages: [] } }));
    expect([reply.status, await reply.json(), upstream.connections()]).toEqual([
      400,
      {
        error: expect.objectContaining({
          code: "KEY",
          message:
            "OPENAI_API_KEY: Character 8 of the key is a zero-width space, which no key has. Copy the key again.",
        }),
      },
      0,
    ]);
  });
});
