import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { callChunk, chunkOf, type RelayStub, startRelay } from "@/lib/session/__fixtures__/relay-stub";
import { startTestApp, type TestApp } from "@/lib/session/__fixtures__/test-app";
import { laneId } from "@/lib/session/store/ids";
import { add } from "@/lib/tools/runners/add";
import type { ToolRunResult } from "@/lib/tools/runners/runner";

let relay: RelayStub;
let app: TestApp;

beforeEach(async () => {
  relay = await startRelay();
  app = await startTestApp({ fetch: relay.fetch });
});

afterEach(async () => {
  vi.restoreAllMocks();
  app.actions.stopAll();
  app.end();
  await relay.close();
});

const lane = (index: number) => app.lanes()[index]?.id ?? laneId("none");

/** Every tool waits for a person from now on. */
function approveEach(): void {
  for (const tool of app.store.getState().person.tools) app.actions.saveTool({ ...tool, approval: "each" });
}

/** One lane answers with a call of the weather tool, which waits for a person. */
async function callWeather(): Promise<{ turn: ReturnType<TestApp["leaf"]>; stepId: string; partId: string }> {
  approveEach();
  app.actions.send("Weather?", [lane(0)]);
  const exchange = await relay.next();
  exchange
    .head()
    .data(callChunk("call_1", "weather", '{"location":"Florence"}'))
    .finish("tool_calls");
  await app.settled();
  return { turn: app.leaf(0), stepId: app.steps()[0]?.id ?? "", partId: app.calls()[0]?.id ?? "" };
}

describe("send", () => {
  it("asks all lanes at once as one row", async () => {
    app.actions.setDraft("Hi");
    app.actions.send("Hi", "all");
    const [first, second] = [await relay.next(), await relay.next()];
    first.head().text("one").finish();
    second.head().text("two").finish();
    await app.settled();
    const { session } = app.store.getState();
    expect([session.name, session.draft]).toEqual(["Hi", ""]);
    expect(app.leaf(0).promptId).toBe(app.leaf(1).promptId);
    expect(app.leaf(0).createdAt).toBe(app.leaf(1).createdAt);
  });

  it("settles answers that end together when their frames come, whole, and counts them as live until then", async () => {
    app.end();
    const frames: (() => void)[] = [];
    app = await startTestApp({ fetch: relay.fetch, oneAFrame: (settle) => frames.push(settle) });
    app.actions.send("Hi", "all");
    const [first, second] = [await relay.next(), await relay.next()];
    first.head().text("one").finish();
    second.head().text("two").finish();
    await vi.waitFor(() => expect(frames).toHaveLength(2));
    expect(app.store.getState().live.size).toBe(2);
    frames[0]?.();
    expect(app.store.getState().live.size).toBe(1);
    frames[1]?.();
    expect(app.store.getState().live.size).toBe(0);
    expect(app.steps().flatMap((step) => step.parts)).toMatchObject([{ text: "one" }]);
    expect(app.steps(1).flatMap((step) => step.parts)).toMatchObject([{ text: "two" }]);
  });

  it("marks turns that streamed from one server at the same time", async () => {
    app.actions.send("Hi", "all");
    const [first, second] = [await relay.next(), await relay.next()];
    first.head().text("one").finish();
    second.head().text("two").finish();
    await app.settled();
    expect([app.leaf(0).sharedServer, app.leaf(1).sharedServer]).toEqual([true, true]);
  });

  it("runs the lanes of one server one after another when the session says so", async () => {
    app.actions.setSequential(true);
    app.actions.send("Hi", "all");
    const first = await relay.next();
    await app.until(() => JSON.stringify(app.steps(1)[0]?.status) === '{"state":"queued","behind":"server"}');
    expect(relay.waiting()).toBe(0);
    first.head().text("one").finish();
    const second = await relay.next();
    second.head().text("two").finish();
    await app.settled();
    expect([app.leaf(0).sharedServer, app.leaf(1).sharedServer]).toEqual([false, false]);
  });

  it("says in the lane what is missing, and what to do", async () => {
    app.actions.setLinked(lane(0), "model", false);
    app.actions.setLinked(lane(1), "model", false);
    app.actions.changeSetup(lane(0), { model: "" });
    app.actions.changeSetup(lane(1), { provider: "groq", model: "kimi" });
    app.actions.send("Hi", "all");
    await app.settled();
    expect(app.steps(0)[0]?.status).toMatchObject({
      state: "failed",
      error: { source: "app", code: "NO_MODEL" },
    });
    expect(app.steps(1)[0]?.status).toMatchObject({
      state: "failed",
      error: { source: "app", code: "NO_KEY" },
    });
    expect(relay.waiting()).toBe(0);
  });

  it("leaves a lane that still answers alone and says so there", async () => {
    app.actions.send("Hi", [lane(0)]);
    const first = await relay.next();
    app.actions.send("More", "all");
    const second = await relay.next();
    first.head().text("one").finish();
    second.head().text("two").finish();
    await app.settled();
    expect([app.leaf(0).prompt, app.leaf(1).prompt]).toEqual(["Hi", "More"]);
    expect([...app.store.getState().laneNotices.keys()]).toEqual([lane(0)]);
  });
});

