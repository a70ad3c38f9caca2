/** The promises of `keys.test.ts`, for every header in which a provider takes its key. */
import type http from "node:http";

import { afterEach, describe, expect, it } from "vitest";

import { getModels } from "@/app/__fixtures__/get-models";
import { openai } from "@/lib/providers/presets/openai";
import type { Provider } from "@/lib/providers/provider";
import { providers } from "@/lib/providers/registry";
import { type Stub, startStub } from "@/lib/server/__fixtures__/stub";
import { listModels } from "@/lib/server/discovery/models";

import { callUpstream } from "./call-upstream";
import type { Destination } from "./destination";

const CANARY = "sk-CANARY-7f3a9c";
const FILLER = "*".repeat(CANARY.length);

const stubs: Stub[] = [];
const stub = async (
  answer: (response: http.ServerResponse) => void = (response) => response.end(`{"data":[{"id":"m"}]}`),
): Promise<Stub> => {
  const started = await startStub((response) => {
    response.setHeader("content-type", "application/json");
    answer(response);
  });
  stubs.push(started);
  return started;
};
afterEach(async () => {
  await Promise.all(stubs.splice(0).map((one) => one.close()));
});

const authHeader = ({ auth }: Pick<Provider, "auth">) =>
  auth.kind === "bearer" ? "authorization" : auth.name;
const inHeader = (name: string) => (name === "authorization" ? `Bearer ${CANARY}` : CANARY);
const holdsKey = (value: unknown) => JSON.stringify(value).includes(CANARY);

/** Every provider that takes a key and can be asked for its models. */
const keyed = providers.flatMap((provider) =>
  provider.keyEnv === null || provider.unsupported !== undefined || provider.noModelList !== undefined
    ? []
    : [[provider.id, provider, provider.keyEnv] as const],
);

describe.each(keyed)("the server's key of %s", (id, provider, keyEnv) => {
  const variables = (origin: string) => ({ [keyEnv]: CANARY, [provider.baseUrlEnv]: `${origin}/v1` });

  it("is in the one header that the provider reads, at its own address", async () => {
    const own = await stub();
    await getModels({ provider: id }, variables(own.origin));
    const holding = own.seen.flatMap(({ headers }) =>
      Object.entries(headers).filter(([, value]) => holdsKey(value)),
    );
    const name = authHeader(provider);
    expect(holding.length).toBeGreaterThan(0);
    expect(new Set(holding.map(String))).toEqual(new Set([`${name},${inHeader(name)}`]));
    expect(own.seen.some(({ path }) => path.includes(CANARY))).toBe(false);
  });

  it("goes to no address that a person chose", async () => {
    const own = await stub();
    const other = await stub();
    await getModels({ provider: id, endpoint: `${other.origin}/v1` }, variables(own.origin));
    expect([own.connections(), other.seen.length > 0, holdsKey(other.seen)]).toEqual([0, true, false]);
  });
});

/** Each way of authentication, whether or not a provider of it is known today. */
const kinds = ["authorization", "api-key", "x-api-key", "x-goog-api-key"].map((name) => {
  const provider: Provider = {
    ...openai,
    auth: name === "authorization" ? { kind: "bearer" } : { kind: "header", name },
    headers: { "x-version": "2026-01-01" },
  };
  return [name, provider] as const;
});

function destinationAt(provider: Provider, { origin }: Stub): Destination {
  return {
    provider,
    baseUrl: `${origin}/v1`,
    key: CANARY,
    timeouts: "hosted",
    proxy: null,
    secrets: [CANARY],
  };
}

function post(destination: Destination) {
  const { signal } = new AbortController();
  return callUpstream({ ...destination, path: "/chat", body: {}, stream: false, signal });
}

const list = (destination: Destination) => listModels(destination, "request-1", new AbortController().signal);

describe.each(kinds)("a key in %s", (name, provider) => {
  it("goes along with the provider's fixed headers, in requests and in questions", async () => {
    const upstream = await stub();
    await post(destinationAt(provider, upstream));
    await list(destinationAt(provider, upstream));
    expect(upstream.seen.map(({ path, headers }) => [path, headers[name], headers["x-version"]])).toEqual([
      ["/v1/chat", inHeader(name), "2026-01-01"],
      ["/v1/models", inHeader(name), "2026-01-01"],
    ]);
  });

  it.each([301, 302, 303, 307, 308])("%i takes it nowhere", async (status) => {
    const other = await stub();
    const own = await stub((response) => response.writeHead(status, { location: other.origin }).end());
    await post(destinationAt(provider, own));
    expect(await list(destinationAt(provider, own))).toMatchObject({
      ok: false,
      error: {
        code: "UPSTREAM_REDIRECT",
        message: `The server redirected to ${other.origin}/. Vitrine does not follow redirects.`,
      },
    });
    expect([own.seen.length, other.connections()]).toEqual([2, 0]);
  });

  it("json shows filler where the upstream echoes it", async () => {
    const upstream = await stub((response) => {
      response.writeHead(400);
      response.end(JSON.stringify({ error: { message: `Wrong ${name}: ${CANARY}` } }));
    });
    const listed = await list(destinationAt(provider, upstream));
    expect(listed).toMatchObject({ ok: false, error: { message: `Wrong ${name}: ${FILLER}` } });
    expect(holdsKey(listed)).toBe(false);
  });

  it("list shows filler where a list of models holds it", async () => {
    const upstream = await stub((response) => {
      response.end(JSON.stringify({ data: [{ id: `model of ${CANARY}` }] }));
    });
    expect(await list(destinationAt(provider, upstream))).toEqual({
      ok: true,
      models: [{ id: `model of ${FILLER}`, contextLength: null, note: null }],
    });
  });
});
