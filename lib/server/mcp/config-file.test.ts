import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { type McpLab, startMcpLab } from "./__fixtures__/mcp-lab";

let lab: McpLab;
beforeEach(async () => {
  lab = await startMcpLab({}, { OPENAI_API_KEY: "sk-canary-canary", REGION: "eu", VITRINE_TOKEN: "" });
});
afterEach(() => lab.close());

async function servers(config: unknown) {
  await lab.configure(config);
  return (await lab.ask("servers", {})).json;
}

describe("vitrine.mcp.json", () => {
  it("names servers in the usual form, and is read anew when it changes", async () => {
    const config = {
      mcpServers: {
        files: { command: "npx", args: ["-y", "server-files", "."], env: { LEVEL: "1" } },
        remote: { type: "http", url: "https://mcp.example/v1/mcp", headers: { "X-Region": "${REGION}" } },
        old: { type: "sse", url: "https://old.example:8443/sse" },
        off: { command: "never", disabled: true },
      },
    };
    expect(await servers(config)).toEqual({
      file: "vitrine.mcp.json",
      problems: [],
      servers: [
        { name: "files", transport: "stdio", where: "npx" },
        { name: "remote", transport: "http", where: "mcp.example" },
        { name: "old", transport: "sse", where: "old.example:8443" },
      ],
    });
    expect(await servers({ mcpServers: {} })).toEqual({
      file: "vitrine.mcp.json",
      problems: [],
      servers: [],
    });
  });

  it.each([
    ["not JSON", "{", /^vitrine\.mcp\.json is not usable JSON: /u],
    ["without mcpServers", { servers: {} }, /^vitrine\.mcp\.json needs an object "mcpServers"/u],
    [
      "with a key that reaches a prototype",
      '{"mcpServers":{"__proto__":{}}}',
      /the key "__proto__" is not allowed/u,
    ],
    ["with a server that is none", { mcpServers: { a: 5 } }, /the server "a" is not used, because /u],
    [
      "with a list for a command",
      { mcpServers: { a: { command: ["x"] } } },
      /"a" is not used, because command: /u,
    ],
    [
      "with a variable that is not set",
      { mcpServers: { a: { command: "${NO_SUCH}" } } },
      /the variable NO_SUCH is not set/u,
    ],
  ])("%s is named, and starts nothing", async (_title, config, problem) => {
    const reply = await servers(config);
    expect(reply).toMatchObject({ servers: [], problems: [expect.stringMatching(problem)] });
  });

  it.each([
    ["by its name", { command: "x", env: { KEY: "${OPENAI_API_KEY}" } }],
    ["by its value", { command: "x", args: ["--key=sk-canary-canary"] }],
    ["in a header", { url: "https://mcp.example/", headers: { authorization: "Bearer ${OPENAI_API_KEY}" } }],
    ["in an address", { url: "https://mcp.example/?k=sk-canary-canary" }],
    ["of Vitrine itself", { command: "x", env: { KEY: "${VITRINE_TOKEN:-none}" } }],
  ])("passes on no key of a provider %s", async (_title, server) => {
    const reply = await servers({ mcpServers: { a: server } });
    expect(reply).toMatchObject({
      servers: [],
      problems: [expect.stringMatching(/(?:OPENAI_API_KEY|VITRINE_TOKEN).* passed to no MCP server\.$/u)],
    });
    expect(JSON.stringify(reply)).not.toContain("canary");
  });

  it("falls back on what a variable says after :-", async () => {
    const reply = await servers({ mcpServers: { a: { url: "https://${NO_SUCH:-mcp.example}/" } } });
    expect(reply).toMatchObject({ servers: [{ name: "a", where: "mcp.example" }] });
  });

  it("that VITRINE_MCP names and that is not there is missed; the usual one is not", async () => {
    const named = await startMcpLab({}, { VITRINE_MCP: "/nowhere/mcp.json" });
    expect((await named.ask("servers", {})).json).toEqual({
      file: "mcp.json",
      problems: ["There is no file mcp.json where VITRINE_MCP says it is."],
      servers: [],
    });
    await named.close();
    const unnamed = await startMcpLab({}, { VITRINE_MCP: "" });
    expect((await unnamed.ask("servers", {})).json).toEqual({
      file: "vitrine.mcp.json",
      problems: [],
      servers: [],
    });
    await unnamed.close();
  });
});
