import { expect, it } from "vitest";

import type { ProviderReport, ProvidersReply } from "@/lib/contract/servers";
import { type ModelList, serverKey } from "@/lib/session/store/app-state";

import { type SourceInput, modelSources } from "./model-source";
import { pickerRows } from "./picker-rows";

const LLAMA = serverKey("llamacpp", null);
const GROQ = serverKey("groq", null);
const OPENAI = serverKey("openai", null);
const OLLAMA = serverKey("ollama", null);
const BEDROCK = serverKey("bedrock", null);

const info = (id: string) => ({ id, contextLength: null, note: null });

function failed(code: string, message: string): ModelList {
  return { state: "failed", error: { source: "provider", code, message, retryable: false } };
}

function report(id: string, over: Partial<ProviderReport>): ProviderReport {
  return {
    id,
    label: id.toUpperCase(),
    local: false,
    baseUrl: `https://${id}.test/v1`,
    key: "present",
    keyEnv: `${id.toUpperCase()}_API_KEY`,
    hint: "",
    reach: { state: "unprobed" },
    ...over,
  };
}

function ready(...models: string[]): ProviderReport["reach"] {
  return { state: "ready", latencyMs: 1, models: models.map(info), server: null };
}

const local = report("llamacpp", { local: true, key: "not-needed", reach: ready("smollm2-135m") });
const groq = report("groq", {});
const openai = report("openai", { key: "missing" });
const ollama = report("ollama", { local: true, key: "not-needed", reach: { state: "absent" } });

function reply(providers: readonly ProviderReport[]): ProvidersReply {
  return { version: "0", endpointsAllowed: true, providers, demo: { state: "off", reason: "" } };
}

function ids(query: string, over: Partial<SourceInput> = {}): readonly (readonly string[])[] {
  const input = {
    reply: reply([local, groq, openai, ollama]),
    endpoints: [],
    lists: new Map(),
    keysHeld: new Set<string>(),
  };
  return pickerRows(modelSources({ ...input, ...over }), query, true).map((group) =>
    [group.label].concat(group.rows.map((row) => row.id)),
  );
}

it("the model picker shows models first, then what must be asked, keyed or started", () => {
  expect(ids("")).toEqual([
    ["LLAMACPP", `model ${LLAMA} smollm2-135m`],
    ["GROQ", `ask ${GROQ}`],
    ["Needs a key", `key ${OPENAI}`],
    ["Not running on this machine", `ask ${OLLAMA}`],
  ]);
});

it("the model picker offers an unlisted id on every usable source, but not where it is listed", () => {
  expect(ids("smollm2-135m")).toEqual([
    ["LLAMACPP", `model ${LLAMA} smollm2-135m`],
    ["Use as typed", `typed ${GROQ} smollm2-135m`],
  ]);
});

it("the model picker puts what the words name before the words as a model: Enter leads to the key, not to a model of that name", () => {
  expect(ids("openai")).toEqual([
    ["Needs a key", `key ${OPENAI}`],
    ["Use as typed", `typed ${LLAMA} openai`, `typed ${GROQ} openai`],
  ]);
});

it("the model picker splits provider and model at the first slash, also for a provider without a key", () => {
  expect(ids("openai/org/model")[0]).toEqual([
    "Use as typed",
    `typed ${OPENAI} org/model`,
    `typed ${LLAMA} openai/org/model`,
    `typed ${GROQ} openai/org/model`,
  ]);
});

it("the model picker lists a keyed provider's models once they came, and reports when they did not", () => {
  const lists = new Map([[GROQ, { state: "ready" as const, models: [info("kimi-k2")] }]]);
  expect(ids("kimi", { lists })[0]).toEqual(["GROQ", `model ${GROQ} kimi-k2`]);
});

it("the model picker treats a pasted key as a key, and leads to it again", () => {
  const groups = ids("", { keysHeld: new Set([OPENAI]) });
  expect(groups).toContainEqual(["OPENAI", `ask ${OPENAI}`]);
  expect(groups).toContainEqual(["Keys in this tab", `key ${OPENAI}`]);
});

it("the model picker offers another key where a source with a key refuses to list its models", () => {
  const lists = new Map([[GROQ, failed("HTTP_401", "Invalid API Key")]]);
  expect(ids("groq", { lists })[0]).toEqual(["GROQ", `ask ${GROQ}`, `key ${GROQ}`]);
});

