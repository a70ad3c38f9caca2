import type http from "node:http";

import { afterEach, describe, expect, it } from "vitest";

import { llamaCpp } from "@/lib/providers/presets/llama-cpp";
import { lmStudio } from "@/lib/providers/presets/lm-studio";
import { ollama } from "@/lib/providers/presets/ollama";
import { vllm } from "@/lib/providers/presets/vllm";
import type { Provider } from "@/lib/providers/provider";
import { type Stub, startStub, startTcp } from "@/lib/server/__fixtures__/stub";
import { parseEnvironment } from "@/lib/server/environment";

import { type DiscoveryOptions, discover } from "./discovery";

const stubs: Stub[] = [];
const keep = (started: Stub): Stub => {
  stubs.push(started);
  return started;
};
afterEach(async () => {
  await Promise.all(stubs.splice(0).map((one) => one.close()));
});

type Pages = Readonly<Record<string, unknown>>;

/** A server that answers these paths with JSON and any other with 404. */
async function serving(pages: Pages, headers: http.OutgoingHttpHeaders = {}): Promise<Stub> {
  const started = await startStub((response, { path }) => {
    response.writeHead(path in pages ? 200 : 404, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(pages[path] ?? { error: "not found" }));
  });
  return keep(started);
}

const LLAMA = { server: "llama.cpp" };
const llamaPages = (id: string): Pages => ({
  "/v1/models": { data: [{ id, owned_by: "llamacpp", meta: { n_ctx_train: 131_072 } }] },
  "/props": { default_generation_settings: { n_ctx: 4096 }, build_info: "b11434-abc" },
});

/** A provider that looks for its servers at these servers only. */
const at = (provider: Provider, ...servers: readonly Stub[]): Provider => ({
  ...provider,
  location: { kind: "local", probes: servers.map(({ origin }) => `${origin}/v1`) },
});

async function found(
  providers: readonly Provider[],
  variables: Readonly<Record<string, string>> = {},
  more: Partial<DiscoveryOptions> = {},
): Promise<Readonly<Record<string, unknown>>> {
  const options = { environment: parseEnvironment(variables), demo: null, limitMs: 10_000, ...more };
  return Object.fromEntries(await discover(providers, options));
}

const ready = (destination: Stub, server: string | null, models: readonly object[]) => ({
  baseUrl: `${destination.origin}/v1`,
  reach: { state: "ready", latencyMs: expect.any(Number), models, server },
});

const locked = async (): Promise<Stub> => {
  const started = await startStub((response, { headers }) => {
    const knows = headers.authorization === "Bearer right-key";
    response.writeHead(knows ? 200 : 401, LLAMA);
    response.end(JSON.stringify(knows ? { data: [{ id: "m" }] } : { error: { code: 401 } }));
  });
  return keep(started);
};
const problem = (destination: Stub, words: string) => ({
  llamacpp: {
    baseUrl: `${destination.origin}/v1`,
    reach: { state: "error", message: `The server at ${destination.origin}/v1 ${words}` },
  },
});

const atSetAddress = async ({ origin }: Stub) => {
  const { llamacpp } = await found([llamaCpp], { LLAMA_CPP_URL: origin }, { limitMs: 2000 });
  return llamacpp;
};
const errorAt = ({ origin }: Stub, message: string) => ({
  baseUrl: `${origin}/v1`,
  reach: { state: "error", message: `${new URL(origin).host} ${message}` },
});

