import type { ServerResponse } from "node:http";

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
