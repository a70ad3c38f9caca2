/** The reference server of the protocol's authors, as a process on a free port. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import net from "node:net";
import path from "node:path";

/** Its program. */
export const EVERYTHING = path.join(
  path.dirname(
    createRequire(import.meta.url).resolve("@modelcontextprotocol/server-everything/package.json"),
  ),
  "dist",
  "index.js",
);

export type Everything = {
  readonly url: string;
  readonly port: number;
  readonly stop: () => Promise<void>;
};

/** "streamableHttp", or "sse" for the transport before that. `at`: the port of one that has stopped. */
export async function startEverything(
  transport: "streamableHttp" | "sse",
  at: number | null = null,
): Promise<Everything> {
  const port = at ?? (await freePort());
  const child = spawn(process.execPath, [EVERYTHING, transport], {
    env: { NODE_ENV: "test", PATH: process.env["PATH"], PORT: String(port) },
    stdio: ["ignore", "ignore", "pipe"],
  });
  await saysRunning(child);
  return {
    port,
    url: `http://127.0.0.1:${String(port)}/${transport === "sse" ? "sse" : "mcp"}`,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

function saysRunning(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      log += chunk.toString();
      if (/on port \d+/u.test(log)) resolve();
    });
    child.once("exit", () => reject(new Error(`The server did not start: ${log}`)));
  });
}

/** A port that was free a moment ago: the server takes no 0. */
async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}
