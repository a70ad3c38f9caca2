import { afterEach, describe, expect, it, vi } from "vitest";

import { chatRequest, chatRoute, relayed } from "@/app/__fixtures__/post-chat";
import type { ChatRequest } from "@/lib/contract/chat";
import { createSignal } from "@/lib/server/__fixtures__/signal";
import { startStub, type Stub } from "@/lib/server/__fixtures__/stub";

const stubs: Stub[] = [];
const stub = async (answer: Parameters<typeof startStub>[0]): Promise<Stub> => {
  const started = await startStub(answer);
  stubs.push(started);
  return started;
};
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(stubs.splice(0).map((one) => one.close()));
});

const never = () => new AbortController().signal;

/** `openDirect` of a process with these environment variables. */
async function direct(variables: Readonly<Record<string, string>> = {}) {
  vi.resetModules();
  vi.unstubAllEnvs();
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const { openDirect } = await import("./direct-transport");
  return openDirect;
}

const chat = (endpoint: string, more: Partial<ChatRequest> = {}): ChatRequest => ({
  provider: "llamacpp",
  endpoint,
  model: "m",
  stream: true,
  body: { model: "m", messages: [], stream: true },
  ...more,
});

describe("a request without a page", () => {
  it.each([true, false])("gets what the page would get (streamed: %j)", async (stream) => {
    const upstream = await stub((response) => {
      response.writeHead(200, { "content-type": stream ? "text/event-stream" : "application/json" });
      response.end(stream ? 'data: {"ä":1}\n\ndata: [DONE]\n\n' : '{"choices":[]}');
    });
    const request = chat(`${upstream.origin}/v1`, { stream });
    const POST = await chatRoute();
    const page = await POST(chatRequest(request));
    const openDirect = await direct();
    const own = await openDirect(request, null, never());
    expect([own.status, Object.fromEntries(own.headers)]).toEqual([
      page.status,
      Object.fromEntries(page.headers),
    ]);
    if (stream) expect((await relayed(own)).bytes).toBe((await relayed(page)).bytes);
    else expect(await own.text()).toBe(await page.text());
    const [first, second] = upstream.seen;
    expect(second).toEqual(first);
  });

  it("is refused as the page's is", async () => {
    const openDirect = await direct();
    const blocked = await openDirect(chat("http://169.254.169.254/v1"), null, never());
    expect([blocked.status, (await blocked.json()).error.code]).toEqual([400, "TARGET_BLOCKED"]);
    const odd = await openDirect({ ...chat("http://127.0.0.1"), provider: "" }, null, never());
    const { error } = await odd.json();
    expect([odd.status, error.code, error.message]).toEqual([
      400,
      "BODY",
      "provider: Too small: expected string to have >=1 characters",
    ]);
  });

  it("says which environment variable is wrong instead of failing", async () => {
    const openDirect = await direct({ VITRINE_MAX_ANSWERS: "many" });
    const refused = await openDirect(chat("http://127.0.0.1:9/v1"), null, never());
    expect([refused.status, (await refused.json()).error]).toEqual([
      400,
      {
        source: "app",
        code: "ENVIRONMENT",
        message: "VITRINE_MAX_ANSWERS must be a whole number.",
        retryable: false,
        status: 400,
        requestId: expect.any(String),
      },
    ]);
  });

  it("may name any address, wherever the server would listen", async () => {
    const upstream = await stub((response) => response.end("data: 1\n\n"));
    const openDirect = await direct({ HOST: "0.0.0.0", VITRINE_TOKEN: "correct-horse" });
    const answer = await relayed(await openDirect(chat(`${upstream.origin}/v1`), null, never()));
    expect([answer.bytes, answer.error]).toEqual(["data: 1\n\n", null]);
  });

  it("sends its own key to the address it names, and the environment's nowhere else than home", async () => {
    const upstream = await stub((response) => response.end("data: 1\n\n"));
    const openDirect = await direct({ OPENAI_API_KEY: "sk-of-the-environment" });
    const request = chat(`${upstream.origin}/v1`, { provider: "openai" });
    await relayed(await openDirect(request, null, never()));
    await relayed(await openDirect(request, "sk-of-a-person", never()));
    expect(upstream.seen.map(({ headers }) => headers.authorization)).toEqual([
      undefined,
      "Bearer sk-of-a-person",
    ]);
  });

  it("closes the upstream when it is aborted, and when nobody reads on", async () => {
    const openDirect = await direct();
    for (const leave of ["abort", "cancel"] as const) {
      const closed = createSignal();
      const upstream = await stub((response) => {
        response.on("close", closed.happen);
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.flushHeaders();
      });
      const stop = new AbortController();
      const response = await openDirect(chat(`${upstream.origin}/v1`), null, stop.signal);
      await vi.waitFor(() => expect(upstream.seen).toHaveLength(1), { interval: 1 });
      if (leave === "abort") stop.abort();
      else await response.body?.cancel();
      await closed.happened;
    }
  });
});
