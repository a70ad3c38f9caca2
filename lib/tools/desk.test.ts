import { describe, expect, it } from "vitest";

import type { StreamEvent } from "@/lib/stream/turn/event";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";
import type { ToolCallPart, Turn } from "@/lib/stream/turn/turn";

import { definitionKey } from "./definition-key";
import { createDesk, type DeskLane } from "./desk";
import type { ToolHosts } from "./run-binding";
import { createResultShare } from "./share-results";
import type { ToolBinding, ToolDefinition } from "./tool";
import type { OfferedTools } from "./tool-offer";
import type { ToolRunEvent, ToolRunEvents } from "./tool-run";

const request = { provider: "llamacpp", dialect: "chat-completions", model: "m", endpoint: null };

function toolWith(binding: ToolBinding, rest: Partial<ToolDefinition> = {}): ToolDefinition {
  return {
    id: "t1",
    name: "look_up",
    description: "Looks up.",
    parameters: { type: "object" },
    strict: null,
    exampleResult: null,
    binding,
    approval: null,
    sharing: "shared",
    ...rest,
  };
}

/** A turn that calls the tool once a step, with these arguments; every call but the last was answered by the tool. */
function turnOf(...inputs: readonly string[]): Turn {
  const events = inputs.flatMap((text, index) => stepWith(text, index, index === inputs.length - 1));
  return events.map((event) => ({ at: 0, event })).reduce(fold, emptyTurn());
}

function stepWith(text: string, index: number, isLast: boolean): readonly StreamEvent[] {
  const called: readonly StreamEvent[] = [
    { type: "step-start", stepId: `s${index}`, request },
    { type: "tool-input-start", id: "c", callId: `call-${index}`, name: "look_up", form: "json" },
    { type: "tool-input-delta", id: "c", text },
    { type: "tool-input-end", id: "c" },
    { type: "step-end" },
  ];
  if (isLast) return called;
  const result = { output: "", isError: false, origin: { by: "page" } } as const;
  return [...called, { type: "tool-result", stepId: `s${index}`, id: "c", result }];
}

function lastCall(turn: Turn): ToolCallPart {
  const part = turn.steps.at(-1)?.parts.at(-1);
  return part?.type === "tool-call" ? part : expect.unreachable("the last part is a call");
}

const noHosts: ToolHosts = {
  wait: () => Promise.resolve(true),
  now: () => Date.UTC(2026, 10, 29, 12),
  javascript: null,
  server: null,
};

/** Switches of a lane that sent these tools; `now` are those that are on since. */
function switchedOn(tools: readonly string[], now = tools): OfferedTools {
  return { sent: { tools, toolChoice: { kind: "auto" } }, now: { tools: now } };
}

function laneOf(tool: ToolDefinition, turn: Turn, rest: Partial<DeskLane> = {}): DeskLane {
  return {
    tools: [tool],
    bindings: {},
    offered: switchedOn([tool.id]),
    answeredBy: "tools",
    turns: () => [turn],
    hosts: noHosts,
    isAllowed: () => false,
    share: null,
    ...rest,
  };
}

async function all(events: "ask" | ToolRunEvents | null): Promise<"ask" | null | readonly ToolRunEvent[]> {
  if (events === "ask" || events === null) return events;
  const got: ToolRunEvent[] = [];
  for await (const event of events) got.push(event);
  return got;
}

const { signal } = new AbortController();

function answered(tool: ToolDefinition, turn: Turn, rest: Partial<DeskLane> = {}) {
  return all(createDesk(laneOf(tool, turn, rest)).answer(lastCall(turn), signal, false));
}

const mock: ToolBinding = {
  kind: "mock",
  delayMs: 0,
  mock: { by: "arguments", rules: [{ when: { city: "Rome" }, result: { output: "24", isError: false } }] },
};
const http: ToolBinding = {
  kind: "http",
  request: { method: "GET", url: "https://example.com/", headers: [], body: null },
};

