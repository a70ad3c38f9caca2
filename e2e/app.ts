import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import path from "node:path";

/** The production build, served on a free loopback port for one set of environment variables. */
export type App = { readonly url: string; readonly pid: number; readonly stop: () => Promise<void> };

export type AppOptions = {
  /** Node's own options, such as `--inspect=127.0.0.1:9229`. */
  readonly nodeOptions?: readonly string[];
  /** The folder it is started from; the project's own by default. */
  readonly cwd?: string;
  /** The address it listens on. */
  readonly host?: string;
};

const ROOT = path.join(import.meta.dirname, "..");
const START_LIMIT_MS = 60_000;

/** Starts the app. `environment` is all it knows of servers and keys: nothing of the machine's own leaks in. */
export async function startApp(
  environment: Readonly<Record<string, string>>,
  { nodeOptions = [], cwd = ROOT, host = "127.0.0.1" }: AppOptions = {},
): Promise<App> {
  const port = await freePort();
  const url = `http://${host}:${port}`;
  const child = spawn(
    process.execPath,
    [
      ...nodeOptions,
      path.join(ROOT, "node_modules/next/dist/bin/next"),
      "start",
      ROOT,
      "-H",
      host,
      "-p",
      String(port),
    ],
    {
      cwd,
      env: { ...plainEnvironment(), ...environment, PORT: String(port), HOST: host },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const log = keepLog(child);
  const exited = once(child, "exit");
  const stop = async () => {
    if (child.exitCode === null) child.kill("SIGTERM");
    await exited;
  };
  const deadline = AbortSignal.any([AbortSignal.timeout(START_LIMIT_MS), abortOn(exited)]);
  if (!(await answers(`${url}/api/health`, deadline))) {
    await stop();
    throw new Error(`The app did not start:\n${log()}`);
  }
  if (child.pid === undefined) throw new Error("a process that answers has an id");
  return { url, pid: child.pid, stop };
}

/** A port that nothing listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}

function plainEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return {
    NODE_ENV: "production",
    ...(PATH === undefined ? {} : { PATH }),
    ...(HOME === undefined ? {} : { HOME }),
    ...(TMPDIR === undefined ? {} : { TMPDIR }),
  };
}

async function answers(url: string, deadline: AbortSignal): Promise<boolean> {
  while (!deadline.aborted) {
    const ok = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

function abortOn(promise: Promise<unknown>): AbortSignal {
  const controller = new AbortController();
  void promise.then(() => controller.abort());
  return controller.signal;
}

function keepLog(child: ChildProcess): () => string {
  let text = "";
  const keep = (piece: Buffer) => {
    text = (text + piece.toString("utf8")).slice(-4_000);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  return () => text;
}
