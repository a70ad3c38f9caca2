import { describe, expect, it } from "vitest";
import { createStore } from "zustand/vanilla";

import { buildRecord } from "@/lib/session/__fixtures__/build-record";
import { llamaReply } from "@/lib/session/__fixtures__/test-app";
import type { Images } from "@/lib/session/images/images";
import { type AppState, initialState } from "@/lib/session/store/app-state";
import { emptySetup } from "@/lib/session/store/first-session";
import { WHOLE_FRAME } from "@/lib/session/store/frame-clock";
import { createIds, turnId } from "@/lib/session/store/ids";
import { createKeys } from "@/lib/session/store/keys";
import { createLiveTurns } from "@/lib/session/store/live-turns";
import type { TurnRecord } from "@/lib/session/store/session";
import type { Turn } from "@/lib/stream/turn/turn";

import { createTurnRunner } from "./turn-runner";

const SETUP = emptySetup({ provider: "llamacpp", model: "tiny" });
const REQUEST = { provider: "llamacpp", dialect: "", model: "tiny", endpoint: null };

/** The turn after a run whose images throw while they are read. */
async function runBroken(turn: Turn): Promise<Turn | undefined> {
  const id = turnId("turn");
  const record: TurnRecord = buildRecord({ id, createdAt: 1_000, setup: SETUP, turn });
  const store = createStore<AppState>(() => ({
    ...initialState(),
    servers: { ...initialState().servers, reply: llamaReply },
    turns: new Map([[id, record]]),
  }));
  const images: Images = {
    keep: () => {
      throw new Error("not used");
    },
    read: () => Promise.resolve(null),
    base64: () => Promise.reject(new Error("The image cannot be decoded")),
    release: () => undefined,
  };
  const runner = createTurnRunner({
    store,
    live: createLiveTurns({ request: (draw) => queueMicrotask(() => draw(WHOLE_FRAME)) }),
    platform: {
      clock: { now: () => 70, wall: () => 1_500 },
      random: () => 0.5,
      wait: () => Promise.resolve(true),
      every: () => () => undefined,
      onReturn: () => () => undefined,
    },
    ids: createIds(() => "new-step"),
    keys: createKeys(store),
    consent: { ask: () => Promise.resolve(true), answer: () => undefined },
    queue: { take: () => Promise.resolve(() => undefined) },
    transport: {
      open: () => Promise.reject(new Error("nothing is sent")),
      brokeOff: () => {
        throw new Error("nothing is sent");
      },
    },
    images,
    oneAFrame: (call) => call(),
    hosts: {
      wait: () => Promise.resolve(true),
      now: () => 0,
      javascript: null,
      server: null,
    },
    onTurn: () => undefined,
    onAttempt: () => undefined,
  });
  runner.next(id);
  await runner.settled();
  expect(store.getState().live.size).toBe(0);
  return store.getState().turns.get(id)?.turn;
}

describe("a step that fails before it can be written", () => {
  const shown = {
    id: "new-step",
    request: REQUEST,
    startedAt: 500,
    endedAt: 500,
    status: {
      state: "failed",
      error: {
        source: "app",
        code: "BUG",
        message: "A bug in Vitrine stopped this step. Retry. If it happens again, reload the page.",
        detail: expect.stringContaining("The image cannot be decoded"),
      },
    },
  };

  it("is shown as the turn's first step", async () => {
    expect(await runBroken({ steps: [] })).toMatchObject({ steps: [shown] });
  });

  it("is shown after the steps that went before", async () => {
    const earlier: Turn["steps"][number] = {
      id: "earlier",
      request: { ...REQUEST, dialect: "chat-completions" },
      status: { state: "done" },
      startedAt: 0,
      sentAt: 1,
      headAt: 2,
      firstTokenAt: 3,
      lastTokenAt: 3,
      endedAt: 4,
      head: null,
      responseId: null,
      responseModel: null,
      promptProgress: null,
      parts: [],
      finish: { unified: "tool-calls", raw: "tool_calls" },
      usage: null,
      costUsd: null,
      timings: null,
      warnings: [],
      retries: [],
    };
    expect(await runBroken({ steps: [earlier] })).toMatchObject({ steps: [earlier, shown] });
  });
});
