import { readFileSync } from "node:fs";
import type http from "node:http";

import { afterEach, describe, expect, it } from "vitest";

import { getModels } from "@/app/__fixtures__/get-models";
import { openai } from "@/lib/providers/presets/openai";
import { vertex } from "@/lib/providers/presets/vertex";
import { vertexAnthropic } from "@/lib/providers/presets/vertex-anthropic";
import type { Provider } from "@/lib/providers/provider";
import { type Stub, startStub } from "@/lib/server/__fixtures__/stub";

import { listModels } from "./models";

const stubs: Stub[] = [];
afterEach(async () => {
  await Promise.all(stubs.splice(0).map((one) => one.close()));
});

/** Answers each path with its JSON, any other with 404. */
async function serving(pages: Readonly<Record<string, unknown>>): Promise<Stub> {
  const started = await startStub((response, { path }) => json(response, pages[path]));
  stubs.push(started);
  return started;
}

function json(response: http.ServerResponse, body: unknown): void {
  response.writeHead(body === undefined ? 404 : 200, { "content-type": "application/json" });
  response.end(JSON.stringify(body === undefined ? { error: { message: "no such page" } } : body));
}

function listed(provider: Provider, upstream: Stub, key: string | null = "sk-test-key") {
  const baseUrl = `${upstream.origin}/v1`;
  const destination = { provider, baseUrl, key, timeouts: "hosted", proxy: null, secrets: [] } as const;
  return listModels(destination, "request-1", new AbortController().signal);
}

const { noModelList: _none, ...geminiLike } = vertex;
const { noModelList: _neither, ...claude } = vertexAnthropic;
const anthropicLike: Provider = {
  ...claude,
  auth: { kind: "header", name: "x-api-key" },
  headers: { "anthropic-version": "2023-06-01" },
};
const model = (id: string, note: string | null, contextLength: number | null = null) => ({
  id,
  contextLength,
  note,
});

describe("a list in Anthropic's form", () => {
  it("is read page after page, each asked for with the key and the version", async () => {
    const upstream = await serving({
      "/v1/models?limit=1000": {
        data: [
          { type: "model", id: "claude-b", display_name: "Claude B", created_at: "2025-01-01T00:00:00Z" },
          { type: "model", id: "claude a/1", display_name: "Claude A" },
        ],
        has_more: true,
        first_id: "claude-b",
        last_id: "claude a/1",
      },
      "/v1/models?limit=1000&after_id=claude%20a%2F1": {
        data: [{ type: "model", id: "claude-c", display_name: "Claude C" }],
        has_more: false,
        last_id: "claude-c",
      },
    });
    expect(await listed(anthropicLike, upstream)).toEqual({
      ok: true,
      models: [model("claude-b", "Claude B"), model("claude a/1", "Claude A"), model("claude-c", "Claude C")],
    });
    const sent = upstream.seen.map(({ headers }) => [
      headers["x-api-key"],
      headers["anthropic-version"],
      headers.authorization,
    ]);
    const once = ["sk-test-key", "2023-06-01", undefined];
    expect(sent).toEqual([once, once]);
  });

  it("has the levels of effort that it gives a model, from low to high, and none where it says nothing of effort", async () => {
    const yes = { supported: true };
    const no = { supported: false };
    const upstream = await serving({
      "/v1/models?limit=1000": {
        data: [
          {
            id: "claude-b",
            capabilities: {
              effort: { supported: true, max: yes, low: yes, medium: yes, high: yes, xhigh: no },
            },
          },
          { id: "claude-a", capabilities: { effort: { supported: false, low: no, xhigh: null } } },
          { id: "claude-c", capabilities: null },
          { id: "claude-d", capabilities: { effort: "some" } },
        ],
      },
    });
    expect(await listed(anthropicLike, upstream)).toEqual({
      ok: true,
      models: [
        { ...model("claude-b", null), efforts: ["low", "medium", "high", "max"] },
        { ...model("claude-a", null), efforts: [] },
        model("claude-c", null),
        model("claude-d", null),
      ],
    });
  });

  it("ends when a page brings nothing new, though the server promises another", async () => {
    const upstream = await startStub((response) =>
      json(response, { data: [{ id: "same" }], has_more: true, last_id: "same" }),
    );
    stubs.push(upstream);
    expect(await listed(anthropicLike, upstream)).toMatchObject({ ok: true });
    expect(upstream.seen).toHaveLength(2);
  });

  it("is an error when a later page fails: half a list would pass for the whole", async () => {
    const upstream = await serving({
      "/v1/models?limit=1000": { data: [{ id: "claude-b" }], has_more: true, last_id: "claude-b" },
    });
    expect(await listed(anthropicLike, upstream)).toMatchObject({
      ok: false,
      status: 404,
      error: { source: "provider", message: "no such page" },
    });
  });
});

