import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { expect, it } from "vitest";

const MODULE = pathToFileURL(path.join(import.meta.dirname, "watch-starter.mjs")).href;
const SCRIPT = `
  const { watchStarter } = await import("${MODULE}");
  watchStarter().onGone(() => { console.log("gone"); process.exit(); });
  console.log("watching");
  setInterval(() => {}, 1000);`;

/** A script behind the shell that npm puts between, and npm (here another shell) behind that. */
function startAsNpmDoes(): ChildProcess {
  // Linux's sh waits for a command, others make way for it: a second command makes any shell wait.
  const more = process.platform === "linux" ? "; true" : "";
  const shell = `sh -c '"$NODE" --input-type=module -e "$SCRIPT"${more}' & wait`;
  const env = { ...process.env, NODE: process.execPath, SCRIPT, npm_lifecycle_event: "start" };
  return spawn("sh", ["-c", shell], { env, stdio: ["ignore", "pipe", "inherit"] });
}

async function nextLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("stdout is a pipe");
  const [bytes] = await once(child.stdout, "data");
  return String(bytes).trim();
}

it.each(["SIGTERM", "SIGKILL"] as const)(
  "the watch reports to a script that npm is gone after %s",
  async (signal) => {
    const npm = startAsNpmDoes();
    expect(await nextLine(npm)).toBe("watching");
    npm.kill(signal);
    expect(await nextLine(npm)).toBe("gone");
  },
);
