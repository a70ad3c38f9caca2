import path from "node:path";

import { test as base, type Page } from "@playwright/test";

import { installWheels } from "../lib/server/demo/install.mjs";
import { serveModel } from "../lib/server/demo/serve.mjs";
import { type App, startApp } from "./app";
import { answerByHand, turnOn } from "./lane-setup";
import { scenarios } from "./scenarios";
import { startUpstream, type Upstream } from "./upstream";

const ROOT = path.join(import.meta.dirname, "..");

/** A key that must never be seen outside the relay. */
export const CANARY = "sk-CANARY-7f3a9c";

export type Llama = {
  readonly url: string;
  readonly stop: () => Promise<void>;
  /** Ends it at once, as a crash would. */
  readonly kill: () => Promise<void>;
};

type WorkerFixtures = {
  /** The scripted upstream, known to the app as vLLM (no key) and as OpenAI (with the canary key). */
  upstream: Upstream;
  /** The real llama.cpp with the small model, known to the app as llama.cpp. */
  llama: Llama;
  app: App;
};

type TestFixtures = {
  /** Every call waits for the test, which answers as a person does. */
  byHand: boolean;
  /** Names of the tools that are on in all lanes. */
  tools: readonly string[];
  /** Opens the app on lanes such as "vllm/plain", with a prompt in the composer. */
  open: (lanes: readonly string[], prompt?: string) => Promise<Page>;
};

/** Starts llama.cpp's own server from the pinned wheels. What is missing is a failure, never a skip. */
export async function startLlama(
  options: { ownTemplate?: boolean; contextTokens?: number; port?: number } = {},
): Promise<Llama> {
  const installed = await installWheels(ROOT);
  if (!installed.ok) throw new Error(`${installed.problem.what} ${installed.problem.next}`);
  const started = await serveModel(ROOT, options);
  if (!started.ok) throw new Error(`${started.problem.what} ${started.problem.next}`);
  const { server } = started;
  const kill = async () => {
    process.kill(server.pid, "SIGKILL");
    await server.exited;
  };
  return { url: server.url, stop: server.stop, kill };
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  upstream: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
    async ({}, use) => {
      const upstream = await startUpstream(scenarios);
      await use(upstream);
      await upstream.close();
    },
    { scope: "worker" },
  ],
  llama: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
    async ({}, use) => {
      const llama = await startLlama();
      await use(llama);
      await llama.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  app: [
    async ({ upstream, llama }, use) => {
      const app = await startApp({
        LLAMA_CPP_URL: `${llama.url}/v1`,
        VLLM_BASE_URL: upstream.baseUrl,
        OPENAI_BASE_URL: upstream.baseUrl,
        OPENAI_API_KEY: CANARY,
        VITRINE_LLAMA: "off",
      });
      await use(app);
      await app.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  byHand: [false, { option: true }],
  tools: [[], { option: true }],
  open: async ({ page, app, byHand, tools }, use) => {
    await use(async (lanes, prompt = "") => {
      const query = new URLSearchParams(lanes.map((lane) => ["lane", lane]));
      if (prompt !== "") query.set("prompt", prompt);
      await page.goto(`${app.url}/?${query}`);
      await page.locator("[data-boot=ready]").waitFor();
      if (byHand) await answerByHand(page);
      if (tools.length > 0) await turnOn(page, tools);
      return page;
    });
  },
});

export { expect } from "@playwright/test";