it("figures of a live answer count real time, whatever the wall clock is set to", async () => {
  app.actions.send("Hi", [lane(0)]);
  const exchange = await relay.next();
  exchange.head().text("one");
  await app.until(() => app.steps()[0]?.parts.length === 1);
  const { id } = app.leaf(0);
  app.pass(2_000);
  app.jump(3 * 3_600_000);
  expect(app.live.elapsed(id)).toBe(2_000);
  app.jump(-4 * 3_600_000);
  app.pass(1_000);
  expect(app.live.elapsed(id)).toBe(3_000);
  exchange.finish();
  await app.settled();
  expect([app.live.elapsed(id), app.steps()[0]?.endedAt]).toEqual([null, 3_000]);
});

describe("tool results", () => {
  it.each([["0"], [""], ["false"]])("take %j for a result and go on by themselves", async (output) => {
    const { turn, stepId, partId } = await callWeather();
    app.pass(30_000);
    app.actions.answerCall(
      { turnId: turn.id, stepId, partId },
      { output, isError: false, origin: { by: "typed" } },
    );
    const next = await relay.next();
    expect(next.chat.body["messages"]).toContainEqual({
      role: "tool",
      tool_call_id: "call_1",
      content: output,
    });
    next.head().text("It is 22 degrees.").finish();
    await app.settled();
    expect(app.steps().map((step) => step.status.state)).toEqual(["done", "done"]);
    expect(app.steps()[1]?.startedAt).toBeGreaterThanOrEqual(30_000);
  });

  it("are waited for until every call of the step has one", async () => {
    approveEach();
    app.actions.send("Both", [lane(0)]);
    const exchange = await relay.next();
    exchange.head().data(callChunk("a", "add", '{"a":2,"b":3}', 0));
    exchange.data(callChunk("b", "multiply", '{"a":2,"b":3}', 1)).finish("tool_calls");
    await app.settled();
    const { id } = app.leaf(0);
    const [first, second] = app.calls();
    app.actions.answerCall(
      { turnId: id, stepId: app.steps()[0]?.id ?? "", partId: first?.id ?? "" },
      { output: "5", isError: false, origin: { by: "page" } },
    );
    expect([app.store.getState().live.size, relay.waiting()]).toEqual([0, 0]);
    app.actions.answerCall(
      { turnId: id, stepId: app.steps()[0]?.id ?? "", partId: second?.id ?? "" },
      { output: "6", isError: false, origin: { by: "page" } },
    );
    (await relay.next()).head().text("5 and 6").finish();
    await app.settled();
    expect(app.steps()).toHaveLength(2);
  });

  it("change nothing once the lane has gone on", async () => {
    const { turn, stepId, partId } = await callWeather();
    app.actions.answerCall(
      { turnId: turn.id, stepId, partId },
      { output: "22", isError: false, origin: { by: "typed" } },
    );
    (await relay.next()).head().text("22").finish();
    await app.settled();
    const before = app.leaf(0);
    app.actions.answerCall(
      { turnId: turn.id, stepId, partId },
      { output: "99", isError: false, origin: { by: "typed" } },
    );
    expect(app.leaf(0)).toBe(before);
  });

  it("can be given on a new branch to a call that was passed over", async () => {
    const { turn, stepId, partId } = await callWeather();
    app.actions.send("Never mind", [lane(0)]);
    (await relay.next()).head().text("Fine.").finish();
    await app.settled();
    const passing = app.leaf(0);
    app.actions.answerCall(
      { turnId: turn.id, stepId, partId },
      { output: "22", isError: false, origin: { by: "typed" } },
    );
    expect(app.calls().length).toBe(0);
    app.actions.answerAgain(turn.id);
    const branch = app.leaf(0);
    expect([branch.promptId, branch.parentId, branch.setup]).toEqual([
      turn.promptId,
      turn.parentId,
      turn.setup,
    ]);
    expect(relay.waiting()).toBe(0);
    app.actions.answerCall(
      { turnId: branch.id, stepId, partId },
      { output: "22", isError: false, origin: { by: "typed" } },
    );
    const next = await relay.next();
    expect(next.chat.body["messages"]).toContainEqual({
      role: "tool",
      tool_call_id: "call_1",
      content: "22",
    });
    next.head().text("It is 22 degrees.").finish();
    await app.settled();
    expect(app.steps().map((step) => step.status.state)).toEqual(["done", "done"]);
    app.actions.showSibling(branch.id, -1);
    expect(app.leaf(0).id).toBe(passing.id);
  });

  it("can be given on a new branch to a call whose tool was still running on the old one", async () => {
    const ended: ((result: ToolRunResult) => void)[] = [];
    vi.spyOn(add, "run").mockReturnValue(new Promise((resolve) => ended.push(resolve)));
    approveEach();
    app.actions.send("Add", [lane(0)]);
    const exchange = await relay.next();
    exchange
      .head()
      .data(callChunk("a", "add", '{"a":2,"b":3}'))
      .finish("tool_calls");
    await app.settled();
    const { id } = app.leaf(0);
    const ref = { stepId: app.steps()[0]?.id ?? "", partId: app.calls()[0]?.id ?? "" };
    const running = app.actions.runCall({ turnId: id, ...ref });
    await app.until(() => app.calls()[0]?.status.state === "running");
    app.actions.send("Never mind", [lane(0)]);
    (await relay.next()).head().text("Fine.").finish();
    await app.settled();
    app.actions.answerAgain(id);
    expect(app.calls()[0]?.status).toMatchObject({ state: "awaiting-result" });
    app.actions.answerCall(
      { turnId: app.leaf(0).id, ...ref },
      { output: "5", isError: false, origin: { by: "typed" } },
    );
    (await relay.next()).head().text("5").finish();
    await app.settled();
    expect(app.steps().map((step) => step.status.state)).toEqual(["done", "done"]);
    for (const end of ended) end({ ok: true, output: "5" });
    await running;
  });

  it("survive a retry of the step after them, and the failed answer does not", async () => {
    const { turn, stepId, partId } = await callWeather();
    app.actions.answerCall(
      { turnId: turn.id, stepId, partId },
      { output: "22", isError: false, origin: { by: "typed" } },
    );
    (await relay.next()).head().text("It i").fail({ code: "UPSTREAM_CUT" });
    await app.settled();
    app.actions.retry(turn.id);
    const again = await relay.next();
    expect(JSON.stringify(again.chat.body["messages"])).toContain('"content":"22"');
    again.head().text("It is 22.").finish();
    await app.settled();
    expect(app.leaf(0).id).not.toBe(turn.id);
    expect(app.steps().map((step) => step.status.state)).toEqual(["done", "done"]);
    expect(JSON.stringify(app.steps())).not.toContain('"It i"');
    expect(app.turn(turn.id).steps.map((step) => step.status.state)).toEqual(["done", "failed"]);
  });
});