describe("a desk", () => {
  it("answers a call with its mock, and leaves what the mock does not know to a person", async () => {
    expect(await answered(toolWith(mock), turnOf('{"city":"rome"}'))).toEqual([
      { type: "end", result: { output: "24", isError: false, origin: { by: "mock", rule: 1 } } },
    ]);
    expect(await answered(toolWith(mock), turnOf('{"city":"Oslo"}'))).toBe("ask");
    expect(await answered(toolWith(mock, { approval: "each" }), turnOf('{"city":"Rome"}'))).toBe("ask");
    expect(await answered(toolWith(mock), turnOf('{"city":"Rome"}'), { answeredBy: "person" })).toBe("ask");
  });

  it("leaves what sends or runs code to a person until this very definition is allowed", async () => {
    const tool = toolWith(http);
    const ran = { output: "ok", isError: false, origin: { by: "http", status: 200 } } as const;
    const hosts: ToolHosts = {
      ...noHosts,
      server: async function* () {
        yield await Promise.resolve({ type: "end" as const, result: ran });
      },
    };
    const allowed = new Set([definitionKey(tool, http)]);
    const rest = { hosts, isAllowed: (key: string) => allowed.has(key) };
    const turn = turnOf("{}");
    expect(await answered(tool, turn, { hosts })).toBe("ask");
    expect(await answered(tool, turn, rest)).toEqual([{ type: "end", result: ran }]);
    expect(await answered({ ...tool, description: "Sends all you have." }, turn, rest)).toBe("ask");
    const elsewhere = { ...http, request: { ...http.request, url: "https://evil.example/" } };
    expect(await answered(tool, turn, { ...rest, bindings: { t1: elsewhere } })).toBe("ask");
    expect(await all(createDesk(laneOf(tool, turn, { hosts })).run(lastCall(turn), signal))).toEqual([
      { type: "end", result: ran },
    ]);
  });

  it("leaves a tool that the model was not offered to a person, whatever is bound to it, and runs it at a press", async () => {
    const turn = turnOf('{"city":"Rome"}');
    const tool = toolWith(mock, { approval: "none" });
    const allowed = { isAllowed: () => true };
    expect(await answered(tool, turn, { offered: switchedOn([]) })).toBe("ask");
    expect(await answered(tool, turn, { offered: switchedOn([], ["t1"]), ...allowed })).toBe("ask");
    const off: Partial<DeskLane> = { offered: switchedOn(["t1"], []), ...allowed };
    expect(await answered(tool, turn, off)).toBe("ask");
    const toldNone = {
      sent: { tools: ["t1"], toolChoice: { kind: "none" } },
      now: { tools: ["t1"] },
    } as const;
    expect(await answered(tool, turn, { offered: toldNone, ...allowed })).toBe("ask");
    expect(await all(createDesk(laneOf(tool, turn, off)).run(lastCall(turn), signal))).toMatchObject([
      { type: "end", result: { output: "24" } },
    ]);
  });

  it("answers with the one of two tools of a name that the model was sent", async () => {
    const other = toolWith({ kind: "ask" }, { id: "t2" });
    const tool = toolWith(mock);
    const turn = turnOf('{"city":"Rome"}');
    const tools = [other, tool];
    expect(await answered(tool, turn, { tools })).toMatchObject([{ type: "end" }]);
    expect(await answered(tool, turn, { tools, offered: switchedOn(["t2"]) })).toBe("ask");
  });

  it("asks before a lane's own request runs, also where the tool's own binding may run by itself", async () => {
    const tool = toolWith(mock, { approval: "none" });
    const turn = turnOf('{"city":"Rome"}');
    expect(await answered(tool, turn)).toMatchObject([{ type: "end" }]);
    expect(await answered(tool, turn, { bindings: { t1: http } })).toBe("ask");
  });

  it("answers with the lane's own binding where it has one", async () => {
    const own: ToolBinding = {
      kind: "mock",
      delayMs: 0,
      mock: { by: "fixed", result: { output: "No such city.", isError: true } },
    };
    expect(await answered(toolWith(mock), turnOf('{"city":"Rome"}'), { bindings: { t1: own } })).toEqual([
      { type: "end", result: { output: "No such city.", isError: true, origin: { by: "mock", rule: null } } },
    ]);
  });

  it("counts the calls of the branch for a sequence", async () => {
    const sequence: ToolBinding = {
      kind: "mock",
      delayMs: 0,
      mock: {
        by: "sequence",
        after: "ask",
        results: [
          { output: "first", isError: false },
          { output: "second", isError: false },
        ],
      },
    };
    const outputs = async (...inputs: readonly string[]) => answered(toolWith(sequence), turnOf(...inputs));
    expect(await outputs("{}")).toMatchObject([{ result: { output: "first" } }]);
    expect(await outputs("{}", '{"a":1}')).toMatchObject([{ result: { output: "second" } }]);
    expect(await outputs("{}", "{}", "{}")).toBe("ask");
  });

  it("builds a built-in's state again from the branch's own calls", async () => {
    const tool = toolWith({ kind: "page", name: "todo" });
    const turn = turnOf(
      '{"action":"add","text":"Buy milk"}',
      '{"action":"add","text":"Call home"}',
      '{"action":"done","number":1}',
    );
    expect(await answered(tool, turn)).toMatchObject([
      { result: { output: "1. [x] Buy milk\n2. [ ] Call home", isError: false } },
    ]);
  });

  it("makes the calls that ended in an error again for the state of JavaScript, and says where a call left none", async () => {
    const code: ToolBinding = { kind: "javascript", code: "…", timeoutMs: 1_000, isStateful: true };
    const tool = toolWith(code, { approval: "none" });
    const runs: unknown[] = [];
    const hosts: ToolHosts = {
      ...noHosts,
      javascript: async function* ({ earlier }) {
        runs.push(earlier);
        yield await Promise.resolve({ type: "fail" as const, message: "Stopped after 1 s." });
      },
    };
    const turn = turnOf('{"n":1}', '{"n":2}');
    const origin = { by: "javascript" } as const;
    const thrown = fold(turn, {
      at: 1,
      event: {
        type: "tool-result",
        stepId: "s0",
        id: "c",
        result: { output: "Error", isError: true, origin },
      },
    });
    expect(await answered(tool, thrown, { hosts })).toEqual([
      { type: "fail", message: "Stopped after 1 s. The state is as it was before this call." },
    ]);
    expect(
      await answered(toolWith({ ...code, isStateful: false }, { approval: "none" }), turn, { hosts }),
    ).toEqual([{ type: "fail", message: "Stopped after 1 s." }]);
    expect(runs).toEqual([[{ n: 1 }], []]);
  });

  it("gives a built-in that runs beside others the state that those before it leave", async () => {
    const tool = toolWith({ kind: "page", name: "todo" });
    const inputs = ['{"action":"add","text":"Buy milk"}', '{"action":"add","text":"Call home"}'];
    const events: readonly StreamEvent[] = [
      { type: "step-start", stepId: "s", request },
      ...inputs.flatMap((text, index): readonly StreamEvent[] => [
        { type: "tool-input-start", id: `c${index}`, callId: `call-${index}`, name: "look_up", form: "json" },
        { type: "tool-input-delta", id: `c${index}`, text },
        { type: "tool-input-end", id: `c${index}` },
      ]),
      { type: "step-end" },
    ];
    let turn = events.map((event) => ({ at: 0, event })).reduce(fold, emptyTurn());
    const desk = createDesk(laneOf(tool, turn, { turns: () => [turn] }));
    const calls = (turn.steps[0]?.parts ?? []).filter((part) => part.type === "tool-call");
    const runs = calls.map((call) => desk.answer(call, signal, false));
    const outputs: unknown[] = [];
    for (const [index, run] of runs.entries()) {
      turn = fold(turn, { at: 1, event: { type: "tool-run-start", stepId: "s", id: `c${index}` } });
      outputs.push(await all(run));
    }
    expect(outputs).toMatchObject([
      [{ result: { output: "1. [ ] Buy milk" } }],
      [{ result: { output: "1. [ ] Buy milk\n2. [ ] Call home" } }],
    ]);
  });

  it("says where JavaScript runs where it cannot, and tries what failed only when told to", async () => {
    const code: ToolBinding = { kind: "javascript", code: "", timeoutMs: 1, isStateful: false };
    const tool = toolWith(code, { approval: "none" });
    const turn = turnOf("{}");
    const message = "This tool is JavaScript, which runs only in the page. Give it another answer here.";
    expect(await answered(tool, turn)).toEqual([{ type: "fail", message }]);
    const failed = fold(fold(turn, { at: 1, event: { type: "tool-run-start", stepId: "s0", id: "c" } }), {
      at: 2,
      event: { type: "tool-run-fail", stepId: "s0", id: "c", message },
    });
    expect(await answered(tool, failed)).toBe("ask");
    expect(await all(createDesk(laneOf(tool, failed)).answer(lastCall(failed), signal, true))).toEqual([
      { type: "fail", message },
    ]);
  });
});

