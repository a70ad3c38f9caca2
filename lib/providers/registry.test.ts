import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { setup, tool, turnOf } from "./dialects/__fixtures__/history";
import { bindDialect } from "./dialects/bind-dialect";
import type { LaneSetup, ToolChoice } from "./provider";
import { findProvider, providers } from "./registry";
import { rejectedFields } from "./rejected-fields";

it("knows every provider by its id, once", () => {
  const ids = providers.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.map(findProvider)).toEqual(providers);
  expect(findProvider("nobody")).toBeNull();
});

describe.each(providers.map((provider) => [provider.id, provider] as const))("%s", (_id, provider) => {
  it("has an id for links, an address without a slash at its end and a hint", () => {
    expect(provider.id).toMatch(/^[a-z][a-z\d-]*$/);
    expect(provider.baseUrl).toMatch(/[^/]$/);
    expect(provider.hint).not.toBe("");
    expect(provider.baseUrlEnv).toMatch(/^[A-Z][A-Z_]*$/);
  });

  it("is on this machine over http and probed there, or elsewhere over https with a key", () => {
    const url = new URL(provider.baseUrl);
    if (provider.location.kind === "local") {
      expect(url.hostname).toBe("127.0.0.1");
      expect(provider.location.probes).toContain(provider.baseUrl);
    } else {
      expect(url.protocol).toBe("https:");
      expect(provider.keyEnv).toMatch(/^[A-Z][A-Z_]*$/);
    }
  });

  it("is never sent a field it refuses, and is always asked to stream where the body says it", () => {
    const [{ quirks }] = provider.speaks;
    fc.assert(
      fc.property(setups(provider.id, quirks.rejects), (lane) => {
        const body = write(lane).body;
        const refused = new Set(rejectedFields(provider, quirks, lane).map(({ name }) => name));
        expect(Object.keys(body).filter((name) => refused.has(name))).toEqual([]);
        expect(body["stream"] ?? true).toBe(true);
        expect(body["model"] ?? lane.model).toBe(lane.model);
      }),
      { numRuns: 100 },
    );
  });

  it("is sent the same body for the same lane", () => {
    fc.assert(
      fc.property(setups(provider.id, []), (lane) => {
        expect(write(lane)).toEqual(write(structuredClone(lane)));
      }),
      { numRuns: 20 },
    );
  });
});

const choices: readonly ToolChoice[] = [
  { kind: "auto" },
  { kind: "none" },
  { kind: "required" },
  { kind: "named", name: "weather", enforce: false },
  { kind: "named", name: "gone", enforce: true },
];
const models = [
  "m",
  "gpt-5-mini",
  "gpt-5.1",
  "o4-mini",
  "grok-4",
  "kimi-k2.5",
  "qwen3-8b",
  "glm-4.7",
  "deepseek-chat",
];

function setups(provider: string, rejects: readonly string[]): fc.Arbitrary<LaneSetup> {
  const names = ["temperature", "top_p", "presence_penalty", "stop", "logprobs", "made_up", ...rejects];
  return fc
    .record({
      model: fc.constantFrom(...models),
      effort: fc.option(fc.constantFrom("none", "on", "low", "high", "bogus")),
      thinkingTokens: fc.option(fc.nat()),
      maxTokens: fc.option(fc.nat()),
      samplers: fc.dictionary(fc.constantFrom(...names), fc.constantFrom(0, 1, null, "x")),
      tools: fc.subarray(["weather", "add"]),
      toolChoice: fc.constantFrom(...choices),
      parallelToolCalls: fc.option(fc.boolean()),
    })
    .map((changes) => setup({ provider, ...changes }));
}

function write(lane: LaneSetup) {
  const provider = findProvider(lane.provider);
  if (provider === null) throw new Error(lane.provider);
  const turn = turnOf({
    parts: [{ reasoning: "why" }, { call: "add", callId: "a", input: "{}", result: "0" }],
  });
  const dialect = bindDialect(provider.speaks[0]);
  if (dialect === null) throw new Error(`${lane.provider} has no dialect`);
  return dialect.write({
    provider,
    setup: lane,
    tools: [tool("weather"), tool("add")],
    history: [{ prompt: "hi", turn }],
  });
}
