/** This process's demo model, with the real installer and server. */
import path from "node:path";
import { pathToFileURL } from "node:url";

import { llamaCpp } from "@/lib/providers/presets/llama-cpp";
import { environment } from "@/lib/server/environment";
import { shared } from "@/lib/server/shared";

import { projectRoot } from "../project-root.mjs";
import { type DemoMachine, createDemoModel, demoModelOff } from "./demo-model";
import type * as Demo from "./demo.mjs";

/** The one demo model of this process. Nothing runs before `start`; the first caller's `onReady` counts. */
export function ownDemoModel(onReady: (baseUrl: string) => void): Promise<DemoMachine> {
  return shared("demo-model", () => create(onReady));
}

async function create(onReady: (baseUrl: string) => void): Promise<DemoMachine> {
  const { demoModel, baseUrlOf } = environment();
  if (!demoModel) return demoModelOff("Switched off by VITRINE_LLAMA=off.");
  if (baseUrlOf(llamaCpp) !== null) {
    return demoModelOff(`${llamaCpp.baseUrlEnv} is set: Vitrine uses that server.`);
  }
  const root = projectRoot();
  const { installWheels, serveModel, areWheelsInstalled, downloadBytes, platformName } = await loadDemo(root);
  const totalBytes = downloadBytes();
  if (totalBytes === null) {
    return demoModelOff(
      `There is no prebuilt llama.cpp for ${platformName()}. Start any server, or set a key.`,
    );
  }
  return createDemoModel({
    now: () => performance.now(),
    totalBytes,
    isInstalled: () => areWheelsInstalled(root),
    install: (onProgress) => installWheels(root, onProgress),
    serve: () => serveModel(root),
    onReady,
  });
}

/**
 * Its modules run as they are, from the project's folder. Bundled, their files and programs would be looked
 * for beside the bundle, and the bundler would take the whole project along.
 */
async function loadDemo(root: string): Promise<typeof Demo> {
  const file = path.join(/* turbopackIgnore: true */ root, "lib", "server", "demo", "demo.mjs");
  return import(/* turbopackIgnore: true */ pathToFileURL(file).href);
}
