import { describe, expect, it } from "vitest";

import { NEW_TOOL_CHOICES, type ToolDefinition } from "@/lib/tools/tool";

import { EMPTY } from "./__fixtures__/read-fixture";
import { readTools } from "./read-tools";
import { newSecretNames } from "./secret-names";
import { exportTools } from "./write/export-tools";

/** What stands for secrets in the requests of the tools in a text, tool by tool. */
async function secretsIn(text: string): Promise<readonly (readonly string[])[]> {
  const { found } = await readTools(text, EMPTY);
  return found.map(({ tool }) => namesIn(JSON.stringify(tool.binding)));
}

function namesIn(text: string): readonly string[] {
  return Array.from(text.matchAll(/\{\{secret:([^{}]*)\}\}/gu), ([, name = ""]) => name);
}

function sending(name: string, url: string, authorization: string): ToolDefinition {
  const headers = [{ name: "Authorization", value: authorization }];
  return {
    ...NEW_TOOL_CHOICES,
    id: name,
    name,
    description: "",
    parameters: { type: "object" },
    strict: null,
    binding: { kind: "http", request: { method: "GET", url, headers, body: null } },
  };
}

function headerKey(name: string) {
  return { type: "apiKey", in: "header", name };
}

function getFrom(url: string) {
  return { get: { operationId: url.slice(8, 9), servers: [{ url }] } };
}

const TOKEN = "API_EXAMPLE_COM_TOKEN";

describe("different credentials have different names", () => {
  it.each([
    [
      "a bearer and a token in the address",
      "-H 'Authorization: Bearer one' 'https://api.example.com/x?token=two'",
    ],
    [
      "a bearer and a token in the body",
      `-H 'Authorization: Bearer one' https://api.example.com --json '{"token":"two"}'`,
    ],
    ["two headers", "-H 'X-Api-Key: one' -H 'Api-Key: two' https://api.example.com"],
    [
      "a server's and its proxy's",
      "-H 'Authorization: Bearer one' -H 'Proxy-Authorization: Bearer two' https://api.example.com",
    ],
  ])("%s", async (_what, command) => {
    const [names = []] = await secretsIn(`curl ${command}`);
    expect(names).toHaveLength(2);
    expect(new Set(names).size).toBe(2);
  });

  it("of commands that send to one host", async () => {
    const commands = ["one", "two"].map(
      (key) => `curl -H 'Authorization: Bearer ${key}' https://api.example.com/${key}`,
    );
    expect(await secretsIn(commands.join("\n"))).toEqual([[TOKEN], [`${TOKEN}_2`]]);
  });

  it("on ports of their own, each of which is an origin", async () => {
    const commands = [1, 2].map((port) => `curl -H 'X-Key: one' http://localhost:${port}/`);
    expect(await secretsIn(commands.join("\n"))).toEqual([["LOCALHOST_KEY"], ["LOCALHOST_KEY_2"]]);
  });

  it("where one is named already", async () => {
    const commands = [
      "curl -H 'Authorization: Bearer one' https://api.example.com/a",
      `curl -H 'Authorization: Bearer {{secret:${TOKEN}}}' https://api.example.com/b`,
    ];
    expect(await secretsIn(commands.join("\n"))).toEqual([[`${TOKEN}_2`], [TOKEN]]);
  });

  it("of hosts whose names are long", async () => {
    const host = `${"a".repeat(60)}.${"b".repeat(60)}.com`;
    const [names = []] = await secretsIn(
      `curl -H 'X-One: sk-11111111' -H 'X-Two: sk-22222222' https://${host}`,
    );
    expect(names.map(({ length }) => length)).toEqual([80, 80]);
    expect(new Set(names).size).toBe(2);
  });

  it("in Vitrine's own file, and where tools are exported", async () => {
    const tools = [
      sending("a", "https://api.example.com/?token=two", "Bearer one"),
      sending("b", "https://api.example.com/", "Bearer two"),
    ];
    expect(await secretsIn(JSON.stringify({ format: "vitrine-tools", version: 1, tools }))).toEqual([
      [TOKEN, `${TOKEN}_2`],
      [TOKEN],
    ]);
    for (const format of ["vitrine", "curl"] as const) {
      const { text } = exportTools(tools, format);
      expect(new Set(namesIn(text)).size, format).toBe(2);
      expect(namesIn(text), format).toHaveLength(3);
    }
  });

  it("of an OpenAPI document's schemes whose names differ in signs alone", async () => {
    const security = [{ "the key": [], "the-key": [] }];
    const document = {
      openapi: "3.1.0",
      servers: [{ url: "https://a.com" }],
      components: { securitySchemes: { "the key": headerKey("X-One"), "the-key": headerKey("X-Two") } },
      paths: { "/a": { get: { operationId: "a", security } }, "/b": { get: { operationId: "b", security } } },
    };
    expect(await secretsIn(JSON.stringify(document))).toEqual([
      ["THE_KEY", "THE_KEY_2"],
      ["THE_KEY", "THE_KEY_2"],
    ]);
  });

  it("of one scheme at two servers, which are two origins", async () => {
    const document = {
      openapi: "3.1.0",
      security: [{ key: [] }],
      components: { securitySchemes: { key: { type: "http", scheme: "bearer" } } },
      paths: {
        "/a": getFrom("https://a.com/v1"),
        "/b": getFrom("https://b.com/v1"),
        "/c": getFrom("https://a.com/v2"),
      },
    };
    expect(await secretsIn(JSON.stringify(document))).toEqual([["KEY"], ["KEY_2"], ["KEY"]]);
  });
});

describe("one credential has one name", () => {
  it.each([
    [
      "in two commands",
      "curl -H 'Authorization: Bearer one' https://api.example.com/a\ncurl -H 'Authorization: bearer one' https://api.example.com/b",
    ],
    [
      "in a header and in the address",
      "curl -H 'Authorization: Bearer one' 'https://api.example.com/a?key=one'",
    ],
    [
      "before the host and as an option",
      "curl https://me:one@api.example.com/a\ncurl -u me:one https://api.example.com/b",
    ],
  ])("%s", async (_what, text) => {
    expect((await secretsIn(text)).flat()).toEqual([TOKEN, TOKEN]);
  });
});

it("a login in the address is left out where a header says who asks, and no name is made for it", async () => {
  const { found } = await readTools(
    "curl -H 'Authorization: Bearer one' https://me:two@api.example.com",
    EMPTY,
  );
  expect(found[0]?.notes).toEqual([
    "What stands before @ in the address was left out: the header Authorization says who asks.",
    `The value of Authorization was taken out. The server's configuration can hold it as ${TOKEN}.`,
  ]);
});

it("a name that a value uses is not given to another credential, however deeply it is nested", () => {
  let value: unknown = { "{{secret:A_KEY}}": ["Bearer {{ secret: A_KEY_2 }}"] };
  for (let level = 0; level < 100_000; level += 1) value = [value];
  const names = newSecretNames(value);
  expect(names.nameOf({ wanted: "A_KEY", origin: "https://a.example", value: "one" })).toBe("A_KEY_3");
});
