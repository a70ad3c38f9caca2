import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import * as z from "zod";

import { chunk, runWords as wordsOfRun, startCaller as startCallingServer } from "@/cli/__fixtures__/caller";
import { startStub, type Stub } from "@/lib/server/__fixtures__/stub";
import manifest from "@/package.json";

import { convertCommand } from "./convert-command";
import { replayCommand } from "./replay-command";
import { runCommand } from "./run-command";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "vitrine-tapes-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const inFolder = (name: string) => path.join(folder, name);

const stubs: Stub[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(stubs.splice(0).map((one) => one.close()));
});

async function startCaller(): Promise<Stub> {
  const stub = await startCallingServer();
  stubs.push(stub);
  return stub;
}

async function startServer(answer: (response: ServerResponse) => void): Promise<Stub> {
  const stub = await startStub(answer);
  stubs.push(stub);
  return stub;
}

/** A command, with its exit code and what it wrote. */
async function command(run: typeof runCommand | typeof convertCommand, ...words: readonly string[]) {
  let out = "";
  let err = "";
  const code = await run(words, {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    isColored: false,
  });
  return { code, out, err };
}

const runWords = (stub: Stub, ...more: readonly string[]) =>
  wordsOfRun(stub, inFolder("tools.json"), ...more);

describe("a recorded run", () => {
  it.each([[[]], [["--json"]]])(
    "is replayed as it was printed, without its server, with %j",
    async (options) => {
      const stub = await startCaller();
      const file = inFolder(`run${options.length}.tape`);
      const ran = await command(runCommand, ...runWords(stub, "--record", file, ...options));
      await stub.close();
      const replayed = await command(replayCommand, file, ...options);
      expect(ran.out).toContain("It is 22 degrees ☀.");
      expect(replayed.out).toBe(ran.out);
      expect([ran.code, replayed.code]).toEqual([0, 0]);
      expect(replayed.err).toMatch(/^note: recording of \d+ \w+ \d{4}, m\. Nothing is sent\.\n$/u);
    },
  );

  it("of two lanes is replayed lane by lane, and fails where one of them failed", async () => {
    const good = await startServer((response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(`${chunk({ content: "fine" }, "stop")}data: [DONE]\n\n`);
    });
    const bad = await startServer((response) => {
      response.writeHead(400, { "content-type": "application/json" });
      response.end('{"error":{"message":"no such model"}}');
    });
    const file = inFolder("lanes.tape");
    const ran = await command(
      runCommand,
      "--endpoint",
      `a=${good.origin}/v1`,
      "--endpoint",
      `b=${bad.origin}/v1`,
      ..."--lane a/one --lane b/two --prompt Hi --record".split(" "),
      file,
    );
    const replayed = await command(replayCommand, file);
    expect(replayed.out).toBe(ran.out);
    expect(replayed.out).toContain("Error: no such model");
    expect([ran.code, replayed.code]).toEqual([1, 1]);
  });

  it("is replayed at a speed", async () => {
    const file = inFolder("speed.tape");
    const ran = await command(runCommand, ...runWords(await startCaller(), "--record", file));
    expect(await command(replayCommand, file, "--speed", "10")).toMatchObject({ code: 0, out: ran.out });
  });

  it("holds no key of the environment, however the server echoes it or a prompt quotes it", async () => {
    const key = "sk-CANARY-7f3a9c";
    const base64 = Buffer.from(`x${key}`).toString("base64");
    const stub = await startServer((response) => {
      response.writeHead(200, { "content-type": "text/event-stream", "x-request-id": key });
      const nested = JSON.stringify(JSON.stringify({ key }));
      const pieces = [key, base64, nested, encodeURIComponent(key), ...key.split("")];
      for (const content of pieces) response.write(chunk({ content }));
      response.end(`${chunk({}, "stop")}data: [DONE]\n\n`);
    });
    vi.stubEnv("OPENAI_API_KEY", key);
    vi.stubEnv("OPENAI_BASE_URL", `${stub.origin}/v1`);
    vi.resetModules();
    const { runCommand: run } = await import("./run-command");
    const file = inFolder("canary.tape");
    const ran = await command(run, "--lane", "openai/m", "--prompt", `My key is ${key}.`, "--record", file);
    const text = readFileSync(file, "utf8");
    expect(ran.code).toBe(0);
    expect(stub.seen[0]?.headers.authorization).toBe(`Bearer ${key}`);
    for (const form of [key, base64.slice(2, -2), Buffer.from(key).toString("base64")])
      expect(text.includes(form)).toBe(false);
    const letters = text
      .split("\n")
      .filter((line) => line.includes('"bytes"'))
      .flatMap((line) => Array.from(line.matchAll(/content\\":\\"(.)\\"/gu)))
      .map(([, letter = ""]) => letter)
      .join("");
    expect(letters).toHaveLength(key.length);
    expect(letters).not.toContain(key);
    const lines = text
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line): [number, number, string, unknown] => JSON.parse(line));
    const body = lines.flatMap(([, , kind, data]) => (kind === "bytes" ? [String(data)] : [])).join("");
    const ranges = lines.flatMap(([, , kind, data]) => (kind === "overwritten" ? [data] : []));
    expect(ranges).toHaveLength(1);
    const named = z.array(z.tuple([z.number(), z.number()])).parse(ranges[0]);
    expect(named.length).toBeGreaterThanOrEqual(4);
    expect(named.map(([from, to]) => body.slice(from, to))).toEqual(
      named.map(([from, to]) => "*".repeat(to - from)),
    );
    expect(await command(replayCommand, file)).toMatchObject({ code: 0, out: ran.out });
  });

  it("that cannot be written is refused before anything is sent", async () => {
    const stub = await startCaller();
    const ran = await command(runCommand, ...runWords(stub, "--record", inFolder("none/run.tape")));
    expect([ran.code, stub.seen.length]).toEqual([64, 0]);
    expect(ran.err).toContain("--record");
  });

  it("leaves nothing beside its tape", async () => {
    const file = inFolder("alone.tape");
    await command(runCommand, ...runWords(await startCaller(), "--record", file));
    expect(readdirSync(folder).filter((name) => name.startsWith("alone"))).toEqual(["alone.tape"]);
  });
});

describe("vitrine replay", () => {
  it.each([
    [[], "Name a recording: vitrine replay FILE."],
    [["a.tape", "b.tape"], '"b.tape": one recording is replayed at a time.'],
    [["a.tape", "--speed", "fast"], "--speed fast: write a number"],
    [["a.tape", "--speed=-1"], "--speed -1: write a number"],
  ])("%j is refused with what to write", async (words, why) => {
    const ran = await command(replayCommand, ...words);
    expect(ran.code).toBe(64);
    expect(ran.err).toContain(why);
  });

  it("of a file that is no tape says so and is not measured", async () => {
    writeFileSync(inFolder("odd.tape"), "hello\n");
    const odd = await command(replayCommand, inFolder("odd.tape"));
    expect(odd).toMatchObject({ code: 2, out: "" });
    expect(odd.err).toContain("its first line is not a header");
    expect(await command(replayCommand, inFolder("absent.tape"))).toMatchObject({ code: 2 });
  });

  it("of a tape that is cut shows what there is and is not measured", async () => {
    const file = inFolder("whole.tape");
    await command(runCommand, ...runWords(await startCaller(), "--record", file));
    const lines = readFileSync(file, "utf8").split("\n");
    const cut = inFolder("cut.tape");
    writeFileSync(
      cut,
      lines
        .slice(
          0,
          lines.findIndex((line) => line.includes("22 degrees")),
        )
        .join("\n")
        .slice(0, -5),
    );
    const replayed = await command(replayCommand, cut);
    expect(replayed.code).toBe(2);
    expect(replayed.out).toContain("-> weather({})");
    expect(replayed.err).toContain("the tape ends inside this line");
    expect(replayed.err).toContain("one answer is not all there");
  });
});

describe("vitrine convert", () => {
  it("writes a tape that holds the same lines", async () => {
    const file = inFolder("from.tape");
    await command(runCommand, ...runWords(await startCaller(), "--record", file));
    expect(await command(convertCommand, file, inFolder("to.tape"))).toEqual({ code: 0, out: "", err: "" });
    const lines = (name: string) =>
      readFileSync(inFolder(name), "utf8")
        .trimEnd()
        .split("\n")
        .map((line): unknown => JSON.parse(line));
    expect(lines("to.tape")).toEqual(lines("from.tape"));
  });

  it.each([
    [["a.tape"], "Name two files"],
    [["a.tape", "b.tape", "--fast"], "There is no option --fast."],
    [
      ["a.tape", "b.docx"],
      "b.docx: Vitrine writes files that end in .tape, .yaml, .yml, .har, .sse, .jsonl.",
    ],
  ])("%j is refused with what to write", async (words, why) => {
    const ran = await command(convertCommand, ...words);
    expect(ran.code).toBe(64);
    expect(ran.err).toContain(why);
  });
});

describe("a recorded run in another format", () => {
  it("names the version of Vitrine that made the tape, also behind another conversion", async () => {
    const stream = inFolder("made.sse");
    writeFileSync(stream, `${chunk({ content: "Hello" }, "stop")}data: [DONE]\n\n`);
    const run = inFolder("ran.tape");
    await command(runCommand, ...runWords(await startCaller(), "--record", run));
    for (const from of [stream, run]) {
      await command(convertCommand, from, inFolder("made.tape"));
      const [header = ""] = readFileSync(inFolder("made.tape"), "utf8").split("\n");
      expect(JSON.parse(header)).toMatchObject({ writtenBy: manifest.version });
    }
    const unnamed = readFileSync(run, "utf8").replace(/"writtenBy":"[^"]*",/u, "");
    writeFileSync(run, unnamed);
    await command(convertCommand, run, inFolder("made.tape"));
    expect(readFileSync(inFolder("made.tape"), "utf8")).toBe(unnamed);
  });

  it("notes headers that a tape has no place for only where there were some", async () => {
    const stream = inFolder("bare.sse");
    writeFileSync(stream, `${chunk({ content: "Hello" }, "stop")}data: [DONE]\n\n`);
    const talk = inFolder("talk.jsonl");
    const messages = [
      { role: "user", content: "Hi" },
      { role: "assistant", content: "Hello" },
    ];
    writeFileSync(talk, `${JSON.stringify({ messages })}\n`);
    for (const name of [stream, talk]) {
      const converted = await command(convertCommand, name, inFolder("bare.tape"));
      expect(converted.err).not.toContain("eaders");
    }
    const har = inFolder("bare.har");
    await command(convertCommand, stream, har);
    expect((await command(convertCommand, har, inFolder("bare.tape"))).err).not.toContain("eaders");
    const log = readFileSync(har, "utf8").replace(
      '"name": "content-type"',
      '"name": "x-ratelimit-remaining", "value": "7" }, { "name": "content-type"',
    );
    expect(log).toContain("x-ratelimit");
    writeFileSync(har, log);
    expect((await command(convertCommand, har, inFolder("bare.tape"))).err).toContain(
      "note: Headers but the content type and the request's id are left out.\n",
    );
  });

  it("that knows neither its time nor its model is labeled without them", async () => {
    const file = inFolder("plain.sse");
    writeFileSync(file, `${chunk({ content: "Hello" }, "stop")}data: [DONE]\n\n`);
    const replayed = await command(replayCommand, file);
    expect(replayed.out).toMatch(/^Hello\n/u);
    expect(replayed.err).toMatch(/^note: recording \(event stream\)\. Nothing is sent\.\n/u);
  });

  it.each(["run.har", "run.yaml"])(
    "as %s is replayed with the same words, and says what it lacks",
    async (name) => {
      const file = inFolder("other.tape");
      await command(runCommand, ...runWords(await startCaller(), "--record", file));
      const converted = await command(convertCommand, file, inFolder(name));
      expect(converted).toMatchObject({ code: 0, out: "" });
      expect(converted.err).toContain("note: Only requests and answers are kept");
      const replayed = await command(replayCommand, inFolder(name));
      expect(replayed.code).toBe(0);
      expect(replayed.out).toContain("Let me look — 見る.");
      expect(replayed.out).toContain("It is 22 degrees ☀.");
      expect(replayed.err).toMatch(/recording of .* \((?:HAR file|go-vcr recording)\)\. Nothing is sent\./u);
    },
  );
});
