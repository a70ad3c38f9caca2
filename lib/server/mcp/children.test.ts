import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

import { afterAll, expect, it, vi } from "vitest";

import { childPids } from "./children";

const children: ChildProcess[] = [];
afterAll(() => children.forEach((child) => child.kill("SIGKILL")));

async function start(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  children.push(child);
  await once(child, "spawn");
  return child;
}

it("the programs that still run are ended with Vitrine, and no other process is", async () => {
  const listen = vi.spyOn(process, "once");
  const [running, closed] = [await start(), await start()];
  childPids.add(running.pid ?? null);
  childPids.add(closed.pid ?? null);
  childPids.add(null);
  childPids.delete(closed.pid ?? null);
  const [, atExit] = listen.mock.calls.find(([event]) => event === "exit") ?? [];
  const kill = vi.spyOn(process, "kill");
  atExit?.();
  expect(kill.mock.calls).toEqual([[running.pid, "SIGTERM"]]);
  expect(await once(running, "exit")).toEqual([null, "SIGTERM"]);
  // One that has ended by itself in the meantime is no error.
  expect(() => atExit?.()).not.toThrow();
});
