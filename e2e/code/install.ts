import path from "node:path";

import type { TestProject } from "vitest/node";

import { installRuntimes } from "../../scripts/runtimes/install-runtimes.mjs";

declare module "vitest" {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- an interface is what can be added to
  interface ProvidedContext {
    readonly runtimes: Awaited<ReturnType<typeof installRuntimes>>;
  }
}

/** Once before all tests: what they run programs with. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide("runtimes", await installRuntimes(path.join(import.meta.dirname, "../..")));
}
