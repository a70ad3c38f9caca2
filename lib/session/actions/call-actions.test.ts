import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { callChunk, type RelayStub, startRelay } from "@/lib/session/__fixtures__/relay-stub";
import { startTestApp, type TestApp } from "@/lib/session/__fixtures__/test-app";
import { laneId } from "@/lib/session/store/ids";
import type { ToolDefinition } from "@/lib/tools/tool";

let relay: RelayStub;
let app: TestApp;

beforeEach(async () => {
  relay = await startRelay();
  app = await startTestApp({ fetch: relay.fetch });
});

afterEach(async () => {
  app.actions.stopAll();
  app.end();
  await relay.close();
});

const lane = (index: number) => app.lanes()[index]?.id ?? laneId("none");
const refOf = (nth: number) => ({
  turnId: app.leaf(0).id,
  stepId: app.steps()[0]?.id ?? "",
  partId: app.calls()[nth]?.id ?? "",
});

function change(name: string, patch: Partial<ToolDefinition>): ToolDefinition {
  const tool = app.store.getState().person.tools.find((each) => each.name === name);
  const changed = { ...(tool ?? expect.unreachable(name)), ...patch };
  app.actions.saveTool(changed);
  return changed;
}

/** One lane, which offers these tools, answers with these calls. */
async function call(...made: readonly (readonly [string, string])[]): Promise<void> {
  const called = new Set(made.map(([name]) => name));
  const tools = app.store.getState().person.tools.filter(({ name }) => called.has(name));
  app.actions.changeSetup(lane(0), { tools: tools.map(({ id }) => id) });
  app.actions.send("Go", [lane(0)]);
  const exchange = (await relay.next()).head();
  for (const [nth, [name, input]] of made.entries())
    exchange.data(callChunk(`call_${nth}`, name, input, nth));
  exchange.finish("tool_calls");
}

/** The calls of the first turn as they are saved by now. */
async function savedCalls(): Promise<readonly string[]> {
  const loaded = await app.database.load(app.store.getState().session.id);
  const parts = loaded?.turns[0]?.turn.steps[0]?.parts ?? [];
  return parts.map((part) => (part.type === "tool-call" ? part.status.state : part.type));
}

describe("a call", () => {
  it("of a mock is answered without a press, in two lanes alike, and both go on", async () => {
    app.actions.send("Weather?", "all");
    for (let at = 0; at < 2; at += 1)
      (await relay.next())
        .head()
        .data(callChunk("call_1", "weather", '{"location":"Florence"}'))
        .finish("tool_calls");
    for (let at = 0; at < 2; at += 1) (await relay.next()).head().text("Sunny.").finish();
    await app.settled();
    const result = { output: "22 degrees and sunny", isError: false, origin: { by: "mock", rule: 1 } };
    expect([app.calls(0), app.calls(1)]).toMatchObject([[{ status: { result } }], [{ status: { result } }]]);
    expect([app.steps(0).length, app.steps(1).length]).toEqual([2, 2]);
  });

  it("that a person edits runs with the new arguments, and the model reads them back as its own", async () => {
    change("weather", { approval: "each" });
    await call(["weather", '{"location":"Firenze"}']);
    await app.settled();
    app.actions.editCall(refOf(0), { text: '{"location":"Florence"}', isSentBack: true });
    const done = app.actions.runCall(refOf(0));
    const next = await relay.next();
    expect(next.chat.body["messages"]).toMatchObject([
      {},
      { tool_calls: [{ function: { name: "weather", arguments: '{"location":"Florence"}' } }] },
      { role: "tool", content: "22 degrees and sunny" },
    ]);
    next.head().text("Sunny.").finish();
    await done;
    await app.settled();
    expect(app.calls()[0]).toMatchObject({
      input: '{"location":"Firenze"}',
      edit: { text: '{"location":"Florence"}' },
      status: { result: { origin: { by: "mock", rule: 1 } } },
    });
  });

  it("can be answered while another one of its step still runs, and the lane goes on after both", async () => {
    change("weather", { approval: "each" });
    await call(["translate", '{"text":"A table"}'], ["weather", '{"location":"Rome"}']);
    await app.until(() => app.waits.some(({ ms }) => ms === 4_000));
    app.actions.answerCall(refOf(1), { output: "25", isError: false, origin: { by: "typed" } });
    for (const wait of app.waits) wait.pass();
    const next = await relay.next();
    expect(JSON.stringify(next.chat.body["messages"])).toContain('"content":"25"');
    next.head().text("Done.").finish();
    await app.settled();
    expect(app.steps()).toHaveLength(2);
  });

  it("of a tool that a person allowed runs by itself from then on, until the tool changes", async () => {
    const tool = change("weather", { approval: "each" });
    await call(["weather", '{"location":"Rome"}']);
    await app.settled();
    const allowed = app.actions.allowTool(refOf(0), tool, tool.binding);
    (await relay.next())
      .head()
      .data(callChunk("b", "weather", '{"location":"Oslo"}'))
      .finish("tool_calls");
    await allowed;
    (await relay.next()).head().text("Cold.").finish();
    await app.settled();
    expect(app.calls().map(({ status }) => status.state)).toEqual(["answered", "answered"]);
    change("weather", { description: "Another tool." });
    await call(["weather", '{"location":"Tokyo"}']);
    await app.settled();
    expect(app.calls()).toMatchObject([{ status: { state: "awaiting-result" } }]);
  });
});