describe("branches", () => {
  it("a retry from a step keeps the steps before it with their results, whatever came after", async () => {
    const { turn, stepId, partId } = await callWeather();
    app.actions.answerCall(
      { turnId: turn.id, stepId, partId },
      { output: "22", isError: false, origin: { by: "typed" } },
    );
    (await relay.next()).head().text("It is 22.").finish();
    await app.settled();
    const [first, second] = app.steps();
    app.actions.retryFrom(turn.id, second?.id ?? "");
    const again = await relay.next();
    expect(JSON.stringify(again.chat.body["messages"])).toContain('"content":"22"');
    again.head().text("Twenty-two.").finish();
    await app.settled();
    expect(app.leaf(0).id).not.toBe(turn.id);
    expect(app.steps()[0]).toEqual(first);
    expect(JSON.stringify(app.steps()[1])).toContain("Twenty-two.");
    expect(JSON.stringify(app.turn(turn.id))).toContain("It is 22.");
  });

  it("a retry from the first step begins anew", async () => {
    const { turn, stepId } = await callWeather();
    app.actions.retryFrom(turn.id, stepId);
    (await relay.next()).head().text("No call.").finish();
    await app.settled();
    expect(app.steps()).toHaveLength(1);
    expect(app.calls()).toEqual([]);
  });

  it("a retry is a sibling with the same prompt, and the arrows lead back", async () => {
    app.actions.send("Hi", [lane(0)]);
    (await relay.next()).head().text("one").finish();
    await app.settled();
    const first = app.leaf(0);
    app.actions.retry(first.id);
    (await relay.next()).head().text("two").finish();
    await app.settled();
    const second = app.leaf(0);
    expect([second.promptId, second.parentId]).toEqual([first.promptId, first.parentId]);
    app.actions.showSibling(second.id, -1);
    expect(app.leaf(0).id).toBe(first.id);
    app.actions.showSibling(first.id, 1);
    expect(app.leaf(0).id).toBe(second.id);
  });

  it("an edited prompt is a new row in every lane that had the old one", async () => {
    app.actions.send("Hi", "all");
    for (let index = 0; index < 2; index += 1) (await relay.next()).head().text("one").finish();
    await app.settled();
    const before = app.leaf(0);
    app.actions.editPrompt(before.promptId, "Hello");
    for (let index = 0; index < 2; index += 1) (await relay.next()).head().text("two").finish();
    await app.settled();
    expect([app.leaf(0).prompt, app.leaf(1).prompt]).toEqual(["Hello", "Hello"]);
    expect(app.leaf(0).promptId).toBe(app.leaf(1).promptId);
    expect(app.leaf(0).promptId).not.toBe(before.promptId);
  });

  it("a cloned lane continues its copy of the branch on its own", async () => {
    app.actions.send("Hi", [lane(0)]);
    (await relay.next()).head().text("one").finish();
    await app.settled();
    app.actions.cloneLane(lane(0));
    expect([app.lanes().length, app.leaf(1).prompt, app.leaf(1).laneId]).toEqual([3, "Hi", lane(1)]);
    app.actions.send("And?", [lane(1)]);
    (await relay.next()).head().text("two").finish();
    await app.settled();
    expect([app.leaf(0).prompt, app.leaf(1).prompt]).toEqual(["Hi", "And?"]);
  });
});

