import { mkdtempSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterEach, expect, it, vi } from "vitest";

import { startStub, type Stub } from "@/lib/server/__fixtures__/stub";

import { runCommand } from "./run-command";

const stubs: Stub[] = [];
afterEach(async () => {
  await Promise.all(stubs.splice(0).map((one) => one.close()));
});

/** A server whose answers wait for the test. */
async function startServer() {
  const open: ServerResponse[] = [];
  const stub = await startStub((response) => void open.push(response));
  stubs.push(stub);
  const next = () => vi.waitUntil(() => open.shift(), { timeout: 10_000 });
  return { url: `${stub.origin}/v1`, seen: stub.seen, next };
}

function begin(response: ServerResponse, text: string): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: text } }] })}\n\n`);
}

function finish(response: ServerResponse): void {
  response.end(
    `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] })}\n\ndata: [DONE]\n\n`,
  );
}

/** The command under way, with what it has written. */
function run(...words: readonly string[]) {
  let out = "";
  const code = runCommand(["--prompt", "Hi", ...words], {
    out: (text) => void (out += text),
    err: () => undefined,
    isColored: false,
  });
  return { code, out: () => out };
}

it("lanes of different servers run at once, and are written one after another in their order", async () => {
  const [one, two] = [await startServer(), await startServer()];
  const command = run(
    "--endpoint",
    `a=${one.url}`,
    "--endpoint",
    `b=${two.url}`,
    "--lane",
    "a/m",
    "--lane",
    "b/m",
  );
  const [first, second] = await Promise.all([one.next(), two.next()]);
  begin(second, "from b");
  finish(second);
  begin(first, "from a");
  await vi.waitUntil(() => command.out() !== "== a/m\n" && command.out() !== "");
  expect(command.out()).toBe("== a/m\nfrom a");
  finish(first);
  expect(await command.code).toBe(0);
  expect(command.out()).toMatch(/^== a\/m\nfrom a\n.*\n== b\/m\nfrom b\n.*\n$/u);
});

it("lanes of one server wait for each other", async () => {
  const server = await startServer();
  const command = run("--endpoint", `a=${server.url}`, "--lane", "a/one", "--lane", "a/two", "--json");
  const first = await server.next();
  begin(first, "one");
  // A second request would be there by now: both lanes are started in the same moment.
  const probe = await startServer();
  const other = run("--endpoint", `p=${probe.url}`, "--lane", "p/m");
  finishNow(await probe.next());
  await other.code;
  expect(server.seen).toHaveLength(1);
  finish(first);
  finishNow(await server.next());
  expect(await command.code).toBe(0);
  expect(server.seen.map(({ body }): unknown => JSON.parse(body).model)).toEqual(["one", "two"]);
});

it("vitrine run prints a line of JSON for each lane in their order, and fails where one of them failed", async () => {
  const [one, two] = [await startServer(), await startServer()];
  const command = run(
    "--endpoint",
    `a=${one.url}`,
    "--endpoint",
    `b=${two.url}`,
    "--lane",
    "a/m",
    "--lane",
    "b/m",
    "--json",
  );
  const [first, second] = await Promise.all([one.next(), two.next()]);
  finishNow(second);
  first.writeHead(400, { "content-type": "application/json" });
  first.end('{"error":{"message":"no such model"}}');
  expect(await command.code).toBe(1);
  const lines = command.out().trim().split("\n");
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
    { lane: "a/m", turn: { steps: [{ status: { state: "failed" } }] } },
    { lane: "b/m", turn: { steps: [{ status: { state: "done" } }] } },
  ]);
});

function finishNow(response: ServerResponse): void {
  begin(response, "done");
  finish(response);
}

/** A server whose answer calls these tools once each, and then says what it got back. */
async function startCaller(...calls: readonly (readonly [string, string])[]) {
  const bodies: string[] = [];
  const stub = await startStub((response, request) => {
    bodies.push(request.body);
    response.writeHead(200, { "content-type": "text/event-stream" });
    const toolCalls = calls.map(([name, args], index) => ({
      index,
      id: `c${index}`,
      type: "function",
      function: { name, arguments: args },
    }));
    const delta = bodies.length === 1 ? { tool_calls: toolCalls } : { content: "Done." };
    const finishReason = bodies.length === 1 ? "tool_calls" : "stop";
    response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`);
    response.end(
      `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: finishReason }] })}\n\ndata: [DONE]\n\n`,
    );
  });
  stubs.push(stub);
  return { url: `${stub.origin}/v1`, bodies };
}

function toolNamed(name: string, binding: object) {
  return {
    name,
    description: "",
    parameters: { type: "object" },
    strict: null,
    exampleResult: null,
    binding,
    sharing: "shared",
  };
}

/** A Vitrine file with a tool for each way to answer. `url`: where the HTTP tool sends. */
function toolsFile(url: string): string {
  const tools = [
    toolNamed("mocked", {
      kind: "mock",
      delayMs: 0,
      mock: {
        by: "arguments",
        rules: [{ when: { city: "Rome" }, result: { output: "24 degrees", isError: false } }],
      },
    }),
    toolNamed("fetched", {
      kind: "http",
      request: { method: "GET", url: `${url}?q={{q}}`, headers: [], body: null },
    }),
    toolNamed("coded", {
      kind: "javascript",
      code: "export default () => 1",
      timeoutMs: 1_000,
      isStateful: false,
    }),
  ];
  const file = path.join(mkdtempSync(path.join(tmpdir(), "vitrine-tools-")), "tools.json");
  writeFileSync(file, JSON.stringify({ format: "vitrine-tools", version: 1, tools }));
  return file;
}

it("mocks answer by themselves, and an HTTP tool sends where its name is allowed", async () => {
  const sent: string[] = [];
  const place = await startStub((response, request) => {
    sent.push(request.path);
    response.writeHead(200, { "content-type": "text/plain" }).end("from the server");
  });
  stubs.push(place);
  const model = await startCaller(["mocked", '{"city":"Rome"}'], ["fetched", '{"q":"a b"}']);
  const lane = [
    "--endpoint",
    `a=${model.url}`,
    "--lane",
    "a/m",
    "--tools",
    toolsFile(`${place.origin}/search`),
  ];
  const command = run(...lane, "--allow", "fetched", "--json");
  expect(await command.code).toBe(0);
  expect(sent).toEqual(["/search?q=a%20b"]);
  expect(JSON.parse(model.bodies[1] ?? "").messages.slice(-2)).toMatchObject([
    { role: "tool", content: "24 degrees" },
    { role: "tool", content: "from the server" },
  ]);

  const careful = await startCaller(["fetched", '{"q":"a b"}']);
  const asks = run("--endpoint", `a=${careful.url}`, ...lane.slice(2), "--json");
  expect(await asks.code).toBe(0);
  expect([sent.length, careful.bodies.length]).toEqual([1, 1]);
});

it("a JavaScript tool says that it runs only in the page", async () => {
  const model = await startCaller(["coded", "{}"]);
  const file = toolsFile("http://127.0.0.1:9/");
  const command = run("--endpoint", `a=${model.url}`, "--lane", "a/m", "--tools", file);
  await command.code;
  expect(command.out()).toContain("runs only in the page");
});
