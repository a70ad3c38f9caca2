import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";

import { startStub, type Stub } from "@/lib/server/__fixtures__/stub";

import { foldCommand } from "./fold-command";
import { foldExchange } from "./fold-exchange";
import { runCommand } from "./run-command";

const ROOT = path.join(import.meta.dirname, "..");
const SAID = { choices: [{ index: 0, delta: { content: "Hello" }, finish_reason: "stop" }] };
const CALLED = {
  choices: [
    {
      index: 0,
      delta: {
        tool_calls: [{ index: 0, id: "c", type: "function", function: { name: "weather", arguments: "{}" } }],
      },
      finish_reason: "tool_calls",
    },
  ],
};

let folder = "";
const stubs: Stub[] = [];
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "vitrine-exit-codes-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(stubs.splice(0).map((one) => one.close()));
});

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** A recording of one exchange that was asked of this model. */
function recording(model: string): string {
  return write(
    `${model}.yaml`,
    `---
version: 2
interactions:
- id: 0
  request:
    body: '{"model":"${model}","stream":true}'
    url: https://api.example/v1/chat/completions
  response:
    body: ${JSON.stringify(`data: ${JSON.stringify(SAID)}\n\ndata: [DONE]\n\n`)}
    headers:
      Content-Type:
      - text/event-stream
    code: 200
`,
  );
}

/** A server that answers every request with this chunk. */
async function startServer(
  chunk: object,
): Promise<{ readonly words: readonly string[]; readonly stub: Stub }> {
  const stub = await startStub((response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
  });
  stubs.push(stub);
  return { words: ["--endpoint", `a=${stub.origin}/v1`, "--lane", "a/m"], stub };
}

/** What the command wrote, and its exit code. */
async function run(...words: readonly string[]) {
  let out = "";
  let err = "";
  const code = await runCommand(words, {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    isColored: false,
  });
  return { code, out, err };
}

/** What `vitrine fold` wrote, and its exit code. Answers of the model "unstable" depend on how they are cut. */
function fold(...files: readonly string[]) {
  const out = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const err = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const code = foldCommand(files, (name, exchange) =>
    name.endsWith("unstable.yaml")
      ? { kind: "unstable", message: "reads of 1 and 7 bytes differ" }
      : foldExchange(name, exchange),
  );
  const textOf = (spy: typeof out) => spy.mock.calls.map(([line]) => String(line)).join("\n");
  return { code, out: textOf(out), err: textOf(err) };
}

/** The process with these words behind `vitrine` and this on standard input, and how it ended. */
function main(
  words: readonly string[],
  input = "",
): Promise<{ readonly code: unknown; readonly out: string }> {
  return new Promise((resolve) => {
    const command = ["--import", "tsx", "cli/main.ts", ...words];
    const child = execFile(process.execPath, command, { cwd: ROOT }, (error, out) =>
      resolve({ code: error === null ? 0 : error.code, out }),
    );
    child.stdin?.end(input);
  });
}

describe("the process ends", () => {
  it.each([
    ["64 without a command", [], 64],
    ["64 for a command that there is not", ["ruin"], 64],
    ["64 where run names no lane", ["run", "--prompt", "Hi"], 64],
    ["64 where fold names no file", ["fold"], 64],
    ["2 where fold cannot read a file", ["fold", "absent.yaml"], 2],
    ["0 after help", ["help"], 0],
  ])("with %s", async (_title, words, code) => {
    expect(await main(words)).toMatchObject({ code });
  });
});

describe("vitrine run ends", () => {
  it("with 64 for an option that there is not, and says where the options are listed", async () => {
    const { code, err } = await run("--lane", "groq/m", "--promt", "Hi");
    expect(code).toBe(64);
    expect(err).toContain("--promt");
    expect(err).toContain("vitrine -- help");
  });

  it("with 64 and the reason for a file of tools that cannot be read, and asks no model", async () => {
    const { words, stub } = await startServer(SAID);
    const file = path.join(folder, "absent.json");
    const { code, err } = await run(...words, "--prompt", "Hi", "--tools", file);
    expect(code).toBe(64);
    expect(err).toContain(`--tools ${file}: ENOENT`);
    expect(stub.seen).toEqual([]);
  });

  it("with 64 for a file of tools that is not JSON, and for a result of no tool", async () => {
    const { words, stub } = await startServer(SAID);
    const broken = write("broken.json", "[{");
    expect(await run(...words, "--prompt", "Hi", "--tools", broken)).toMatchObject({
      code: 64,
      err: expect.stringContaining("This is not JSON: "),
    });
    expect(await run(...words, "--prompt", "Hi", "--result", "weather=22")).toMatchObject({
      code: 64,
      err: expect.stringContaining("--result weather: no tool has this name."),
    });
    expect(stub.seen).toEqual([]);
  });

  it("with 0 for a prompt that came on standard input", async () => {
    const { words, stub } = await startServer(SAID);
    const { code, out } = await main(["run", ...words], "Hi from a pipe");
    expect(code).toBe(0);
    expect(out).toContain("Hello");
    expect(stub.seen.map(({ body }): unknown => JSON.parse(body).messages)).toEqual([
      [{ role: "user", content: "Hi from a pipe" }],
    ]);
  });

  it("with 64 where standard input holds no prompt", async () => {
    const { words, stub } = await startServer(SAID);
    expect(await main(["run", ...words], " \n")).toMatchObject({ code: 64 });
    expect(stub.seen).toEqual([]);
  });

  it("with 0 where a call has no result, and says that it waits for 1", async () => {
    const { words, stub } = await startServer(CALLED);
    const tools = write("tools.json", JSON.stringify([{ name: "weather", parameters: { type: "object" } }]));
    const { code, out } = await run(...words, "--prompt", "Hi", "--tools", tools);
    expect(code).toBe(0);
    expect(out).toContain("waiting for 1 result\n");
    expect(stub.seen).toHaveLength(1);
  });
});

describe("vitrine fold ends", () => {
  it("with 0 and a line for each exchange where every file could be read", () => {
    const { code, out } = fold(recording("one"), recording("two"));
    expect(code).toBe(0);
    expect(out.split("\n").map((line): unknown => JSON.parse(line).model_requested)).toEqual(["one", "two"]);
  });

  it("with 1 where the same bytes gave two answers", () => {
    expect(fold(recording("one"), recording("unstable"))).toMatchObject({
      code: 1,
      err: expect.stringContaining("reads of 1 and 7 bytes differ"),
    });
  });

  it("with 2 where a file cannot be read, and folds the others", () => {
    const absent = path.join(folder, "absent.yaml");
    const { code, out, err } = fold(absent, recording("one"));
    expect(code).toBe(2);
    expect(out).toContain('"model_requested": "one"');
    expect(err).toContain(absent);
  });

  it("with 2 where one file cannot be read and another gave two answers, in either order", () => {
    const [absent, unstable] = [path.join(folder, "absent.yaml"), recording("unstable")];
    expect([fold(absent, unstable).code, fold(unstable, absent).code]).toEqual([2, 2]);
  });

  it("with 64 without a file", () => {
    expect(fold()).toMatchObject({ code: 64, err: expect.stringContaining("Usage:") });
  });
});
