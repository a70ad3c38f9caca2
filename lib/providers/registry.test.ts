import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { rejectedFields } from "@/lib/providers/rules/rejected-fields";
import type { ToolChoice } from "@/lib/tools/tool";

import { setup, tool, turnOf } from "./dialects/__fixtures__/history";
import { bindDialect } from "./dialects/bind-dialect";
import type { LaneSetup, Provider, Speech } from "./provider";
import { findProvider, providers } from "./registry";

it("the registry knows every provider by its id, once", () => {
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

  it("speaks each of its dialects once", () => {
    const dialects = provider.speaks.map(({ dialect }) => dialect);
    expect(new Set(dialects).size).toBe(dialects.length);
  });
});

it("the registry shares the variable of an address only between presets of one address", () => {
  const addresses = new Map<string, Set<string>>();
  for (const { baseUrlEnv, baseUrl } of providers) {
    addresses.set(baseUrlEnv, (addresses.get(baseUrlEnv) ?? new Set()).add(baseUrl));
  }
  expect([...addresses].filter(([, urls]) => urls.size > 1)).toEqual([]);
});

/** Every way in which a request can be written. */
const spoken = providers.flatMap((provider) =>
  provider.speaks
    .filter(() => provider.unsupported === undefined)
    .map((speech) => [`${provider.id} in ${speech.dialect}`, provider, speech] as const),
);

describe.each(spoken)("%s", (_name, provider, speech) => {
  it("is never sent a field it refuses, and is always asked to stream where the body says it", () => {
    fc.assert(
      fc.property(setups(provider.id, speech.quirks.rejects), (lane) => {
        const body = write(provider, speech, lane);
        const refused = new Set(rejectedFields(provider, speech.quirks, lane).map(({ name }) => name));
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
        expect(write(provider, speech, lane)).toEqual(write(provider, speech, structuredClone(lane)));
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
  "claude-sonnet-4-5",
  "claude-opus-4-7",
  "gemini-2.5-pro",
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

function write(provider: Provider, speech: Speech, lane: LaneSetup) {
  const turn = turnOf({
    parts: [{ reasoning: "why" }, { call: "add", callId: "a", input: "{}", result: "0" }],
  });
  return bindDialect(speech).write({
    provider,
    setup: { ...lane, dialect: speech.dialect },
    tools: [tool("weather"), tool("add")],
    history: [{ prompt: "hi", turn }],
  }).body;
}
