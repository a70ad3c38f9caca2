import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { plainSetup } from "@/lib/providers/plain-setup";
import { type RelayStub, startRelay } from "@/lib/session/__fixtures__/relay-stub";
import { startTestApp, type TestApp } from "@/lib/session/__fixtures__/test-app";
import { createIds } from "@/lib/session/store/ids";
import { openRecording } from "@/lib/session/tape/open-recording";
import { buildCase, buildLane, buildRun, buildSuite } from "@/lib/verify/__fixtures__/build-run";
import type { Trial } from "@/lib/verify/trial";
import type { VerifyLane, VerifyRun } from "@/lib/verify/verify-run";

import { runInPage } from "./run-in-page";

let relay: RelayStub;
let app: TestApp;
/** Requests to models that left the page. */
let sent: number;

beforeEach(async () => {
  relay = await startRelay();
  sent = 0;
  app = await startTestApp({
    fetch: (input, init) => {
      if (input === "/api/chat") sent += 1;
      return relay.fetch(input, init);
    },
  });
});
afterEach(async () => {
  app.end();
  await relay.close();
});

const facts = { before: null, after: null };

function newRun(lanes: readonly VerifyLane[], repetitions: number): VerifyRun {
  return buildRun({
    endedAt: null,
    repetitions,
    suite: buildSuite([buildCase({ id: "W1" })]),
    lanes,
  });
}

type Ended = { readonly trial: Trial; readonly tape: string | null };

/** Begins the run, and keeps what it says. */
function begin(run: VerifyRun, budgetTokens: number | null = null) {
  const trials: Ended[] = [];
  const refused: string[] = [];
  const began: number[] = [];
  const going = runInPage(app).begin(run, {
    budgetTokens,
    onBegin: ({ repetition }) => void began.push(repetition),
    onRun: () => undefined,
    onRefused: (why) => void refused.push(why),
    onTrial: (_runId, trial, tape) => void trials.push({ trial, tape }),
  });
  return { going, trials, refused, began };
}

/** Answers so many requests, one after the other. */
async function answer(count: number): Promise<void> {
  for (let nth = 0; nth < count; nth += 1) {
    const exchange = await relay.next();
    exchange.head().text("Olá!").finish();
    await exchange.closed;
  }
}

/** What a llama-server says of itself. */
const props = (slots: number) => ({
  contextLength: 4096,
  slots,
  build: "b1",
  model: "tiny.gguf",
  quantization: "Q8_0",
  templateHash: "0a1b2c3d4e5f",
  router: false,
  vision: false,
  caps: {},
});

