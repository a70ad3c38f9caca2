import { expect, it } from "vitest";

import { parseEnvironment } from "@/lib/server/environment";

import { fillHeaders } from "./fill-headers";

const variables = parseEnvironment({
  VITRINE_TOOL_SECRETS: "MINE=https://mcp.example",
  MINE: "correct-battery",
  OPENAI_API_KEY: "sk-canary-canary",
});

function filled(value: string, url = "https://mcp.example/mcp") {
  return fillHeaders([{ name: "Authorization", value }], url, variables);
}

it("a header of an MCP server gets a secret that is listed for its origin", () => {
  expect(filled("Bearer {{secret:MINE}}")).toEqual({
    ok: true,
    headers: { authorization: "Bearer correct-battery" },
    secrets: ["correct-battery"],
  });
});

it.each([
  ["{{secret:MINE}}", "https://evil.example/mcp", "may be sent to https://mcp.example only"],
  ["{{secret:MINE}}", "https://mcp.example:8443/mcp", "may be sent to https://mcp.example only"],
  ["{{secret:OPENAI_API_KEY}}", "https://mcp.example/mcp", "does not list for tools"],
  ["{{name}}", "https://mcp.example/mcp", "Only secrets can be filled in"],
])("a header of an MCP server with %s is refused for %s", (value, url, words) => {
  expect(filled(value, url)).toEqual({ ok: false, message: expect.stringContaining(words) });
});