describe("lanes that make the same call", () => {
  it("get one execution and its result, and know that it was reused", async () => {
    let runs = 0;
    const hosts: ToolHosts = {
      ...noHosts,
      server: async function* () {
        runs += 1;
        yield await Promise.resolve({ type: "progress" as const, text: "…" });
        yield {
          type: "end",
          result: { output: `run ${runs}`, isError: false, origin: { by: "http", status: 200 } },
        };
      },
    };
    const share = createResultShare();
    const rest = { hosts, share };
    const tool = toolWith(http, { approval: "none" });
    const [one, other] = await Promise.all([
      answered(tool, turnOf('{"a":1,"b":2}'), rest),
      answered(tool, turnOf('{"b":2,"a":1}'), rest),
    ]);
    expect(one).toMatchObject([
      { type: "progress" },
      { result: { output: "run 1", origin: { by: "http" } } },
    ]);
    expect(other).toMatchObject([
      { type: "progress" },
      { result: { output: "run 1", origin: { by: "http", isReused: true } } },
    ]);
    // The second such call of a branch is another one, and so is every call of a tool that runs each.
    expect(await answered(tool, turnOf('{"a":1,"b":2}', '{"a":1,"b":2}'), rest)).toMatchObject([
      {},
      { result: { output: "run 2" } },
    ]);
    expect(await answered({ ...tool, sharing: "each" }, turnOf('{"a":1,"b":2}'), rest)).toMatchObject([
      {},
      { result: { output: "run 3" } },
    ]);
  });

  it("keep the run going while one of them waits for it, and stop it when all have left", async () => {
    const stops: string[] = [];
    const hosts: ToolHosts = {
      ...noHosts,
      server: async function* (_binding, _args, stop) {
        await new Promise<void>((resolve) => stop.addEventListener("abort", () => resolve(), { once: true }));
        stops.push("stopped");
        yield { type: "fail", message: "Stopped." };
      },
    };
    const tool = toolWith(http, { approval: "none" });
    const turn = turnOf("{}");
    const rest = { hosts, share: createResultShare() };
    const [first, second] = [new AbortController(), new AbortController()];
    const desk = createDesk(laneOf(tool, turn, rest));
    const one = all(desk.answer(lastCall(turn), first.signal, false));
    const other = all(desk.answer(lastCall(turn), second.signal, false));
    first.abort();
    expect(await one).toEqual([{ type: "fail", message: "Stopped." }]);
    expect(stops).toEqual([]);
    second.abort();
    expect(await other).toEqual([{ type: "fail", message: "Stopped." }]);
    expect(stops).toEqual(["stopped"]);
  });
});
