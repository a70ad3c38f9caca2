import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { type StrictUpstream, startStrictUpstream } from "@/e2e/strict/strict-upstream";
import { plainSetup } from "@/lib/providers/plain-setup";
import { prepareStep } from "@/lib/run/prepare-step";
import { emptyTurn } from "@/lib/stream/turn/fold";
import { sampleTools } from "@/lib/tools/samples";

import { countTokens, createCountLimit } from "./count-tokens";

let upstream: StrictUpstream;

// The environment is read once.
beforeAll(async () => {
  upstream = await startStrictUpstream();
  vi.stubEnv("ANTHROPIC_BASE_URL", `${upstream.origin}/anthropic/v1`);
  vi.stubEnv("OPENAI_BASE_URL", `${upstream.origin}/openai/v1`);
  vi.stubEnv("GEMINI_NATIVE_BASE_URL", `${upstream.origin}/gemini/v1beta`);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await upstream.close();
});

/** Asks the route as the page would, for a lane of this provider with these tools on. */
async function ask(provider: string, more: object = {}, key: string | null = "k-secret-77") {
  const setup = {
    ...plainSetup({ provider, model: "model-1" }),
    effort: "low",
    system: "Be brief.",
    tools: sampleTools.map(({ id }) => id),
  };
  const prepared = prepareStep({
    setup,
    tools: sampleTools,
    history: [{ prompt: "Hi", turn: emptyTurn() }],
    reply: null,
    keyHeld: true,
  });
  if (!prepared.ok) expect.unreachable(prepared.error.message);
  const { dialect, body } = prepared.step;
  const response = await countTokens(
    new Request("http://127.0.0.1:3000/api/count", {
      method: "POST",
      headers: {
        host: "127.0.0.1:3000",
        "content-type": "application/json",
        "x-vitrine": "1",
        ...(key === null ? {} : { "x-vitrine-key": key }),
      },
      body: JSON.stringify({ provider, dialect, model: "model-1", body, ...more }),
    }),
  );
  return { status: response.status, json: await response.json() };
}

describe("a count of tokens", () => {
  it.each(["anthropic", "openai-responses", "gemini"])(
    "is asked of %s's own counter as it accepts it, with the key and nothing that it refuses",
    async (provider) => {
      const before = upstream.seen.length;
      const { status, json } = await ask(provider);
      expect(upstream.refusals).toEqual([]);
      expect([status, json]).toEqual([200, { tokens: expect.any(Number) }]);
      const [seen] = upstream.seen.slice(before);
      expect(JSON.stringify(seen?.headers)).toContain("k-secret-77");
      expect(JSON.stringify(seen?.body)).toContain("weather");
    },
  );

  it("is not asked of a provider without a counter, in another dialect, at another address, or without a key", async () => {
    const before = upstream.seen.length;
    expect(await ask("groq")).toMatchObject({ status: 400, json: { error: { code: "NOT_SUPPORTED" } } });
    expect(await ask("openai")).toMatchObject({ status: 400, json: { error: { code: "NOT_SUPPORTED" } } });
    expect(await ask("anthropic", { endpoint: "https://a.example/v1" })).toMatchObject({
      status: 400,
      json: { error: { code: "BODY" } },
    });
    expect(await ask("anthropic", {}, null)).toMatchObject({
      status: 400,
      json: { error: { code: "KEY", message: "Anthropic counts only with a key." } },
    });
    expect(upstream.seen).toHaveLength(before);
  });
});

it("the limit of counts lets so many through within a minute, and says how long to wait", () => {
  const limit = createCountLimit(2);
  expect([limit(0), limit(1_000), limit(2_000), limit(60_001), limit(60_500)]).toEqual([
    null,
    null,
    58_000,
    null,
    500,
  ]);
});
