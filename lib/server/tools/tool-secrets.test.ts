import { afterAll, beforeEach, describe, expect, it } from "vitest";

import { type Stub, startStub } from "@/lib/server/__fixtures__/stub";
import { parseEnvironment } from "@/lib/server/environment";
import type { HttpTemplate } from "@/lib/tools/tool";

import { runHttp } from "./__fixtures__/run-http";
import { secretsProblem } from "./tool-secrets";

const SECRET = "canary-battery-staple/1";
const open: Stub[] = [];
afterAll(() => Promise.all(open.map((one) => one.close())));

async function stub(...how: Parameters<typeof startStub>): Promise<Stub> {
  const started = await startStub(...how);
  open.push(started);
  return started;
}

const home = await stub((response, { path, headers, body }) => {
  const to = new URL(path, "http://x").searchParams.get("to");
  const status = Number(new URL(path, "http://x").searchParams.get("status") ?? 302);
  if (to === null) response.end(JSON.stringify([path, headers["authorization"], headers["x-key"], body]));
  else response.writeHead(status, { location: to.replace("SECRET", encodeURIComponent(SECRET)) }).end();
});
const away = await stub((response) => response.end("away"));
let before = 0;
beforeEach(() => {
  before = away.connections() + home.connections();
});

const VARIABLES = { VITRINE_TOOL_SECRETS: `WEATHER_KEY=${home.origin}`, WEATHER_KEY: SECRET };
const HEADERS = [{ name: "Authorization", value: "Bearer {{secret:WEATHER_KEY}}" }];

function run(template: Partial<HttpTemplate> & { readonly url: string }, variables = {}, args = {}) {
  return runHttp(template, { args, variables: { ...VARIABLES, ...variables } });
}

/** Nothing was even connected to. */
function expectNothingSent(): void {
  expect(away.connections() + home.connections()).toBe(before);
}

