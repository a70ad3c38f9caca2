import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** A process of the bench that listens on a loopback port. */
export type Child = { readonly url: string; readonly pid: number; readonly stop: () => Promise<void> };

/** Starts one of the bench's own programs and waits until it has reported its port. */
export async function startChild(file: string, parameters: readonly string[] = []): Promise<Child> {
  const program = path.join(import.meta.dirname, file);
  const child = spawn(process.execPath, ["--import", "tsx", program, ...parameters], {
    cwd: path.join(import.meta.dirname, ".."),
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const exited = once(child, "exit");
  const port = await firstLine(child);
  if (child.pid === undefined || port === null) throw new Error(`${file} did not start`);
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid,
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string | null> {
  let text = "";
  for await (const piece of child.stdout ?? []) {
    text += String(piece);
    if (text.includes("\n")) return text.split("\n")[0] ?? null;
  }
  return null;
}
