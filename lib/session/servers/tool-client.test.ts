import { beforeEach, describe, expect, it, vi } from "vitest";

import type { QuestionAnswer } from "@/lib/contract/tool-run";
import { createSignal } from "@/lib/server/__fixtures__/signal";
import type { RunServerTool } from "@/lib/server/tools/tool-io";
import type { ToolRunEvent } from "@/lib/tools/tool-run";

import { createToolClient } from "./tool-client";

const BINDING = {
  kind: "http",
  request: { method: "GET", url: "http://127.0.0.1/", headers: [], body: null },
} as const;

type Handle = (name: string) => (request: Request) => Promise<Response>;
let handle: Handle;
let tool: RunServerTool;

beforeEach(async () => {
  vi.resetModules();
  Reflect.deleteProperty(globalThis, Symbol.for("vitrine.tool-runs"));
  vi.doMock("@/lib/server/tools/run-server-tool", () => ({
    runServerTool: (...call: Parameters<RunServerTool>) => tool(...call),
  }));
  handle = (await import("@/lib/server/tools/tool-calls")).toolCall;
});

/** A page whose calls reach the server's real handlers, but for those that `lose` says are lost on the way back. */
function page(lose: (name: string, count: number) => boolean = () => false) {
  const asked: string[] = [];
  let now = 0;
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const name = path.split("/").at(-1) ?? "";
    asked.push(name);
    const headers = { ...Object.fromEntries(new Headers(init.headers)), host: "127.0.0.1:3000" };
    const reply = await handle(name)(new Request(`http://127.0.0.1:3000${path}`, { ...init, headers }));
    if (lose(name, asked.filter((one) => one === name).length)) throw new TypeError("Failed to fetch");
    return reply;
  };
  const client = createToolClient({
    fetch: (input, init) => send(typeof input === "string" ? input : "", init ?? {}),
    clock: { now: () => now, wall: () => now },
    wait: (ms) => {
      now += ms;
      return Promise.resolve(true);
    },
  });
  return { client, asked };
}

const never = new AbortController().signal;

function end(output: string): ToolRunEvent {
  return { type: "end", result: { output, isError: false, origin: { by: "http", status: 200 } } };
}

async function all(events: AsyncIterable<ToolRunEvent>): Promise<readonly ToolRunEvent[]> {
  const seen: ToolRunEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

describe("a tool that the server runs for the page", () => {
  it("gets its arguments and gives its events", async () => {
    tool = async function* (binding, args) {
      yield { type: "progress", text: "half" };
      yield end(`${binding.kind} ${JSON.stringify(args)}`);
    };
    const { client } = page();
    expect(await all(client.run(BINDING, { city: "Oslo" }, never))).toEqual([
      { type: "progress", text: "half" },
      end('http {"city":"Oslo"}'),
    ]);
  });

  it("runs once although replies are lost", async () => {
    let times = 0;
    tool = async function* (_binding, _args, { ask }) {
      times += 1;
      await ask({ from: "here", message: "Go?", form: { kind: "url", url: "https://x.example/" } });
      yield end("done");
    };
    const { client } = page((name, count) => name !== "answer" && count < 3);
    const seen: ToolRunEvent[] = [];
    for await (const event of client.run(BINDING, {}, never)) {
      seen.push(event);
      if (event.type === "ask" && event.question !== null)
        expect(
          await client.answerQuestion(event.question.id, { action: "accept", content: null }),
        ).toBeNull();
    }
    expect(seen.map(({ type }) => type)).toEqual(["ask", "ask", "end"]);
    expect(times).toBe(1);
  });

  it("fails in words after 10 s without a reply, and is stopped", async () => {
    tool = async function* () {
      yield end("done");
    };
    const { client, asked } = page((name) => name === "start");
    expect(await all(client.run(BINDING, {}, never))).toEqual([
      {
        type: "fail",
        message:
          "Whether the tool ran is unknown. Vitrine's server is not responding. If it was stopped, start it again with: npm start",
      },
    ]);
    expect(asked).toEqual([...Array.from({ length: 21 }, () => "start"), "stop"]);
  });

  it("fails at once where the server no longer knows the run", async () => {
    tool = async function* (_binding, _args, { ask }) {
      await ask({ from: "here", message: "Go?", form: { kind: "url", url: "https://x.example/" } });
      yield end("");
    };
    const { client, asked } = page();
    const seen: ToolRunEvent[] = [];
    for await (const event of client.run(BINDING, {}, never)) {
      seen.push(event);
      Reflect.deleteProperty(globalThis, Symbol.for("vitrine.tool-runs"));
    }
    expect(seen.at(-1)).toEqual({
      type: "fail",
      message:
        "The server does not know this run of a tool: it was restarted, or no page asked for the result for a minute. Run the tool again.",
    });
    expect(asked).toEqual(["start", "events"]);
  });

  it("stops on the server as soon as the page stops it", async () => {
    const stopped = createSignal();
    tool = async function* (_binding, _args, { signal }) {
      yield { type: "progress", text: "on" };
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      stopped.happen();
    };
    const stop = new AbortController();
    const { client } = page();
    const seen: ToolRunEvent[] = [];
    for await (const event of client.run(BINDING, {}, stop.signal)) {
      seen.push(event);
      stop.abort();
    }
    expect(seen).toEqual([
      { type: "progress", text: "on" },
      { type: "fail", message: "Stopped." },
    ]);
    await stopped.happened;
  });

  it("is not started where it was stopped before", async () => {
    const { client, asked } = page();
    expect(await all(client.run(BINDING, {}, AbortSignal.abort()))).toEqual([
      { type: "fail", message: "Stopped." },
    ]);
    expect(asked).toEqual([]);
  });
});

it("an answer to a question reaches the tool that asked, and a late one says so", async () => {
  const answers: QuestionAnswer[] = [];
  tool = async function* (_binding, _args, { ask }) {
    answers.push(
      await ask({ from: "here", message: "Who?", form: { kind: "fields", schema: { type: "object" } } }),
    );
    yield end("");
  };
  const { client } = page();
  let question = "";
  for await (const event of client.run(BINDING, {}, never)) {
    if (event.type !== "ask" || event.question === null) continue;
    question = event.question.id;
    expect(await client.answerQuestion(question, { action: "accept", content: { name: "Ada" } })).toBeNull();
  }
  expect(answers).toEqual([{ action: "accept", content: { name: "Ada" } }]);
  expect(await client.answerQuestion(question, { action: "decline", content: null })).toEqual({
    source: "app",
    code: "NOT_FOUND",
    message: "The tool no longer waits for this answer.",
    retryable: false,
  });
});

it("runs of one page ask one after the other", async () => {
  let open = 0;
  let most = 0;
  const release = createSignal();
  tool = async function* () {
    await release.happened;
    yield end("");
  };
  const inner = handle;
  handle = (name) => async (request) => {
    if (name !== "events") return inner(name)(request);
    open += 1;
    most = Math.max(most, open);
    const reply = await inner(name)(request);
    open -= 1;
    if (most > 0) release.happen();
    return reply;
  };
  const { client } = page();
  await Promise.all([1, 2, 3, 4].map(() => all(client.run(BINDING, {}, never))));
  expect(most).toBe(1);
});
