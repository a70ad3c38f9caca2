import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import type { Page } from "@playwright/test";

import { EVERYTHING, type Everything, startEverything } from "@/lib/server/mcp/__fixtures__/everything";

import { type App, startApp } from "./app";
import { test as base } from "./fixtures";
import { obedient } from "./mcp-page";

/** The built app with a configuration of its own, and the reference server over HTTP. */
export type Mcp = {
  readonly app: App;
  readonly everything: Everything;
  /** The process of the server that the configuration names, as it was last started. */
  readonly programPid: () => number;
};

/** `lab` opens a lane whose model calls what its prompt names. */
export const test = base.extend<{ lab: (lane?: string) => Promise<Page> }, { mcp: Mcp }>({
  mcp: [
    async ({ upstream }, use) => {
      const folder = await mkdtemp(path.join(os.tmpdir(), "vitrine-e2e-mcp-"));
      const pidFile = path.join(folder, "pid");
      // Says which process it is before it serves.
      const script = `require("node:fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); process.argv[2] = "stdio"; import(${JSON.stringify(EVERYTHING)});`;
      const config = path.join(folder, "vitrine.mcp.json");
      const mcpServers = { everything: { command: process.execPath, args: ["-e", script] } };
      await writeFile(config, JSON.stringify({ mcpServers }));
      upstream.script("obedient", obedient);
      const everything = await startEverything("streamableHttp");
      const app = await startApp({
        VLLM_BASE_URL: upstream.baseUrl,
        VITRINE_LLAMA: "off",
        VITRINE_MCP: config,
      });
      await use({ app, everything, programPid: () => Number(readFileSync(pidFile, "utf8")) });
      await app.stop();
      await everything.stop();
      await rm(folder, { recursive: true });
    },
    { scope: "worker", timeout: 120_000 },
  ],
  lab: async ({ page, mcp }, use) => {
    await use(async (lane = "vllm/obedient") => {
      await page.goto(`${mcp.app.url}/?${new URLSearchParams({ lane })}`);
      await page.locator("[data-boot=ready]").waitFor();
      return page;
    });
  },
});

export { expect } from "@playwright/test";