it("the model picker puts a person's own servers first", () => {
  const endpoints = [{ name: "lab", baseUrl: "http://10.0.0.7:8080/v1", provider: "llamacpp" }];
  expect(ids("", { endpoints })[0]).toEqual([
    "lab",
    `ask ${serverKey("llamacpp", "http://10.0.0.7:8080/v1")}`,
  ]);
});

it("the model picker lists what is not supported yet last, with the reason, and never offers it for a typed id", () => {
  const message = "Bedrock is not supported yet.";
  const bedrock = report("bedrock", { key: "missing", reach: { state: "unsupported", message } });
  const input = {
    reply: reply([bedrock, groq]),
    endpoints: [],
    lists: new Map(),
    keysHeld: new Set<string>(),
  };
  const sources = modelSources({ ...input, keysHeld: new Set([BEDROCK]) });
  expect(sources.map(({ state }) => state)).toEqual([
    { state: "unsupported", message },
    { state: "not-asked" },
  ]);
  expect(ids("", input)).toEqual([
    ["GROQ", `ask ${GROQ}`],
    ["Not supported yet", `unsupported ${BEDROCK}`],
  ]);
  expect(ids("bedrock/claude", input)).toEqual([["Use as typed", `typed ${GROQ} bedrock/claude`]]);
});

const attic = { name: "Attic", baseUrl: "http://10.0.0.7:8080/v1", provider: "llamacpp" };
const atticKey = serverKey(attic.provider, attic.baseUrl);

it("the model picker lists every model of every server, however many there are", () => {
  const many = Array.from({ length: 20_000 }, (_, index) => `m${index}`);
  const lists = new Map([[atticKey, { state: "ready" as const, models: many.map(info) }]]);
  const groups = ids("", { endpoints: [attic], lists });
  expect(groups[0]).toEqual(["Attic", ...many.map((id) => `model ${atticKey} ${id}`)]);
  expect(groups[1]).toEqual(["LLAMACPP", `model ${LLAMA} smollm2-135m`]);
});

it.each([
  [
    "a list that failed",
    failed("CONNECTION_REFUSED", "refused"),
    ["Attic", `ask ${atticKey}`, `key ${atticKey}`],
  ],
  ["an empty list", { state: "ready", models: [] }, ["Attic", `ask ${atticKey}`]],
  ["a list on its way", { state: "loading" }, ["Attic", `ask ${atticKey}`]],
] as const)("the model picker keeps an added server in the list with its problem: %s", (_, list, rows) => {
  expect(ids("", { endpoints: [attic], lists: new Map<string, ModelList>([[atticKey, list]]) })[0]).toEqual(
    rows,
  );
});

it("the model picker offers the address below /v1 where only that answers", () => {
  const sources = modelSources({
    reply: reply([local]),
    endpoints: [attic],
    lists: new Map([[atticKey, { state: "ready", models: [info("m")], below: "/v1" }]]),
    keysHeld: new Set(),
  });
  expect(pickerRows(sources, "", true)[0]?.rows).toEqual([
    { kind: "move-endpoint", id: `move ${atticKey}`, source: sources[0], to: `${attic.baseUrl}/v1` },
  ]);
});

it("the model picker accepts an address as a server to add, never as a model's id, and carries it along", () => {
  const sources = modelSources({
    reply: reply([local, groq]),
    endpoints: [],
    lists: new Map(),
    keysHeld: new Set(),
  });
  expect(pickerRows(sources, " http://127.0.0.1:3460/v1 ", true)).toEqual([
    {
      id: "add",
      label: "More",
      rows: [{ kind: "add-endpoint", id: "add-endpoint", url: "http://127.0.0.1:3460/v1" }],
    },
  ]);
});

it("the model picker asks for the secret part of an address where this tab does not hold it", () => {
  const endpoints = [{ ...attic, asks: { login: true, query: [] } }];
  expect(ids("", { endpoints })).toContainEqual(["Needs a key", `key ${atticKey}`, `key ${OPENAI}`]);
  expect(ids("", { endpoints, keysHeld: new Set([atticKey]) })[0]).toEqual(["Attic", `ask ${atticKey}`]);
});

it("the model picker never accepts the name of a person's own server as a model", () => {
  expect(ids("Attic", { endpoints: [{ ...attic, name: "Attic" }] })).toEqual([["Attic", `ask ${atticKey}`]]);
});

it("the model picker offers no server that is there already", () => {
  const endpoints = [{ ...attic, name: "10.0.0.7:8080" }];
  for (const typed of ["10.0.0.7:8080", attic.baseUrl]) {
    expect(ids(typed, { endpoints })).toEqual([["10.0.0.7:8080", `ask ${atticKey}`]]);
  }
});
