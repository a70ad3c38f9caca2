import { describe, expect, it } from "vitest";

import type { ToolRunEvent } from "@/lib/tools/tool-run";

import { runJavaScript } from "./run-javascript";

const never = new AbortController().signal;

async function run(code: string, timeoutMs = 10_000): Promise<readonly ToolRunEvent[]> {
  const seen: ToolRunEvent[] = [];
  for await (const event of runJavaScript({ code, args: {}, earlier: [], timeoutMs, signal: never }))
    seen.push(event);
  return seen;
}

/** How many characters reach the page. */
async function received(code: string): Promise<number> {
  return JSON.stringify(await run(code)).length;
}

/** Every function that a stack of V8 gives away. */
const CALLERS = [
  "Error.prepareStackTrace = (_error, sites) => sites;",
  "const callers = () => [...new Error().stack].map((site) => site.getFunction()).filter(Boolean);",
].join("\n");

describe("code that replaces what the sandbox uses", () => {
  it("gets hold of none of the sandbox's own functions, and so of no more time", async () => {
    expect(await run(`${CALLERS}\nreturn callers().length`)).toMatchObject([{ result: { output: "0" } }]);
    const greedy = `${CALLERS}
      const found = callers();
      setInterval(() => { for (const each of found) { try { each(() => 1, {}); } catch {} } }, 50);
      await new Promise(() => {});`;
    expect(await run(greedy, 200)).toEqual([
      { type: "fail", message: "Stopped after 0.2 s: the code had not returned by then." },
    ]);
  });

  it.each([
    ["the cut of a log", "String.prototype.slice = () => 'x'.repeat(3e7); ctx.log('a'); return 1"],
    ["the join of a log", "Array.prototype.join = () => 'x'.repeat(3e7); ctx.log('a'); return 1"],
    [
      "the pieces of a log",
      "Array.prototype.map = () => ({ join: () => 'x'.repeat(3e7) }); ctx.log('a'); return 1",
    ],
    ["the cut of an error", "String.prototype.slice = () => 'x'.repeat(3e7); throw new Error('a')"],
    [
      "the cut of a result",
      "String.prototype.slice = function () { return this + this; }; return 'x'.repeat(1e7)",
    ],
    ["the bytes of a result", "TextDecoder.prototype.decode = () => 'x'.repeat(3e7); return 'y'.repeat(2e6)"],
    [
      "the count of bytes",
      "TextEncoder.prototype.encode = () => ({ length: 0, subarray: () => [] }); return 'é'.repeat(2e6)",
    ],
  ])("sends the page no more than any other: %s", async (_what, code) => {
    expect(await received(code)).toBeLessThan(1_100_000);
  });
});
