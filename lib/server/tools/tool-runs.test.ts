import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { QuestionAnswer } from "@/lib/contract/tool-run";
import { runOfQuestion } from "@/lib/contract/tool-run";
import { createSignal } from "@/lib/server/__fixtures__/signal";
import type { ToolRunEvent, ToolRunEvents } from "@/lib/tools/tool-run";

import type { HostIo } from "./tool-io";
import { createToolRuns } from "./tool-runs";

type RunServerTool = (binding: object, args: object, io: HostIo) => ToolRunEvents;

const BINDING = {
  kind: "http",
  request: { method: "GET", url: "http://127.0.0.1/", headers: [], body: null },
} as const;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function end(output: string): ToolRunEvent {
  return { type: "end", result: { output, isError: false, origin: { by: "http", status: 200 } } };
}

function runs(run: RunServerTool, ending = new AbortController().signal) {
  return createToolRuns(run, ending);
}

/** Ends at once with each of these. */
function tool(...events: readonly ToolRunEvent[]): RunServerTool {
  return async function* () {
    yield* events;
  };
}

const throws: RunServerTool = () => {
  throw new Error("No such server.");
};

async function failure(run: RunServerTool) {
  const all = runs(run);
  all.start("a", BINDING, {});
  await vi.advanceTimersByTimeAsync(0);
  return (await all.events("a", 0))?.events;
}

/** Runs until it is stopped, and is heard then. */
function endless() {
  const stopped = createSignal();
  const run: RunServerTool = async function* (_binding, _args, { signal }) {
    yield { type: "progress", text: "on" };
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    stopped.happen();
  };
  return { run, stopped: stopped.happened };
}

