import path from "node:path";

import { type Browser, chromium } from "@playwright/test";

import { type App, startApp } from "../e2e/app";
import { findOrInstallChromium } from "../scripts/find-chromium.mjs";
import { ensureBuild } from "../scripts/start/prepare.mjs";
import { type Child, startChild } from "./child";
import type { Answered } from "./upstream/answered";

/** Everything that is measured, running: the scripted upstream, the floor, the production build, a browser. */
export type Lab = {
  readonly upstream: Child & {
    /** What was sent since the last `forget`. */
    readonly answers: () => Promise<readonly Answered[]>;
    readonly forget: () => Promise<void>;
    /** Lets the probes that wait go on. */
    readonly goOn: () => Promise<void>;
  };
  readonly floor: Child;
  readonly app: App;
  readonly browser: Browser;
  readonly stop: () => Promise<void>;
};

const ROOT = path.join(import.meta.dirname, "..");

/** Builds if the build is stale, then starts everything on free loopback ports. */
export async function openLab(): Promise<Lab> {
  if (!(await ensureBuild(ROOT))) throw new Error("The build failed.");
  const child = await startChild("upstream/main.ts");
  const floor = await startChild("floor/main.ts", [child.url]);
  const app = await startApp({
    VLLM_BASE_URL: `${child.url}/v1`,
    VITRINE_LLAMA: "off",
    VITRINE_MAX_ANSWERS: "64",
  });
  const browser = await launch();
  const call = async (method: string, where: string) => (await fetch(child.url + where, { method })).json();
  return {
    upstream: {
      ...child,
      answers: () => call("GET", "/answers"),
      forget: () => call("DELETE", "/answers"),
      goOn: () => call("POST", "/go"),
    },
    floor,
    app,
    browser,
    stop: async () => {
      await browser.close();
      await app.stop();
      await floor.stop();
      await child.stop();
    },
  };
}

function launch(): Promise<Browser> {
  const found = findOrInstallChromium();
  return chromium.launch({
    ...(found === null ? {} : { executablePath: found.path }),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      "--enable-precise-memory-info",
    ],
  });
}