it("every call that waits for a tool which a person allows runs with it, in all lanes and beside it, up to the limit", async () => {
  const tool = change("weather", { approval: "each" });
  app.actions.changeSetup(lane(0), { tools: [tool.id] });
  app.actions.send("Weather?", "all");
  const rome = callChunk("call_1", "weather", '{"location":"Rome"}', 0);
  (await relay.next())
    .head()
    .data(rome)
    .data(callChunk("call_2", "weather", '{"location":"Oslo"}', 1))
    .data(callChunk("call_3", "calculator", '{"expression":"1+"}', 2))
    .finish("tool_calls");
  (await relay.next()).head().data(rome).finish("tool_calls");
  await app.settled();
  const states = () => [app.calls(0), app.calls(1)].map((calls) => calls.map(({ status }) => status.state));
  expect(states()).toEqual([["awaiting-result", "awaiting-result", "awaiting-result"], ["awaiting-result"]]);
  const allowed = app.actions.allowTool(refOf(0), tool, tool.binding);
  (await relay.next()).head().text("Sunny.").finish();
  await allowed;
  await app.settled();
  expect(states()).toEqual([["answered", "answered", "awaiting-result"], ["answered"]]);
});

it("a call of a tool that its lane does not offer waits for a person, who may run it", async () => {
  for (const { id } of app.lanes()) app.actions.changeSetup(id, { tools: [] });
  app.actions.send("Weather?", [lane(0)]);
  (await relay.next())
    .head()
    .data(callChunk("call_1", "weather", '{"location":"Florence"}'))
    .finish("tool_calls");
  await app.settled();
  expect(app.calls()).toMatchObject([{ status: { state: "awaiting-result" } }]);
  app.actions.goOn(app.leaf(0).id);
  await app.settled();
  expect(app.calls()).toMatchObject([{ status: { state: "awaiting-result" } }]);
  const ran = app.actions.runCall(refOf(0));
  (await relay.next()).head().text("Sunny.").finish();
  await ran;
  await app.settled();
  expect(app.calls()).toMatchObject([{ status: { result: { output: "22 degrees and sunny" } } }]);
});

it("a call is saved as soon as its tool runs, and each result as soon as it is there", async () => {
  await call(["translate", '{"text":"A table"}'], ["weather", '{"location":"Rome"}']);
  await vi.waitUntil(async () => (await savedCalls()).join(" ") === "running answered", { timeout: 5_000 });
});

it("a lane that calls the same thing a third time waits, and goes on when a person says so", async () => {
  const again = '{"location":"Rome"}';
  await call(["weather", again]);
  (await relay.next())
    .head()
    .data(callChunk("b", "weather", again))
    .finish("tool_calls");
  (await relay.next())
    .head()
    .data(callChunk("c", "weather", again))
    .finish("tool_calls");
  await app.settled();
  expect(app.steps()[2]).toMatchObject({
    pause: { why: "repeat", tool: "weather", times: 3 },
    parts: [{ status: { state: "awaiting-result" } }],
  });
  app.actions.goOn(app.leaf(0).id);
  (await relay.next()).head().text("Sunny.").finish();
  await app.settled();
  expect(app.calls().map(({ status }) => status.state)).toEqual(["answered", "answered", "answered"]);
});
