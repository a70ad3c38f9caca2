import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect, it, vi } from "vitest";

import { startStub } from "@/lib/server/__fixtures__/stub";
import { EVERYTHING } from "@/lib/server/mcp/__fixtures__/everything";

/** Says that it runs before it serves. */
const script = (file: string) =>
  `require("node:fs").writeFileSync(${JSON.stringify(file)}, String(process.pid)); process.argv[2] = "stdio"; import(${JSON.stringify(EVERYTHING)});`;

const calls = [
  { index: 0, id: "c0", type: "function", function: { name: "say", arguments: '{"message":"hi"}' } },
];
const deltas = [
  { delta: { tool_calls: calls }, reason: "tool_calls" },
  { delta: { content: "Done." }, reason: "stop" },
];

it("a tool of an MCP server answers on the command line, which ends its program", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "vitrine-cli-mcp-"));
  const pidFile = path.join(folder, "pid");
  const write = (name: string, content: object) => {
    writeFileSync(path.join(folder, name), JSON.stringify(content));
    return path.join(folder, name);
  };
  const config = { mcpServers: { everything: { command: process.execPath, args: ["-e", script(pidFile)] } } };
  vi.stubEnv("VITRINE_MCP", write("mcp.json", config));
  const tool = {
    name: "say",
    description: "",
    parameters: { type: "object" },
    strict: null,
    exampleResult: null,
    binding: { kind: "mcp", server: { from: "config", name: "everything" }, tool: "echo", gives: "text" },
    sharing: "shared",
  };
  const file = write("tools.json", { format: "vitrine-tools", version: 1, tools: [tool] });
  const bodies: string[] = [];
  const model = await startStub((response, { body }) => {
    const { delta, reason } = deltas[bodies.push(body) - 1] ?? { delta: {}, reason: "stop" };
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`);
    response.end(
      `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: reason }] })}\n\ndata: [DONE]\n\n`,
    );
  });
  try {
    const { runCommand } = await import("./run-command");
    const words = ["--prompt", "Hi", "--endpoint", `a=${model.origin}/v1`, "--lane", "a/m", "--tools", file];
    const code = await runCommand([...words, "--allow", "say", "--json"], {
      out: () => undefined,
      err: () => undefined,
      isColored: false,
    });
    expect(code).toBe(0);
    expect(JSON.parse(bodies[1] ?? "{}").messages.at(-1)).toMatchObject({
      role: "tool",
      content: "Echo: hi",
    });
    const pid = Number(readFileSync(pidFile, "utf8"));
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/u);
  } finally {
    await model.close();
    await rm(folder, { recursive: true });
  }
});
