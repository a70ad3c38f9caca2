import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, it } from "vitest";

import { callChunk, type RelayStub, startRelay } from "@/lib/session/__fixtures__/relay-stub";
import { startTestApp, type TestApp } from "@/lib/session/__fixtures__/test-app";
import { laneId } from "@/lib/session/store/ids";
import type { TurnRecord } from "@/lib/session/store/session";
import type { Step } from "@/lib/stream/turn/turn";

import { type PastSetup, pastSetup } from "./past-setup";

const ENDPOINT = { name: "My server", baseUrl: "http://127.0.0.1:9/v1", provider: "openai" };

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

const lane = () => app.lanes()[0]?.id ?? laneId("none");
const settled = () => app.settled();

/** What the steps of a lane's answer say of themselves now. */
function stamps(record: TurnRecord = app.leaf(0)): readonly PastSetup[] {
  return record.turn.steps.map((step) => pastSetup(record, step, app.store.getState().session));
}

/** A step as it was saved before it kept its setup. */
function withoutSetup(step: Step): Step {
  const { setup: _setup, ...request } = step.request;
  return { ...step, request };
}

async function answered(): Promise<void> {
  app.actions.send("Hi", [lane()]);
  (await relay.next()).head().text("Hello").finish();
  await settled();
}

it("an answer says nothing of a setup that is still its lane's, and all that was changed since", async () => {
  app.actions.addEndpoint(ENDPOINT, null);
  app.actions.changeSetup(lane(), {
    provider: "openai",
    endpoint: ENDPOINT.baseUrl,
    model: "small",
    samplers: { temperature: 0, top_p: 1 },
  });
  await answered();
  app.actions.changeSetup(lane(), { samplers: { top_p: 1, temperature: 0 } });
  expect(stamps()).toMatchObject([{ server: "My server", tools: ["weather"], differing: [] }]);

  app.actions.changeSetup(lane(), {
    provider: "llamacpp",
    endpoint: null,
    model: "large",
    effort: "high",
    samplers: {},
    tools: [],
  });
  app.actions.removeEndpoint(ENDPOINT.baseUrl);
  expect(stamps()).toMatchObject([
    {
      server: "My server",
      tools: ["weather"],
      setup: {
        provider: "openai",
        endpoint: ENDPOINT.baseUrl,
        model: "small",
        effort: "low",
        samplers: { temperature: 0, top_p: 1 },
      },
      differing: ["provider", "endpoint", "model", "effort", "samplers", "tools"],
    },
  ]);
});

it("a step that a retry kept says which model and settings made it", async () => {
  app.actions.changeSetup(lane(), { answeredBy: "person" });
  app.actions.send("Weather?", [lane()]);
  (await relay.next())
    .head()
    .data(callChunk("c", "weather", "{}"))
    .finish("tool_calls");
  await settled();
  const { id, turn } = app.leaf(0);
  const call = turn.steps[0]?.parts[0]?.id ?? "";
  app.actions.answerCall(
    { turnId: id, stepId: turn.steps[0]?.id ?? "", partId: call },
    { output: "22", isError: false, origin: { by: "typed" } },
  );
  (await relay.next()).head().fail({ code: "UPSTREAM_CUT", retryable: false });
  await settled();
  app.actions.changeSetup(lane(), { model: "large", effort: "high" });
  app.actions.retry(id);
  (await relay.next()).head().text("22").finish();
  await settled();
  expect(stamps()).toMatchObject([
    { setup: { model: "tiny", effort: "low" }, differing: ["model", "effort"] },
    { setup: { model: "large", effort: "high" }, differing: [] },
  ]);
});

it("what made an answer is saved and exported with it", async () => {
  await answered();
  app.actions.changeSetup(lane(), { effort: "high" });
  const before = stamps();
  expect(before).toMatchObject([{ setup: { effort: "low" }, differing: ["effort"] }]);
  app.saveNow();
  await app.until(() => app.store.getState().saveState.state === "saved");
  const loaded = await app.database.load(app.store.getState().session.id);
  expect(loaded?.turns).toEqual([app.leaf(0)]);
  await app.actions.importSession(await app.exported());
  expect(stamps()).toEqual(before);
});

it("an answer saved without its setup says what its request and its turn say", async () => {
  await answered();
  const record = app.leaf(0);
  const old = { ...record, turn: { steps: record.turn.steps.map(withoutSetup) } };
  app.actions.changeSetup(lane(), { model: "large", effort: "high" });
  expect(stamps(old)).toMatchObject([
    { server: "llama.cpp", setup: { model: "tiny", effort: "low" }, differing: ["model", "effort"] },
  ]);
});
