/** The script of the sandbox's worker. It is sent as text, so the function below uses nothing from around it. */

// oxlint-disable unicorn/consistent-function-scoping -- what the function uses stands in it, so that its text is whole

type Job = {
  readonly module: string;
  readonly prelude: string | null;
  readonly earlier: readonly unknown[];
  readonly args: unknown;
  readonly timeoutMs: number;
};

/**
 * Runs in the worker, before any code of a person. What it needs later it takes now: that code may replace whatever it
 * can reach, and gets neither the port nor the job of anybody else.
 */
function work(
  load: (url: string) => Promise<{ readonly default?: unknown }>,
  prepare: (url: string) => void,
): void {
  const MOST_OUTPUT = 1024 * 1024;
  const MOST_LOG = 256 * 1024;
  const MOST_LINES = 2000;
  const { stringify } = JSON;
  const later = setTimeout;
  const forget = clearTimeout;
  const Bytes = Uint8Array;
  const encoder = new TextEncoder();
  const fitInto = encoder.encodeInto.bind(encoder);
  const beginningOf: (text: string, from: 0, length: number) => string = Function.prototype.call.bind(
    // oxlint-disable-next-line typescript/unbound-method -- `call` is what is bound to it
    String.prototype.slice,
  );

  addEventListener("message", begin, { once: true });

  function begin(event: MessageEvent<Job>): void {
    event.stopImmediatePropagation();
    const [port] = event.ports;
    if (port !== undefined) void run(event.data, port.postMessage.bind(port));
  }

  async function run(
    { module, prelude, earlier, args, timeoutMs }: Job,
    send: (message: object) => void,
  ): Promise<void> {
    const blobOf = (script: string) => URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    const url = blobOf(module);
    const lineOf = (error: unknown): number | null => {
      const stack = error instanceof Error ? String(error.stack) : "";
      const at = stack.indexOf(`${url}:`);
      const line = at === -1 ? Number.NaN : Number.parseInt(stack.slice(at + url.length + 1), 10);
      return Number.isNaN(line) ? null : line;
    };
    const messageOf = (error: unknown): string => {
      try {
        return error instanceof Error ? `${error.name}: ${error.message}` : `threw ${textOf(error)}`;
      } catch {
        return "threw something that cannot be shown";
      }
    };
    // Whether the call began: what it throws is its answer, and code that cannot run gave none.
    let isCalled = false;
    const fail = (error: unknown) =>
      send({
        type: "fail",
        isThrown: isCalled,
        message: beginningOf(messageOf(error), 0, 10_000),
        isSyntax: error instanceof SyntaxError,
        line: lineOf(error),
      });

    let logged = 0;
    let lines = 0;
    let isQuiet = false;
    const log = (...values: readonly unknown[]) => {
      if (isQuiet || logged > MOST_LOG || lines > MOST_LINES) return;
      let text = "";
      try {
        text = values.map(textOf).join(" ");
      } catch (error) {
        text = messageOf(error);
      }
      const line = `${beginningOf(text, 0, MOST_LOG)}\n`;
      logged += line.length;
      lines += 1;
      send({
        type: "log",
        text: logged > MOST_LOG || lines > MOST_LINES ? "More logs are not shown.\n" : line,
      });
    };
    for (const name of ["log", "info", "warn", "error", "debug"] as const) console[name] = log;
    addEventListener("error", (event) => {
      event.preventDefault();
      log(
        `Not caught${inLine(event.error)}: ${event.error === undefined ? event.message : messageOf(event.error)}`,
      );
    });
    addEventListener("unhandledrejection", (event) => {
      event.preventDefault();
      log(`Not caught${inLine(event.reason)}: ${messageOf(event.reason)}`);
    });
    const inLine = (error: unknown): string => {
      const line = lineOf(error);
      return line === null ? "" : ` in line ${String(line)}`;
    };

    const ctx = { log, state: {}, signal: new AbortController().signal };
    const call = async (code: (args: unknown, context: typeof ctx) => unknown, input: unknown) => {
      send({ type: "begin" });
      const limit = new AbortController();
      ctx.signal = limit.signal;
      const timer = later(() => limit.abort(new DOMException("The time is up.", "TimeoutError")), timeoutMs);
      try {
        return await code(input, ctx);
      } finally {
        forget(timer);
      }
    };

    try {
      send({ type: "begin" });
      if (prelude !== null) prepare(blobOf(prelude));
      const { default: code } = await load(url);
      if (!isCode(code))
        throw new Error("The code exports no function. Begin it with: export default async (args, ctx) =>");
      isQuiet = true;
      for (const input of earlier) {
        // It failed then, too, and what it had done to the state by then counts.
        await call(code, input).catch(() => undefined);
      }
      isQuiet = false;
      isCalled = true;
      send({ type: "end", output: outputOf(await call(code, args)) });
    } catch (error) {
      fail(error);
    }
  }

  function isCode(value: unknown): value is (args: unknown, context: unknown) => unknown {
    return typeof value === "function";
  }

  function outputOf(value: unknown): string {
    if (value === undefined) return "";
    const output: string | undefined = typeof value === "string" ? value : stringify(value);
    if (output === undefined) throw new TypeError(`The code returned a ${typeof value}, which is not JSON.`);
    // As many characters as have room in it, and no half of one.
    const { read } = fitInto(output, new Bytes(MOST_OUTPUT));
    return read >= output.length ? output : `${beginningOf(output, 0, read)}\n[Cut by Vitrine after 1 MB.]`;
  }

  function textOf(value: unknown): string {
    if (typeof value === "string") return value;
    if (value instanceof Error) return `${value.name}: ${value.message}`;
    return stringify(value) ?? String(value);
  }
}

/** A dynamic import stands outside of the function: a bundler would make something else of it. */
export const WORKER_SCRIPT = `(${work.toString()})((url) => import(url), importScripts);`;