describe("a run in the page", () => {
  it("asks through the page's server with the pasted key, and each trial ends with its tape", async () => {
    app.actions.setKey("vllm", null, "sk-pasted");
    const run = newRun([buildLane("vllm/m", facts)], 1);
    const { going, trials } = begin(run);
    const exchange = await relay.next();
    expect(exchange.headers["x-vitrine-key"]).toBe("sk-pasted");
    expect(exchange.chat).toMatchObject({ provider: "vllm", body: { model: "m", stream: true } });
    exchange.head().text("Olá!").finish();
    const ended = await going.ended;
    expect(ended).toMatchObject({ voided: null, endedAt: expect.any(Number), lanes: [facts] });
    expect(ended.trials).toEqual(trials.map(({ trial }) => trial));
    const [{ trial, tape } = expect.unreachable("A trial has ended")] = trials;
    expect(trial).toMatchObject({ key: { caseId: "W1" }, verdict: { verdict: "pass" } });
    expect(tape).not.toContain("sk-pasted");
    const opened = openRecording("trial.tape", new TextEncoder().encode(tape ?? ""), {
      ids: createIds(() => crypto.randomUUID()),
      now: 1,
    });
    expect(opened.ok).toBe(true);
  });

  it("keeps what a llama-server said before and after, and is void where that changed", async () => {
    let build = "b1";
    relay.answer("/api/llama/props", () => ({ ...props(1), build }));
    const { going } = begin(newRun([buildLane("llamacpp/m", facts)], 1));
    const exchange = await relay.next();
    build = "b2";
    exchange.head().text("Olá!").finish();
    const ended = await going.ended;
    expect(ended.lanes[0]).toMatchObject({ before: { build: "b1" }, after: { build: "b2" } });
    expect(ended.voided).toBe("llamacpp/m is not the server it was: build b1 became b2.");
  });

  it("keeps what the list of a service says of the model", async () => {
    app.actions.setKey("groq", null, "sk-pasted");
    relay.answer("/api/models", () => ({
      models: [{ id: "m", contextLength: 200_000, note: null, efforts: ["low", "high"] }],
    }));
    const { going } = begin(newRun([buildLane("groq/m", facts)], 1));
    await answer(1);
    const said = { model: "m", contextTokens: 200_000, readsEffort: true, efforts: ["low", "high"] };
    expect((await going.ended).lanes[0]).toMatchObject({ before: said, after: said });
  });

  it("that is stopped has no verdict of the trial that ran, and goes on with it", async () => {
    const run = newRun([buildLane("vllm/m", facts)], 2);
    const { going } = begin(run);
    await answer(1);
    const exchange = await relay.next();
    going.stop();
    const stopped = await going.ended;
    expect(await exchange.broken).toBe(true);
    expect(stopped).toMatchObject({ endedAt: null, trials: [{ key: { repetition: 0 } }] });
    const again = begin(stopped);
    await answer(1);
    expect((await again.going.ended).trials.map(({ key }) => key.repetition)).toEqual([0, 1]);
  });

  it("that is paused begins no trial until it goes on", async () => {
    const { going, began } = begin(newRun([buildLane("vllm/m", facts)], 2));
    const exchange = await relay.next();
    expect(began).toEqual([0]);
    going.pause();
    exchange.head().text("Olá!").finish();
    await exchange.closed;
    going.goOn();
    await answer(1);
    expect((await going.ended).trials.length).toBe(2);
    expect(began).toEqual([0, 1]);
  });

  it("begins no trial once its budget is spent", async () => {
    const { going } = begin(newRun([buildLane("vllm/m", facts)], 3), 1);
    await answer(1);
    expect(await going.ended).toMatchObject({ endedAt: null, trials: [{ key: { repetition: 0 } }] });
  });

  it("sends nothing to a server that is not the person's own, unless it is allowed", async () => {
    const endpoint = "https://else.example/v1";
    const setup = { ...plainSetup({ provider: "vllm", model: "m" }), endpoint };
    const { going, refused } = begin(newRun([buildLane("vllm/m", { ...facts, setup })], 1));
    await app.until(() => app.store.getState().question !== null);
    app.page.answerQuestion(false);
    expect((await going.ended).trials).toEqual([]);
    expect(refused).toEqual([
      `Nothing was sent: ${endpoint} is not one of your servers, and you did not allow it.`,
    ]);
    expect(sent).toBe(0);
  });
});

/** Requests that such a run sends before the first is answered. */
async function atOnce(label: string, repetitions: number): Promise<number> {
  sent = 0;
  const { going } = begin(newRun([buildLane(label, facts)], repetitions));
  const first = await relay.next();
  const before = sent;
  first.head().text("Olá!").finish();
  await answer(repetitions - 1);
  await going.ended;
  return before;
}

describe("the requests that run at once", () => {
  it("are one on a server of this machine that says nothing of its slots", async () => {
    expect(await atOnce("vllm/m", 3)).toBe(1);
  });

  it("are two on a service", async () => {
    app.actions.setKey("groq", null, "sk-pasted");
    expect(await atOnce("groq/m", 4)).toBe(2);
  });

  it("are as many as a llama-server has slots, and never the last stream of the browser", async () => {
    for (const [slots, expected] of [
      [2, 2],
      [16, 4],
    ] as const) {
      relay.answer("/api/llama/props", () => props(slots));
      expect(await atOnce("llamacpp/m", 8)).toBe(expected);
    }
  });
});
