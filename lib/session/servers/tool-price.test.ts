import { describe, expect, it } from "vitest";

import { plainSetup } from "@/lib/providers/plain-setup";
import { asObject, isList } from "@/lib/stream/turn/json-read";
import { sampleTools } from "@/lib/tools/samples";

import { type PriceInput, priceTools } from "./tool-price";

const LLAMA = {
  contextLength: 4_096,
  slots: 1,
  build: null,
  model: null,
  router: false,
  vision: null,
  quantization: null,
  templateHash: null,
  caps: {},
};
const tools = sampleTools.slice(0, 2);
const input: PriceInput = {
  setup: { ...plainSetup({ provider: "llamacpp", model: "m" }), tools: tools.map(({ id }) => id) },
  tools,
  llama: LLAMA,
  isIdle: true,
  asksCounter: false,
};

/** A server whose prompts have 10 tokens, and 100 more with tools, and 20 more for each. */
function counting() {
  const asked: number[] = [];
  const fetch = async (_url: unknown, init?: RequestInit) => {
    init?.signal?.throwIfAborted();
    const sent: unknown = JSON.parse(typeof init?.body === "string" ? init.body : "{}");
    const body = asObject(asObject(JSON.parse(JSON.stringify(sent)))?.["body"]);
    const list = body?.["tools"];
    const count = isList(list) ? list.length : 0;
    asked.push(count);
    return Response.json({ tokens: 10 + (count === 0 ? 0 : 100) + 20 * count });
  };
  return { asked, ports: { fetch, key: null } };
}

const open = new AbortController().signal;

describe("the price of tools", () => {
  it("is counted by llama.cpp, with and without each", async () => {
    const { asked, ports } = counting();
    expect(await priceTools(input, ports, open)).toEqual({
      source: "counted",
      problem: null,
      total: 140,
      each: new Map(tools.map(({ id }) => [id, 20])),
      contextLength: 4_096,
    });
    expect(asked).toEqual([0, 2, 1, 1]);
  });

  it("is estimated while the server is busy, for other servers, and where counting fails", async () => {
    const { asked, ports } = counting();
    const broken = { fetch: () => Promise.reject(new TypeError("no network")), key: null };
    const prices = [
      await priceTools({ ...input, isIdle: false }, ports, open),
      await priceTools({ ...input, setup: { ...input.setup, provider: "openai" }, llama: null }, ports, open),
      await priceTools(input, broken, open),
    ];
    expect(prices.map((price) => [price?.source, (price?.total ?? 0) > 40, price?.each.size])).toEqual([
      ["estimated", true, 2],
      ["estimated", true, 2],
      ["estimated", true, 2],
    ]);
    expect(asked).toEqual([]);
  });

  it("is nothing once it is not wanted any more, and asks no further", async () => {
    const { asked, ports } = counting();
    const ended = new AbortController();
    const fetch: typeof ports.fetch = async (url, init) => {
      const reply = await ports.fetch(url, init);
      ended.abort();
      return reply;
    };
    expect(await priceTools(input, { fetch, key: null }, ended.signal)).toBeNull();
    expect(asked).toEqual([0]);
  });

  it("is reported by a provider's own counter at a press alone, in its dialect", async () => {
    const { asked, ports } = counting();
    const sent: unknown[] = [];
    const fetch: typeof ports.fetch = (url, init) => {
      sent.push(url, JSON.parse(typeof init?.body === "string" ? init.body : "{}"));
      return ports.fetch(url, init);
    };
    const claude: PriceInput = {
      ...input,
      llama: null,
      setup: { ...input.setup, provider: "anthropic", model: "claude-x" },
    };
    expect(await priceTools(claude, { fetch, key: "k" }, open)).toMatchObject({ source: "estimated" });
    expect(asked).toEqual([]);
    expect(await priceTools({ ...claude, asksCounter: true }, { fetch, key: "k" }, open)).toEqual({
      source: "reported",
      problem: null,
      total: 140,
      each: new Map(tools.map(({ id }) => [id, 20])),
      contextLength: null,
    });
    expect(asked).toEqual([0, 2, 1, 1]);
    expect(sent.slice(0, 2)).toMatchObject([
      "/api/count",
      { provider: "anthropic", dialect: "anthropic", model: "claude-x", body: { max_tokens: 16_000 } },
    ]);
  });

  it("stays an estimate where the counter rejects the question, with the reason, and at a person's own server", async () => {
    const why = { source: "provider", code: "HTTP_401", message: "invalid x-api-key", retryable: false };
    const fetch = () => Promise.resolve(Response.json({ error: why }, { status: 401 }));
    const setup = { ...input.setup, provider: "anthropic", model: "claude-x" };
    const asks = { ...input, llama: null, asksCounter: true };
    expect(await priceTools({ ...asks, setup }, { fetch, key: "k" }, open)).toMatchObject({
      source: "estimated",
      problem: "invalid x-api-key",
    });
    const own = { ...setup, endpoint: "https://proxy.example/v1" };
    expect(await priceTools({ ...asks, setup: own }, { fetch, key: "k" }, open)).toMatchObject({
      source: "estimated",
      problem: null,
    });
  });
});