describe("a search for servers", () => {
  it("knows each by its answers", async () => {
    const llama = await serving(llamaPages("qwen"), LLAMA);
    const ollamas = await serving({
      "/v1/models": { data: [{ id: "llama3", owned_by: "library" }] },
      "/api/tags": { models: [{ name: "llama3" }] },
      "/api/version": { version: "0.9.1" },
    });
    const studio = await serving({
      "/v1/models": { data: [{ id: "gemma", owned_by: "organization_owner" }] },
      "/api/v0/models": { data: [{ id: "gemma", state: "loaded", loaded_context_length: 8192 }] },
    });
    expect(await found([at(llamaCpp, llama), at(ollama, ollamas), at(lmStudio, studio)])).toEqual({
      llamacpp: ready(llama, "llama.cpp b11434-abc", [{ id: "qwen", contextLength: 4096, note: null }]),
      ollama: ready(ollamas, "Ollama 0.9.1", [{ id: "llama3", contextLength: null, note: null }]),
      lmstudio: ready(studio, "LM Studio", [{ id: "gemma", contextLength: 8192, note: "loaded" }]),
    });
  });

  it("does not take another server on a port for the one that usually has it", async () => {
    const destination = await serving({
      "/v1/models": { data: [{ id: "m", owned_by: "vllm", max_model_len: 512 }] },
    });
    expect(await found([at(llamaCpp, destination), at(vllm)])).toEqual({
      vllm: ready(destination, null, [{ id: "m", contextLength: 512, note: null }]),
    });
  });

  it("finds nothing where nothing answers, something else does, or nothing comes", async () => {
    const gone = await serving({});
    await gone.close();
    const page = await serving({ "/": "hello" });
    const mute = keep(await startTcp(() => {}));
    expect(await found([at(llamaCpp, gone, page, mute)], {}, { limitMs: 300 })).toEqual({});
  });

  it("takes an address from the environment at its word, and tries no other", async () => {
    const usual = await serving(llamaPages("usual"), LLAMA);
    const own = await serving({ "/v1/models": { data: [{ id: "mine" }] } });
    expect(await found([at(llamaCpp, usual)], { LLAMA_CPP_URL: own.origin })).toEqual({
      llamacpp: ready(own, null, [{ id: "mine", contextLength: null, note: null }]),
    });
    expect(usual.connections()).toBe(0);
  });

  it("waits for the details of a server that answered, however short the time for a first answer is", async () => {
    const slow = keep(
      await startStub((response, { path }) => {
        const page = llamaPages("qwen")[path];
        const send = () => response.writeHead(200, LLAMA).end(JSON.stringify(page));
        if (path === "/props") setTimeout(send, 1700);
        else send();
      }),
    );
    expect(await found([at(llamaCpp, slow)], {}, { limitMs: 1500 })).toEqual({
      llamacpp: ready(slow, "llama.cpp b11434-abc", [{ id: "qwen", contextLength: 4096, note: null }]),
    });
  });

  it("still waits at an address that was set when it has given up on the usual ones", async () => {
    const waiting: (() => void)[] = [];
    let gaveUp = false;
    const busy = keep(
      await startStub((response, { path }) => {
        const send = () => response.writeHead(200, LLAMA).end(JSON.stringify(llamaPages("qwen")[path]));
        if (gaveUp) send();
        else waiting.push(send);
      }),
    );
    const mute = keep(
      await startTcp((socket) =>
        socket.once("close", () => {
          gaveUp = true;
          waiting.splice(0).forEach((send) => send());
        }),
      ),
    );
    const options = { environment: parseEnvironment({ LLAMA_CPP_URL: busy.origin }), demo: null };
    expect(Object.fromEntries(await discover([llamaCpp, at(vllm, mute)], options))).toEqual({
      llamacpp: ready(busy, "llama.cpp b11434-abc", [{ id: "qwen", contextLength: 4096, note: null }]),
    });
  });

  it("names the problem of an address that was set, and calls it absent only where the connection is refused", async () => {
    const other = await serving({ "/v1/models": { hello: "world" } });
    const wrong = await serving({ "/": {} });
    const mute = keep(await startTcp(() => {}));
    const gone = await serving({});
    await gone.close();
    expect(await atSetAddress(other)).toEqual(errorAt(other, "sent no list of models for /v1/models."));
    expect(await atSetAddress(wrong)).toEqual(errorAt(wrong, "returned 404 for /v1/models."));
    expect(await atSetAddress(mute)).toEqual(errorAt(mute, "did not answer in time."));
    expect(await atSetAddress(gone)).toBeUndefined();
  });

  it.each([
    ["localhost:8080", "LLAMA_CPP_URL: Only http and https addresses can be called, not localhost:"],
    ["http//10.0.0.5", "LLAMA_CPP_URL: The address is not a URL."],
    [
      "http://169.254.169.254",
      "LLAMA_CPP_URL: 169.254.169.254 is never called, because it is a link-local address, where cloud metadata lives.",
    ],
  ])("says what is wrong with the address %s instead of asking there", async (address, message) => {
    expect(await found([llamaCpp], { LLAMA_CPP_URL: address })).toEqual({
      llamacpp: { baseUrl: llamaCpp.baseUrl, reach: { state: "error", message } },
    });
  });
});

describe("a server that requires a key", () => {
  it("is found, with what to do", async () => {
    const destination = await locked();
    expect(await found([at(llamaCpp, destination)])).toEqual(
      problem(destination, "requires a key. Set LLAMA_API_KEY or paste it in the lane."),
    );
    expect(await found([at(llamaCpp, destination)], { LLAMA_API_KEY: "wrong-key" })).toEqual(
      problem(destination, "does not accept the key in LLAMA_API_KEY."),
    );
  });

  it("gets the key only once it has asked for one", async () => {
    const destination = await locked();
    expect(await found([at(llamaCpp, destination)], { LLAMA_API_KEY: "right-key" })).toEqual({
      llamacpp: ready(destination, "llama.cpp", [{ id: "m", contextLength: null, note: null }]),
    });
    expect(destination.seen[0]?.headers.authorization).toBeUndefined();
    const open = await serving(llamaPages("open"), LLAMA);
    await found([at(llamaCpp, open)], { LLAMA_API_KEY: "right-key" });
    expect(open.seen.flatMap(({ headers }) => headers.authorization ?? [])).toEqual([]);
  });
});

it("the search uses the demo model only where none of the person's own servers answers", async () => {
  const demo = await serving(llamaPages("smollm2-135m"), LLAMA);
  const own = await serving(llamaPages("qwen"), LLAMA);
  const baseUrls = async (...servers: readonly Stub[]) => {
    const all = await discover([at(llamaCpp, ...servers)], {
      environment: parseEnvironment({}),
      demo: `${demo.origin}/v1`,
    });
    return [...all.values()].map(({ baseUrl }) => baseUrl);
  };
  expect(await baseUrls()).toEqual([`${demo.origin}/v1`]);
  expect(await baseUrls(own)).toEqual([`${own.origin}/v1`]);
});
