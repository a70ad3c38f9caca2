import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { startStub, type Stub } from "@/lib/server/__fixtures__/stub";
import { VERSION } from "@/lib/server/version";
import { readVerifyRunText } from "@/lib/verify/saved/saved-run";
import { trialName } from "@/lib/verify/trial";

import { verifyCommand } from "./verify-command";

let folder = "";
const stubs: Stub[] = [];
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "vitrine-verify-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
  await Promise.all(stubs.splice(0).map((one) => one.close()));
});

const file = (name: string) => path.join(folder, name);

function write(name: string, text: string): string {
  mkdirSync(path.dirname(file(name)), { recursive: true });
  writeFileSync(file(name), text);
  return file(name);
}

/** A suite of cases that want this word. */
function suite(...words: readonly string[]): string {
  const lines = words.map((word, index) =>
    JSON.stringify({
      id: `C${index + 1}`,
      prompts: [`Say ${word}.`],
      expects: [{ grader: "text", how: "contains", anyOf: [word] }],
    }),
  );
  return write(`${words.join("-")}.jsonl`, lines.join("\n"));
}

/** A server that answers every prompt with what this says, or with this status. */
async function startServer(answer: (prompt: string, nth: number) => string | number): Promise<Stub> {
  let nth = 0;
  const stub = await startStub((response, { body }) => {
    nth += 1;
    const said = answer(body === "" ? "" : JSON.parse(body).messages.at(-1).content, nth);
    if (typeof said === "number") {
      response.writeHead(said, { "content-type": "application/json", "retry-after": "0" });
      response.end(JSON.stringify({ error: { message: "Not now." } }));
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(`data: ${JSON.stringify(chunk(said))}\n\ndata: [DONE]\n\n`);
  });
  stubs.push(stub);
  return stub;
}

function chunk(content: string): object {
  return { choices: [{ index: 0, delta: { content }, finish_reason: "stop" }] };
}

/** Echoes what it is asked to say. */
const echo = (prompt: string) => prompt.replace(/^Say (.*)\.$/u, "$1");

/** What the command wrote, and its exit code. */
async function verify(...words: readonly string[]) {
  let out = "";
  let err = "";
  const code = await verifyCommand(words, {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    isColored: false,
  });
  return { code, out, err };
}

const lane = (stub: Stub, name = "a") => ["--endpoint", `${name}=${stub.origin}/v1`, "--lane", `${name}/m`];

function runIn(name: string) {
  const read = readVerifyRunText(readFileSync(file(name), "utf8"));
  if (!read.ok) throw new Error(read.why);
  return read.run;
}

describe("vitrine verify ends", () => {
  it("with 0 where all was measured and there is no bar, whatever failed, and says what did", async () => {
    const stub = await startServer(() => "hello");
    const { code, out } = await verify(...lane(stub), "--suite", suite("hello", "bye"), "--n", "1");
    expect(code).toBe(0);
    expect(out).toBe(
      [
        "case       a/m",
        "own        50 % (0–100 %)",
        "C1 stream  1/1",
        "C2 stream  0/1 text",
        "",
        "Not passed:",
        "- a/m C2 stream: text, undecided: The answer is “hello”; it should contain “bye”.",
        "",
      ].join("\n"),
    );
  });

  it("with 1 where a lane is worse than the reference", async () => {
    const [good, bad] = [await startServer(echo), await startServer(() => "no")];
    const words = [...lane(good, "a"), ...lane(bad, "b"), "--suite", suite("hello"), "--reference", "a/m"];
    const { code, out } = await verify(...words);
    expect(code).toBe(1);
    expect(out).toContain("b/m: worse than a/m in C1 stream (−100 points");
  });

  it("with 0 where a lane is as good as an earlier run, and 1 where it is worse", async () => {
    const words = ["--suite", suite("hello"), "--json"];
    const before = await startServer(echo);
    expect((await verify(...lane(before), ...words, file("before.json"))).code).toBe(0);
    const bar = ["--baseline", file("before.json")];
    const same = await startServer(echo);
    expect((await verify(...lane(same), ...words, file("same.json"), ...bar)).code).toBe(0);
    const worse = await startServer(() => "no");
    expect((await verify(...lane(worse), ...words, file("worse.json"), ...bar)).code).toBe(1);
  });

  it("with 0 or 1 by the share that passes", async () => {
    const stub = await startServer(() => "hello");
    const words = [...lane(stub), "--suite", suite("hello", "bye"), "--n", "1", "--min-pass"];
    expect([(await verify(...words, "0.5")).code, (await verify(...words, "0.6")).code]).toEqual([0, 1]);
  });

  it("with 2 where a trial could not be measured, though another is worse", async () => {
    const stub = await startServer((prompt) => (prompt.includes("bye") ? 429 : "no"));
    const words = [...lane(stub), "--suite", suite("hello", "bye"), "--n", "1", "--min-pass", "1"];
    const { code, out } = await verify(...words);
    expect(code).toBe(2);
    expect(out).toContain("C2 stream: not measured (rate-limit)");
    expect(out).toContain("a/m: 0 % passed, 100 % asked for.");
  });

  it("with 2 where there are too few trials to compare", async () => {
    const [one, other] = [await startServer(echo), await startServer(echo)];
    const words = [...lane(one, "a"), ...lane(other, "b"), "--suite", suite("hello"), "--n", "4"];
    const { code, out } = await verify(...words, "--reference", "a/m");
    expect(code).toBe(2);
    expect(out).toContain("b/m: not enough to compare with a/m");
  });

  it.each([
    ["no lane", [], "--lane"],
    ["an option that there is not", ["--lnae", "a/m"], "--lnae"],
    ["two bars", ["--lane", "groq/m", "--min-pass", "1", "--reference", "groq/m"], "one bar"],
    ["a share above 1", ["--lane", "groq/m", "--min-pass", "2"], "--min-pass 2"],
    ["no repetitions", ["--lane", "groq/m", "--n", "0"], "--n 0"],
    ["an effort that is none", ["--lane", "groq/m", "--effort", "low,,high"], "--effort low,,high"],
    [
      "a level that a model does not have",
      ["--lane", "openai/gpt-5", "--effort", "low,max"],
      "--effort max: openai/gpt-5 has no such level",
    ],
    [
      "a level of a model that has none",
      ["--lane", "openai/gpt-4.1", "--effort", "low"],
      "--effort low: openai/gpt-4.1 has no levels",
    ],
    ["a budget of nothing", ["--lane", "groq/m", "--budget", "0"], "--budget 0"],
    ["a reference that is no lane", ["--lane", "groq/m", "--reference", "groq/n"], "--reference groq/n"],
    [
      "a suite that is not there",
      ["--lane", "groq/m", "--suite", "absent.jsonl"],
      "--suite absent.jsonl: ENOENT",
    ],
    [
      "a baseline that is not there",
      ["--lane", "llamacpp/m", "--endpoint", "llamacpp=http://127.0.0.1:9/v1", "--baseline", "absent.json"],
      "--baseline absent.json: ENOENT",
    ],
    ["a run to go on with that is not there", ["--resume", "absent.json"], "--resume absent.json: ENOENT"],
    ["lanes beside a run to go on with", ["--resume", "run.json", "--lane", "groq/m"], "leave out --lane"],
    ["a folder without recordings", ["--replay", "absent"], "no recording was found"],
    [
      "a file that cannot be written",
      ["--lane", "groq/m", "--json", "absent/run.json"],
      "--json absent/run.json",
    ],
  ])("with 64 for %s", async (_what, words, said) => {
    const { code, err } = await verify(...words);
    expect(code).toBe(64);
    expect(err).toContain(said);
    expect(err).toContain("vitrine -- help");
  });

  it("with 64 for what cannot be written, before anything is sent", async () => {
    const stub = await startServer(echo);
    const words = [...lane(stub), "--suite", suite("hello"), "--n", "1"];
    // Its unfinished file goes to a disk that is full.
    symlinkSync("/dev/full", file(`full.json.${process.pid}.part`));
    expect(await verify(...words, "--json", file("full.json"))).toMatchObject({
      code: 64,
      err: expect.stringContaining(`--json ${file("full.json")}: cannot be written`),
    });
    const taken = write("taken", "a file");
    expect(await verify(...words, "--tapes", taken)).toMatchObject({
      code: 64,
      err: expect.stringContaining(`--tapes ${taken}: cannot be written`),
    });
    expect(stub.seen).toEqual([]);
  });

  it("with 64 for a line of a suite that is no case, and names it", async () => {
    const bad = write("bad.jsonl", '{"id":"C1","prompts":["Hi"],"expects":[]}');
    expect(await verify("--lane", "groq/m", "--suite", bad)).toMatchObject({
      code: 64,
      err: expect.stringContaining('Line 1: "expects"'),
    });
  });
});

it("a run that was cut goes on without repeating what is finished", async () => {
  const stub = await startServer(echo);
  const words = [...lane(stub), "--suite", suite("one", "two", "three"), "--n", "1"];
  const cut = await verify(...words, "--budget", "1", "--json", file("cut.json"));
  expect(cut.code).toBe(2);
  expect(cut.out).toContain("2 of its trials did not run.");
  expect(cut.err).toContain(`--resume ${file("cut.json")}`);
  expect(stub.seen).toHaveLength(1);
  const whole = await verify("--resume", file("cut.json"));
  expect(whole.code).toBe(0);
  expect(stub.seen).toHaveLength(3);
  const { trials, endedAt } = runIn("cut.json");
  expect(trials.map(({ key }) => trialName(key))).toEqual(["C1 stream #1", "C2 stream #1", "C3 stream #1"]);
  expect(endedAt).not.toBeNull();
});

it("Ctrl+C keeps what is finished", async () => {
  const stub = await startServer((prompt, nth) => {
    if (nth === 2) process.emit("SIGINT");
    return echo(prompt);
  });
  const words = [
    ...lane(stub),
    "--suite",
    suite("one", "two", "three"),
    "--n",
    "1",
    "--json",
    file("int.json"),
  ];
  const { code } = await verify(...words);
  expect(code).toBe(2);
  expect(runIn("int.json").trials.map(({ key }) => trialName(key))).toEqual(["C1 stream #1"]);
});

it.each([
  ["before anything was sent", 1, 2, /^Nothing was sent\.\n$/u],
  ["before the first trial", 2, 2, /\nGo on with: vitrine verify --resume .*hang-2\.json\n$/u],
  ["behind the last trial", 3, 0, /\n1\/1 llamacpp\/m C1 stream #1: pass, .*\n$/u],
])("Ctrl+C ends at once where a server hangs %s, and says what is left", async (_what, at, exit, said) => {
  let asked = 0;
  const stub = await startStub((response, { path: asks }) => {
    if (!asks.endsWith("/props")) {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(`data: ${JSON.stringify(chunk("hello"))}\n\ndata: [DONE]\n\n`);
    } else if ((asked += 1) === at) process.emit("SIGINT");
    else response.writeHead(404).end("{}");
  });
  stubs.push(stub);
  const own = ["--endpoint", `llamacpp=${stub.origin}/v1`, "--lane", "llamacpp/m"];
  const name = `hang-${at}.json`;
  const { code, err } = await verify(...own, "--suite", suite("hello"), "--n", "1", "--json", file(name));
  expect(err).toMatch(said);
  expect([code, asked, existsSync(file(name))]).toEqual([exit, at, at > 1]);
  if (at > 1) expect(runIn(name).trials).toHaveLength(at - 2);
});

it("a case that has no request in the lane's dialect is skipped, the same in every report", async () => {
  const stub = await startServer(echo);
  const [line = ""] = readFileSync(suite("hello"), "utf8").split("\n");
  const other = JSON.stringify({
    ...JSON.parse(line),
    id: "C2",
    ask: { patch: { gemini: { contents: [] } } },
  });
  const cases = write("skipped.jsonl", `${line}\n${other}`);
  const words = [...lane(stub), "--suite", cases, "--n", "1", "--min-pass", "1"];
  const { code, out } = await verify(...words, "--junit", file("skipped.xml"), "--md", file("skipped.md"));
  expect(code).toBe(0);
  const why = "The case has no such request in the dialect chat-completions.";
  expect(out).toContain("C2 stream  skipped");
  expect(out).toContain(`C2 stream: skipped: ${why}`);
  expect(readFileSync(file("skipped.xml"), "utf8")).toContain(`<skipped message="${why}"/>`);
  expect(readFileSync(file("skipped.md"), "utf8")).toContain("| C2 stream | skipped |");
  expect(stub.seen).toHaveLength(1);
});

it("the plan is told before anything is sent", async () => {
  const stub = await startServer(echo);
  const { err } = await verify(...lane(stub), "--suite", suite("one"), "--budget", "5000");
  expect(err.split("\n").slice(0, 4)).toEqual([
    "one.jsonl (own): 1 case, 5 trials in a/m.",
    "Requests: about 5, at most 5. Output tokens: at most 5,120; stops at 5,000.",
    "Time: –. Cost: –.",
    "With 5 repetitions per trial a case that always passed is called worse at 2 of 5 or fewer.",
  ]);
});

it("a trial that did not pass leaves a tape, which is graded again the same as a recording", async () => {
  const stub = await startServer(() => "hello");
  const cases = suite("hello", "bye");
  await verify(...lane(stub), "--suite", cases, "--n", "1", "--tapes", file("tapes"));
  expect(readdirSync(file("tapes"))).toEqual(["0-C2-stream-1.tape"]);
  expect(readFileSync(file("tapes/0-C2-stream-1.tape"), "utf8")).toContain(`"writtenBy":"${VERSION}"`);
  const asked = stub.seen.length;
  const { code, out } = await verify("--replay", file("tapes"), "--suite", cases);
  expect(code).toBe(0);
  expect(out).toContain(
    "recordings C2 stream: text, undecided: The answer is “hello”; it should contain “bye”.",
  );
  expect(out).toContain("recordings C1 stream: skipped: not recorded");
  expect(stub.seen).toHaveLength(asked);
});

it("JUnit and Markdown are written where they are asked for", async () => {
  const stub = await startServer(echo);
  const words = [...lane(stub), "--suite", suite("one"), "--n", "1"];
  await verify(...words, "--junit", file("junit.xml"), "--md", file("run.md"));
  expect(readFileSync(file("junit.xml"), "utf8")).toContain('<testcase name="C1 stream #1"');
  expect(readFileSync(file("run.md"), "utf8")).toContain("| C1 stream | 1/1 |");
});

const RECORDINGS = path.resolve(import.meta.dirname, "../../../shared/recordings");

describe.skipIf(!existsSync(RECORDINGS))("recordings of providers as lanes", () => {
  it("pass the seed suite wherever it was recorded in a form that Vitrine reads", async () => {
    const { code } = await verify("--replay", RECORDINGS, "--suite", "seed", "--json", file("recorded.json"));
    expect(code).toBe(0);
    const { lanes, trials } = runIn("recorded.json");
    expect([lanes.length, trials.length]).toEqual([42, 42 * 8]);
    const said = new Map<string, number>();
    for (const { verdict } of trials) {
      const name = verdict.verdict === "skipped" ? verdict.why : verdict.verdict;
      said.set(name, (said.get(name) ?? 0) + 1);
    }
    expect(Object.fromEntries(said)).toEqual({
      pass: 125,
      "not recorded": 207,
      "not recorded (known limit: this model makes no parallel calls)": 2,
      "recorded as a binary event stream of Amazon Bedrock, which Vitrine does not read": 2,
    });
  });
});