const caseOf = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/cases/${file}.models.json`, import.meta.url), "utf8"));

describe("a list in a form of its own", () => {
  const anyServer: Provider = { ...geminiLike, speaks: openai.speaks };
  const idsOf = async (body: unknown) => {
    const found = await listed(anyServer, await serving({ "/v1/models": body }));
    return found.ok ? found.models.map(({ id }) => id) : found.error.message;
  };
  it.each([
    ["models-plain-strings", ["alpha-7b", "beta-13b"]],
    ["models-bare-strings", ["alpha-7b", "beta-13b"]],
    ["models-map", ["alpha-7b", "beta-13b"]],
    ["models-empty-and-missing-ids", ["good-one", "42"]],
  ])("%s is read as the models it holds", async (file, ids) => {
    expect(await idsOf(caseOf(file))).toEqual(ids);
  });

  it.each([
    ["a bare array", [{ id: "a" }, { id: "b" }]],
    ["Ollama's", { models: [{ name: "a", model: "a" }, { name: "b" }] }],
    [
      "LM Studio's",
      {
        models: [
          { type: "llm", key: "a" },
          { type: "llm", key: "b" },
        ],
      },
    ],
    ["a map without ids inside", { models: { a: {}, b: { object: "model" } } }],
    ["a list inside a list", { success: true, data: { models: ["a", "b"] } }],
    ["a result", { result: [{ name: "a" }, { name: "b" }] }],
  ])("%s is read", async (_form, body) => {
    expect(await idsOf(body)).toEqual(["a", "b"]);
  });

  it("may hold 20,000 models, and is cut there", async () => {
    const ids = Array.from({ length: 20_001 }, (_, index) => `model-${index}`);
    expect(await idsOf({ data: ids.map((id) => ({ id })) })).toEqual(ids.slice(0, 20_000));
  });

  it.each([
    [{}],
    [{ data: "none" }],
    [[1, 2, 3]],
    [{ data: [{ status: "ok" }] }],
    [{ data: { user: "me" } }],
    ["words"],
    [7],
    [null],
  ])("%j is no list, and the message says where it came from", async (body) => {
    expect(await idsOf(body)).toMatch(
      /^127\.0\.0\.1:\d+ sent (?:no list of models|something that is not JSON) for \/v1\/models\. Check the base URL\.$/,
    );
  });
});

describe("a list in Gemini's form", () => {
  it("is read page after page: models that generate, by bare id, with their input limit", async () => {
    const upstream = await serving({
      "/v1/models?pageSize=1000": {
        models: [
          {
            name: "models/gemini-2.5-pro",
            displayName: "Gemini 2.5 Pro",
            inputTokenLimit: 1_048_576,
            supportedGenerationMethods: ["generateContent", "countTokens"],
          },
          { name: "models/gemini-embedding-001", supportedGenerationMethods: ["embedContent"] },
        ],
        nextPageToken: "to+ken",
      },
      "/v1/models?pageSize=1000&pageToken=to%2Bken": {
        models: [{ name: "models/gemma-3", supportedGenerationMethods: ["generateContent"] }],
      },
    });
    expect(await listed(geminiLike, upstream)).toEqual({
      ok: true,
      models: [model("gemini-2.5-pro", "Gemini 2.5 Pro", 1_048_576), model("gemma-3", null)],
    });
  });

  it.each([401, 403])("says that it takes a key when %i comes without one", async (status) => {
    const upstream = await startStub((response) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { code: status, message: "unregistered caller" } }));
    });
    stubs.push(upstream);
    expect(await listed(geminiLike, upstream, null)).toMatchObject({
      ok: false,
      status,
      error: {
        code: "NO_KEY",
        message:
          "Vertex AI requires a key to list its models. Set VERTEX_ACCESS_TOKEN or paste one, or type a model's id.",
      },
    });
  });
});

it("the list of models repeats the words of a 403 that are not about a key", async () => {
  const message = "Country, region, or territory not supported";
  const upstream = await startStub((response) => {
    response.writeHead(403, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: { code: "unsupported_country", message } }));
  });
  stubs.push(upstream);
  expect(await listed(geminiLike, upstream, null)).toMatchObject({
    ok: false,
    error: { source: "provider", code: "unsupported_country", message },
  });
});

it.each([
  [{ error: { code: 500, message: "CUDA out of memory" } }, "error 500", ": CUDA out of memory"],
  [{ error: { code: 500 } }, "error 500", "."],
  [{ error: "no worker" }, "an error", ": no worker"],
])("the list of models reports an error that came with a 200: %j", async (body, what, words) => {
  const upstream = await serving({ "/v1/models": body });
  expect(await listed(openai, upstream)).toMatchObject({
    ok: false,
    error: {
      message: `${new URL(upstream.origin).host} reported ${what} in a 200 response for /v1/models${words}`,
    },
  });
});

describe("GET /api/models", () => {
  it("tells of a provider without a list what to do instead, and calls nobody", async () => {
    const upstream = await serving({});
    const response = await getModels({ provider: "vertex" }, { VERTEX_BASE_URL: `${upstream.origin}/v1` });
    expect([response.status, await response.json()]).toEqual([
      404,
      {
        error: {
          source: "app",
          code: "NO_MODEL_LIST",
          message: "Vertex AI has no list of models to ask for. Type a model's id, such as gemini-2.5-flash.",
          retryable: false,
          status: 404,
          requestId: expect.any(String),
        },
      },
    ]);
    expect(upstream.connections()).toBe(0);
  });

  it("says that Bedrock is not supported yet, and calls nobody", async () => {
    const upstream = await serving({});
    const response = await getModels({ provider: "bedrock" }, { BEDROCK_BASE_URL: upstream.origin });
    expect([response.status, (await response.json()).error.code, upstream.connections()]).toEqual([
      400,
      "NOT_SUPPORTED",
      0,
    ]);
  });

  it("reads a list in OpenAI's form, whatever else the provider speaks", async () => {
    const upstream = await serving({ "/v1/models": { object: "list", data: [{ id: "gpt-5" }] } });
    const response = await getModels({ provider: "openai" }, { OPENAI_BASE_URL: `${upstream.origin}/v1` });
    expect(await response.json()).toEqual({
      models: [model("gpt-5", null)],
      latencyMs: expect.any(Number),
    });
  });
});