describe("a secret that the server lists", () => {
  it("goes to its origin, and is overwritten in what comes back", async () => {
    const result = await run(
      {
        method: "POST",
        url: `${home.origin}/?k={{secret:WEATHER_KEY}}`,
        headers: [...HEADERS, { name: "X-Key", value: "{{secret:WEATHER_KEY}}" }],
        body: '{"key":"{{secret:WEATHER_KEY}}","b64":"{{b64}}"}',
      },
      {},
      { b64: Buffer.from(SECRET).toString("base64") },
    );
    const last = home.seen.at(-1);
    expect(last?.headers).toMatchObject({ authorization: `Bearer ${SECRET}`, "x-key": SECRET });
    expect(last?.path).toBe(`/?k=${encodeURIComponent(SECRET)}`);
    expect(result).toMatchObject({ type: "end", result: { isError: false } });
    const text = JSON.stringify(result);
    expect(text).toContain("Bearer ***********************");
    for (const form of [SECRET, encodeURIComponent(SECRET), Buffer.from(SECRET).toString("base64")])
      expect(text).not.toContain(form);
  });

  it("is overwritten at the end of a reply that is cut", async () => {
    const long = await stub((response) => response.end(`${"a".repeat(1024 * 1024 - 5)}${SECRET} and more`));
    const variables = { VITRINE_TOOL_SECRETS: `WEATHER_KEY=${long.origin}` };
    const result = await run({ url: long.origin, headers: HEADERS }, variables);
    expect(result).toMatchObject({ result: { output: expect.stringMatching(/a\*{5}\n\[Cut by Vitrine/) } });
  });

  it("is overwritten in a reply in another charset", async () => {
    const utf16 = await stub((response) =>
      response
        .writeHead(200, { "content-type": "text/plain; charset=utf-16le" })
        .end(Buffer.from(SECRET, "utf16le")),
    );
    expect(await run({ url: utf16.origin })).toMatchObject({ result: { output: "*".repeat(SECRET.length) } });
  });

  it.each([
    ["another server", `${away.origin}/`],
    ["another name of the same machine", home.origin.replace("127.0.0.1", "localhost")],
    ["a trailing dot", home.origin.replace("127.0.0.1", "localhost.")],
    ["another scheme", home.origin.replace("http:", "https:")],
    ["its origin as user-info", `${home.origin}@${new URL(away.origin).host}/`],
    ["its origin as user-info, encoded", `http://127.0.0.1%40${new URL(away.origin).host}/`],
    ["its origin as a subdomain", `${home.origin}.evil.example/`],
    ["its origin before a backslash", `${away.origin}\\@${new URL(home.origin).host}/`],
    ["its origin as a fragment", `${away.origin}/#${home.origin}`],
    ["its origin as a path", `${away.origin}/${home.origin}`],
    ["a host that is an argument", "http://{{host}}/"],
    ["upper case", away.origin.replace("http", "HTTP")],
  ])("is not sent to %s, and nothing else is", async (_name, url) => {
    expect(await run({ url, headers: HEADERS }, {}, { host: new URL(away.origin).host })).toEqual({
      type: "fail",
      message: expect.stringMatching(/may be sent to|address/),
    });
    expect(await run({ url, method: "POST", body: "{{secret:WEATHER_KEY}}" })).toMatchObject({
      type: "fail",
    });
    expectNothingSent();
  });

  it("stays behind where a redirect leads to another origin", async () => {
    const to = encodeURIComponent(`${away.origin}/next`);
    expect(await run({ url: `${home.origin}/?to=${to}`, headers: HEADERS })).toMatchObject({ type: "end" });
    expect(away.seen.at(-1)?.headers).not.toHaveProperty("authorization");
    expect(JSON.stringify(away.seen)).not.toContain(SECRET);
  });

  it.each([
    ["in the body that it sends again", 307, `${away.origin}/`, "{{secret:WEATHER_KEY}}"],
    ["in its address", 302, `${away.origin}/?stolen=SECRET`, null],
  ])("stops a redirect to another origin that has it %s", async (_name, status, to, body) => {
    const seen = away.seen.length;
    const result = await run({
      method: body === null ? "GET" : "POST",
      url: `${home.origin}/?status=${status}&to=${encodeURIComponent(to)}`,
      headers: HEADERS,
      body,
    });
    expect(result).toEqual({
      type: "fail",
      message: `The server redirected to ${away.origin}, which would get a secret of ${home.origin}. It was not followed.`,
    });
    expect(away.seen).toHaveLength(seen);
  });

  it("is not read out of an argument", async () => {
    await run({ url: `${home.origin}/?q={{q}}` }, {}, { q: "{{secret:WEATHER_KEY}}" });
    expect(decodeURIComponent(home.seen.at(-1)?.path ?? "")).toBe("/?q={{secret:WEATHER_KEY}}");
  });
});

describe("any other secret", () => {
  it.each(["OPENAI_API_KEY", "VITRINE_TOKEN", "PATH", "HOME", "__proto__", "weather_key", ""])(
    "is refused before any request: %s",
    async (name) => {
      const variables = { OPENAI_API_KEY: "sk-canary-canary", VITRINE_TOKEN: "correct-horse" };
      const headers = [{ name: "X-Key", value: `{{secret:${name}}}` }];
      expect(await run({ url: home.origin, headers }, variables)).toEqual({
        type: "fail",
        message: `The tool asks for the secret "${name}", which this server does not list for tools. Nothing was sent.`,
      });
      expectNothingSent();
    },
  );

  it("that has no value is called so", async () => {
    expect(await run({ url: home.origin, headers: HEADERS }, { WEATHER_KEY: "" })).toEqual({
      type: "fail",
      message:
        'The secret "WEATHER_KEY" has no value. Set the variable WEATHER_KEY where Vitrine starts. Nothing was sent.',
    });
    expectNothingSent();
  });

  it.each([
    [
      "a provider's key by name",
      { VITRINE_TOOL_SECRETS: `OPENAI_API_KEY=${home.origin}`, OPENAI_API_KEY: "sk-canary-canary" },
      /^VITRINE_TOOL_SECRETS lists OPENAI_API_KEY, which is Vitrine's own or a provider's\./,
    ],
    [
      "a provider's key by value",
      {
        VITRINE_TOOL_SECRETS: `MINE=${home.origin}`,
        MINE: "Bearer sk-canary-canary",
        OPENAI_API_KEY: "sk-canary-canary",
      },
      /^MINE, which VITRINE_TOOL_SECRETS lists, holds a provider's key/,
    ],
    [
      "Vitrine's token by name",
      { VITRINE_TOOL_SECRETS: `VITRINE_TOKEN=${home.origin}`, VITRINE_TOKEN: "correct-horse" },
      /^VITRINE_TOOL_SECRETS lists VITRINE_TOKEN/,
    ],
    [
      "Vitrine's token by value",
      { VITRINE_TOOL_SECRETS: `MINE=${home.origin}`, MINE: "correct-horse", VITRINE_TOKEN: "correct-horse" },
      /^MINE, which/,
    ],
    ["a word", { VITRINE_TOOL_SECRETS: `MINE=${home.origin}`, MINE: "short" }, /fewer than 8 characters/],
    [
      "one name for two origins",
      { VITRINE_TOOL_SECRETS: `MINE=${home.origin},MINE=${away.origin}`, MINE: "correct-battery" },
      /lists MINE twice/,
    ],
  ])("is refused at the start and at use: %s", async (_name, variables, words) => {
    expect(secretsProblem(parseEnvironment(variables))).toMatch(words);
    const [name = ""] = variables.VITRINE_TOOL_SECRETS.split("=");
    const headers = [{ name: "X-Key", value: `{{secret:${name}}}` }];
    expect(await runHttp({ url: home.origin, headers }, { variables })).toEqual({
      type: "fail",
      message: expect.stringMatching(words),
    });
    expectNothingSent();
  });

  it("keys of the server are overwritten in what a tool gives, too", async () => {
    const echo = await stub((response) => response.end("sk-canary-canary"));
    expect(await run({ url: echo.origin }, { OPENAI_API_KEY: "sk-canary-canary" })).toMatchObject({
      result: { output: "*".repeat(16) },
    });
  });
});