describe("a run on the server", () => {
  it("gives what the tool did, in order, and then its end", async () => {
    const all = runs(tool({ type: "progress", text: "1" }, { type: "progress", text: "2" }, end("3")));
    expect(all.start("a", BINDING, {})).toBe(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(await all.events("a", 0)).toEqual({
      events: [{ type: "progress", text: "12" }, end("3")],
      next: 2,
      isDone: true,
    });
  });

  it("gives the same events again to a page that lost a reply, and forgets those the page has", async () => {
    const all = runs(tool({ type: "ask", question: null }, end("1")));
    all.start("a", BINDING, {});
    await vi.advanceTimersByTimeAsync(0);
    const reply = await all.events("a", 0);
    expect(await all.events("a", 0)).toEqual(reply);
    expect(await all.events("a", 1)).toEqual({ events: [end("1")], next: 2, isDone: true });
    expect(await all.events("a", 0)).toEqual({ events: [end("1")], next: 2, isDone: true });
  });

  it("is not run again by a second start with its id", async () => {
    const run = vi.fn(tool(end("1")));
    const all = runs(run);
    all.start("a", BINDING, {});
    all.start("a", BINDING, {});
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("answers within a second although nothing happens, and at once when something does", async () => {
    const { run } = endless();
    const all = runs(run);
    all.start("a", BINDING, {});
    await vi.advanceTimersByTimeAsync(0);
    const quiet = all.events("a", 1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await quiet).toEqual({ events: [], next: 1, isDone: false });
    const waiting = all.events("a", 1);
    all.stop("a");
    expect(await waiting).toEqual({ events: [{ type: "fail", message: "Stopped." }], next: 2, isDone: true });
  });

  it("holds the end of what a tool writes without end", async () => {
    const line = "x".repeat(1000);
    const all = runs(async function* () {
      for (let count = 0; count < 10_000; count += 1) yield { type: "progress", text: line };
      yield { type: "progress", text: "last" };
      yield end("");
    });
    all.start("a", BINDING, {});
    await vi.advanceTimersByTimeAsync(0);
    const taken = await all.events("a", 0);
    expect(taken?.events).toEqual([
      { type: "progress", text: expect.stringMatching(/^x{65532}last$/) },
      end(""),
    ]);
  });

  it("fails in words where a result is too long, a tool throws, or a tool ends without a result", async () => {
    expect(await failure(tool(end("x".repeat(17 * 1024 * 1024))))).toEqual([
      { type: "fail", message: "The tool's result has 17 MB. Vitrine passes on results of up to 16 MB." },
    ]);
    expect(await failure(tool())).toEqual([{ type: "fail", message: "The tool ended without a result." }]);
    expect(await failure(throws)).toEqual([{ type: "fail", message: "No such server." }]);
  });
});

describe("runs on the server end", () => {
  it("when no page asks for a minute", async () => {
    const { run, stopped } = endless();
    const all = runs(run);
    all.start("a", BINDING, {});
    await vi.advanceTimersByTimeAsync(50_000);
    await all.events("a", 0);
    await vi.advanceTimersByTimeAsync(50_000);
    expect(await all.events("a", 0)).not.toBeNull();
    await vi.advanceTimersByTimeAsync(60_000);
    await stopped;
    expect(await all.events("a", 0)).toBeNull();
  });

  it("when the page stops them", async () => {
    const { run, stopped } = endless();
    const all = runs(run);
    all.start("a", BINDING, {});
    await vi.advanceTimersByTimeAsync(0);
    expect([all.stop("a"), all.stop("a")]).toEqual([true, false]);
    await stopped;
    expect(await all.events("a", 0)).toBeNull();
  });

  it("when the server does, and none starts after that", async () => {
    const ending = new AbortController();
    const { run, stopped } = endless();
    const all = runs(run, ending.signal);
    all.start("a", BINDING, {});
    await vi.advanceTimersByTimeAsync(0);
    ending.abort();
    await stopped;
    expect((await all.events("a", 1))?.events).toEqual([
      { type: "fail", message: "Vitrine was stopped while the tool ran." },
    ]);
    expect(all.start("b", BINDING, {})).toBe(false);
  });

  it("make room: only 64 run at once, and long results that are done go first", async () => {
    const all = runs(endless().run);
    for (let count = 0; count < 64; count += 1) expect(all.start(`${count}`, BINDING, {})).toBe(true);
    expect(all.start("64", BINDING, {})).toBe(false);
    all.stop("0");
    expect(all.start("64", BINDING, {})).toBe(true);

    const long = runs(tool(end("x".repeat(15 * 1024 * 1024))));
    for (const id of ["a", "b", "c", "d", "e"]) {
      long.start(id, BINDING, {});
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(await long.events("a", 0)).toBeNull();
    expect((await long.events("e", 0))?.events).toHaveLength(1);
  });
});

describe("a question of a tool", () => {
  const question = {
    from: "here",
    message: "Go?",
    form: { kind: "url", url: "https://x.example/" },
  } as const;

  /** Asks twice at once and ends with both answers. */
  const asking: RunServerTool = async function* (_binding, _args, { ask }) {
    const answers: readonly QuestionAnswer[] = await Promise.all([ask(question), ask(question)]);
    yield end(answers.map(({ action }) => action).join(" "));
  };

  it("waits for its answer, one at a time, and leads back to its run", async () => {
    const all = runs(asking);
    all.start("a", BINDING, {});
    await vi.advanceTimersByTimeAsync(0);
    const first = await all.events("a", 0);
    expect(first).toEqual({
      events: [{ type: "ask", question: { ...question, id: "a/1" } }],
      next: 1,
      isDone: false,
    });
    expect(runOfQuestion("a/1")).toBe("a");
    expect(all.answer("a", "a/2", { action: "accept", content: {} })).toBe(false);
    expect(all.answer("b", "a/1", { action: "accept", content: {} })).toBe(false);
    expect(all.answer("a", "a/1", { action: "accept", content: {} })).toBe(true);
    await vi.advanceTimersByTimeAsync(0);
    expect((await all.events("a", 1))?.events).toEqual([
      { type: "ask", question: null },
      { type: "ask", question: { ...question, id: "a/2" } },
    ]);
    all.answer("a", "a/2", { action: "decline", content: null });
    await vi.advanceTimersByTimeAsync(0);
    expect((await all.events("a", 3))?.events).toEqual([
      { type: "ask", question: null },
      end("accept decline"),
    ]);
  });

  it("is canceled when its run is stopped", async () => {
    const answered = createSignal();
    const seen: QuestionAnswer[] = [];
    const all = runs(async function* (_binding, _args, { ask }) {
      seen.push(await ask(question), await ask(question));
      answered.happen();
      yield end("");
    });
    all.start("a", BINDING, {});
    await vi.advanceTimersByTimeAsync(0);
    all.stop("a");
    await answered.happened;
    expect(seen).toEqual([
      { action: "cancel", content: null },
      { action: "cancel", content: null },
    ]);
  });
});
