import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { afterAll, beforeAll, expect, it } from "vitest";

const MODULE = pathToFileURL(path.join(import.meta.dirname, "serve.mjs")).href;

/** Stands in for Next's program: reports its process id, and prints a last line when it is ended. */
const SERVER = `
  for (const signal of ["SIGHUP", "SIGTERM", "SIGINT"]) {
    process.on(signal, () => setTimeout(() => { console.log("last words after " + signal); process.exit(0); }, 50));
  }
  console.log(process.pid);
  setInterval(() => {}, 1000);`;

const root = mkdtempSync(path.join(tmpdir(), "vitrine-serve-"));
beforeAll(() => {
  const folder = path.join(root, "node_modules", "next", "dist", "bin");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "next"), SERVER);
});
afterAll(() => rmSync(root, { recursive: true }));

/** A process that serves as `npm start` does, once its server is up. */
async function start(): Promise<{ readonly starter: ChildProcess; readonly server: number }> {
  const script = `
    const { serve } = await import("${MODULE}");
    const options = { host: "127.0.0.1", port: 1, starter: { onGone: () => {} } };
    const { exited, showOutput } = serve(${JSON.stringify(root)}, options);
    showOutput();
    process.exitCode = await exited;`;
  const starter = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (starter.stdout === null) throw new Error("stdout is a pipe");
  const [line] = await once(starter.stdout, "data");
  return { starter, server: Number(String(line)) };
}

/** What a process wrote from now on, and its exit code. */
async function ending(child: ChildProcess): Promise<readonly [string, unknown]> {
  let text = "";
  const keep = (piece: Buffer) => (text += piece.toString());
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const [code] = await once(child, "close");
  return [text, code];
}

it.each(["SIGHUP", "SIGTERM", "SIGINT"] as const)(
  "the starter hands %s on, and waits for the server's last words",
  async (signal) => {
    const { starter } = await start();
    const ended = ending(starter);
    starter.kill(signal);
    expect(await ended).toEqual([`last words after ${signal}\n`, 0]);
  },
);

it("the starter reports in one line that the server was killed", async () => {
  const { starter, server } = await start();
  const ended = ending(starter);
  process.kill(server, "SIGKILL");
  expect(await ended).toEqual(["Vitrine's server was killed (SIGKILL). Run npm start again.\n", 1]);
});
