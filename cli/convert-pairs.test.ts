/** Every pair of endings that `vitrine convert` reads and writes. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";

import { runWords, startCaller } from "@/cli/__fixtures__/caller";
import { bodyOf } from "@/lib/tape/formats/body-bytes";
import { exchangesOf } from "@/lib/tape/to-exchanges";

import { convertCommand } from "./convert-command";
import { openRecording } from "./recording-file";
import { replayCommand } from "./replay-command";
import { runCommand } from "./run-command";

const KINDS = [".tape", ".yaml", ".har", ".sse", ".jsonl"] as const;
const PAIRS = KINDS.flatMap((from) => KINDS.map((to) => [from, to] as const));

/** Pairs in which nothing is left out. */
const LOSSLESS = new Set([".tape .tape", ".yaml .har", ".har .har"]);

let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "vitrine-pairs-"));
  const server = await startCaller();
  const words = runWords(server, inFolder("tools.json"), "--record", inFolder("run.tape"));
  await runCommand(words, { out: () => undefined, err: () => undefined, isColored: false });
  await server.close();
  for (const kind of KINDS) convert("run.tape", `in${kind}`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const inFolder = (name: string) => path.join(folder, name);

/** Converts, and returns what was written to standard error. */
function convert(from: string, to: string): string {
  let err = "";
  const code = convertCommand([inFolder(from), inFolder(to)], {
    out: () => expect.unreachable("nothing is printed"),
    err: (text) => void (err += text),
    isColored: false,
  });
  expect([from, to, code, err]).toEqual([from, to, 0, err]);
  return err;
}

/** The bodies of the answers in a file, each byte a character. */
function bodiesIn(name: string): readonly string[] {
  const opened = openRecording(inFolder(name));
  if (!opened.ok) return expect.unreachable(opened.reason);
  const exchanges = opened.exchanges ?? exchangesOf(opened.tape).exchanges;
  return exchanges.map((exchange) => new TextDecoder("latin1").decode(bodyOf(exchange)));
}

const lineSchema = z.object({
  messages: z.array(z.looseObject({ role: z.string(), content: z.nullish(z.string()) })),
});

function conversationsIn(name: string) {
  return readFileSync(inFolder(name), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => lineSchema.parse(JSON.parse(line)).messages);
}

function roles(name: string) {
  return conversationsIn(name).map((each) => each.map(({ role }) => role));
}

describe.each(PAIRS)("from %s to %s", (from, to) => {
  it("every body that OUT can hold keeps its bytes, and what it cannot hold is printed", () => {
    const out = `from${from.slice(1)}${to}`;
    const err = convert(`in${from}`, out);
    if (to === ".jsonl") {
      expect(conversationsIn(out).at(-1)?.at(-1)).toMatchObject({
        role: "assistant",
        content: "It is 22 degrees ☀.",
      });
    } else {
      const bodies = bodiesIn(`in${from}`);
      expect(bodiesIn(out)).toEqual(to === ".sse" ? bodies.slice(-1) : bodies);
      expect(bodies).toHaveLength(from === ".sse" ? 1 : 2);
    }
    if (LOSSLESS.has(`${from} ${to}`)) expect(err).toBe("");
    else expect(err).toMatch(/^note: /u);
  });
});

async function replayed(name: string): Promise<string> {
  let out = "";
  const code = await replayCommand([inFolder(name)], {
    out: (text) => void (out += text),
    err: () => undefined,
    isColored: false,
  });
  expect(code).toBe(0);
  return out;
}

describe("a recording without times", () => {
  it.each([".sse", ".jsonl"])(
    "that is a %s file is replayed without a number that nobody measured, also by way of a tape",
    async (kind) => {
      convert(`in${kind}`, "timeless.tape");
      for (const name of [`in${kind}`, "timeless.tape"]) {
        const out = await replayed(name);
        expect(out).toContain("It is 22 degrees ☀.");
        expect(out).not.toContain("(measured)");
      }
      expect(await replayed("in.tape")).toContain("(measured)");
    },
  );
});

it.each([".yaml", ".har", ".jsonl"])(
  "a call in a %s file has its result when it is replayed",
  async (kind) => {
    const out = await replayed(`in${kind}`);
    expect(out).toContain("It is 22 degrees ☀.");
    expect(out).not.toContain("waiting for");
  },
);

describe("a run with a call, as OpenAI messages", () => {
  it.each([".tape", ".yaml", ".har", ".jsonl"])("is one conversation, also by way of %s", (kind) => {
    convert(`in${kind}`, "back.jsonl");
    expect(roles("back.jsonl")).toEqual([["user", "assistant", "tool", "assistant"]]);
  });

  it("is one conversation also from a tape that was made of another format", () => {
    convert("in.har", "made.tape");
    convert("made.tape", "back.jsonl");
    expect(roles("back.jsonl")).toEqual([["user", "assistant", "tool", "assistant"]]);
  });

  it("that is a raw answer alone has no prompt", () => {
    convert("in.sse", "back.jsonl");
    expect(roles("back.jsonl")).toEqual([["assistant"]]);
  });
});
