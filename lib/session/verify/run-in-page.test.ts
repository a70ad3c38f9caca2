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

beforeEach(async () => {
  relay = await startRelay();
  app = await startTestApp({ fetch: relay.fetch });
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
  const going = runInPage(app).begin(run, {
    budgetTokens,
    onRun: () => undefined,
    onRefused: (why) => void refused.push(why),
    onTrial: (_runId, trial, tape) => void trials.push({ trial, tape }),
  });
  return { going, trials, refused };
}

/** Answers so many requests, one after the other, and returns how many waited at once at most. */
async function answer(count: number): Promise<number> {
  let most = 0;
  for (let nth = 0; nth < count; nth += 1) {
    const exchange = await relay.next();
    most = Math.max(most, 1 + relay.waiting());
    exchange.head().text("Olá!").finish();
    await exchange.closed;
  }
  return most;
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
    const { going } = begin(newRun([buildLane("vllm/m", facts)], 2));
    const exchange = await relay.next();
    going.pause();
    exchange.head().text("Olá!").finish();
    await exchange.closed;
    going.goOn();
    await answer(1);
    expect((await going.ended).trials.length).toBe(2);
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
    expect(relay.waiting()).toBe(0);
  });
});

describe("the requests that run at once", () => {
  const most = async (label: string, repetitions: number, slots?: number) => {
    if (slots !== undefined) relay.answer("/api/llama/props", () => props(slots));
    const { going } = begin(newRun([buildLane(label, facts)], repetitions));
    const held = [];
    // All that the run sends before anything is answered.
    const atOnce = label.startsWith("vllm") ? 1 : label.startsWith("groq") ? 2 : Math.min(4, slots ?? 1);
    for (let nth = 0; nth < atOnce; nth += 1) held.push(await relay.next());
    const others = relay.waiting();
    for (const exchange of held) exchange.head().text("Olá!").finish();
    const later = await answer(repetitions - atOnce);
    await going.ended;
    return [held.length + others, later <= atOnce];
  };

  it("are one on a server of this machine that says nothing of its slots", async () => {
    expect(await most("vllm/m", 3)).toEqual([1, true]);
  });

  it("are two on a service", async () => {
    app.actions.setKey("groq", null, "sk-pasted");
    expect(await most("groq/m", 4)).toEqual([2, true]);
  });

  it("are as many as a llama-server has slots, and never the last stream of the browser", async () => {
    expect(await most("llamacpp/m", 4, 2)).toEqual([2, true]);
    expect(await most("llamacpp/m", 8, 16)).toEqual([4, true]);
  });
});