describe("lanes", () => {
  it("a closed lane stops and comes back with its turns", async () => {
    app.actions.send("Hi", "all");
    const first = await relay.next();
    const second = await relay.next();
    const closed = lane(0);
    app.actions.closeLane(closed);
    await app.until(() => app.store.getState().live.size === 1);
    app.actions.restoreLane();
    expect([lane(0), app.steps(0)[0]?.status.state]).toEqual([closed, "stopped"]);
    for (const exchange of [first, second]) exchange.head().text("x").finish();
    await app.settled();
  });

  it("a closed lane leaves the memory once it is saved, and comes back from where it was saved", async () => {
    app.actions.send("Hi", "all");
    for (const exchange of [await relay.next(), await relay.next()]) exchange.head().text("kept").finish();
    await app.settled();
    const closed = app.leaf(0);
    app.actions.closeLane(closed.laneId);
    await app.until(() => !app.store.getState().turns.has(closed.id));
    app.actions.restoreLane();
    await app.until(() => lane(0) === closed.laneId);
    expect(app.leaf(0)).toEqual(closed);
    expect(app.store.getState().undo.closed).toEqual([]);
  });
});

describe("end thinking", () => {
  it("asks llama.cpp with the answer's own id, and says when it refuses", async () => {
    const asked: unknown[] = [];
    relay.answer("/api/llama/control", (body) => {
      asked.push(body);
      return { success: false, message: "no active completion for this id" };
    });
    app.actions.send("Hi", [lane(0)]);
    const exchange = await relay.next();
    exchange.head().data(chunkOf({ reasoning_content: "Hm" }));
    await app.until(() => app.steps()[0]?.responseId === "chatcmpl-1");
    await app.actions.endThinking(app.leaf(0).id);
    expect(asked).toEqual([{ provider: "llamacpp", id: "chatcmpl-1" }]);
    expect(app.store.getState().notices.map((notice) => notice.text)).toEqual([
      "Thinking was not ended: no active completion for this id",
    ]);
    exchange.finish();
    await app.settled();
  });
});

describe("readThought", () => {
  it("makes a thought of the text before a lone closing tag and leaves it out of the next request", async () => {
    app.actions.send("Hi", [lane(0)]);
    const first = await relay.next();
    first.head().text("Hm.</think>Hello").finish();
    await app.settled();
    const { id } = app.leaf(0);
    app.actions.readThought(id, app.steps()[0]?.id ?? "", app.steps()[0]?.parts[0]?.id ?? "");
    expect(app.steps()[0]?.parts).toMatchObject([
      { type: "reasoning", text: "Hm.", tags: { open: "", close: "</think>" } },
      { type: "text", text: "Hello" },
    ]);
    app.actions.send("And?", [lane(0)]);
    const second = await relay.next();
    second.head().text("Yes").finish();
    await app.settled();
    expect(app.leaf(0).notes).toContain("Thoughts read from tags are not sent back.");
  });
});

describe("a clone of a lane that is answering", () => {
  it("has everything so far, cut off where it was, and the lane goes on", async () => {
    app.actions.send("Hi", [lane(0)]);
    const exchange = await relay.next();
    exchange.head().text("Half");
    await app.until(() => app.steps()[0]?.parts.length === 1);
    app.actions.cloneLane(lane(0));
    exchange.text(" and half").finish();
    await app.settled();
    expect(app.steps()).toMatchObject([{ status: { state: "done" }, parts: [{ text: "Half and half" }] }]);
    expect(app.steps(1)).toMatchObject([
      {
        status: {
          state: "truncated",
          error: {
            code: "INTERRUPTED",
            message:
              "This is a copy of an answer that was still running. It holds what had arrived. Retry runs it again.",
          },
        },
        parts: [{ text: "Half" }],
      },
    ]);
  });
});
