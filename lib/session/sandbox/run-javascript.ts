/** Runs a person's JavaScript for a call: in a worker of a frame without an origin, which has no network. */
import { createAsyncQueue } from "@/lib/tools/async-queue";
import type { JavaScriptRun } from "@/lib/tools/run-binding";
import type { ToolRunEvent, ToolRunEvents } from "@/lib/tools/tool-run";

import { checkCode } from "./check-code";
import { asModule } from "./code-forms";
import { type FrameMessage, enterFrame, leaveFrame, openFrame } from "./sandbox-frame";

const MOST_MS = 30_000;
/** For code that hears of its limit and ends by itself. */
const GRACE_MS = 250;
/** For the frame to load. */
const START_MS = 10_000;

/** What runs in the frame: the module, and a script before it. */
export type SandboxProgram = { readonly module: string; readonly prelude: string | null };

/**
 * Runs `export default async (args, ctx) => …`, a function alone, or the body of one, for 30 s at most. Earlier calls are
 * made again, each within the same time, to bring `ctx.state` back. What the code logs is progress; what it returns is the
 * result: a text as it is, nothing for undefined, otherwise JSON, cut after 1 MB. What it throws is an error's result. Code
 * that cannot run, does not return in time, or ends the sandbox gives none. Errors name the line of the person's code. The
 * frame is gone after the last event.
 */
export function runJavaScript(run: JavaScriptRun): ToolRunEvents {
  return runProgram({ module: asModule(run.code), prelude: null }, run);
}

/** The same for a program that was made of `run.code`, with its lines where they were. */
export async function* runProgram(program: SandboxProgram, run: JavaScriptRun): ToolRunEvents {
  if (!(await enterFrame(run.signal))) return yield STOPPED;
  try {
    yield* runInFrame(program, run);
  } finally {
    leaveFrame();
  }
}

const STOPPED: ToolRunEvent = { type: "fail", message: "Stopped." };

async function* runInFrame(
  program: SandboxProgram,
  { code, args, earlier, timeoutMs, signal }: JavaScriptRun,
): ToolRunEvents {
  const limitMs = Math.min(Math.max(timeoutMs, 1), MOST_MS);
  const inbox = createAsyncQueue<Happened>();
  let timer = setTimeout(() => inbox.push("no-start"), START_MS);
  const onMessage = (message: FrameMessage) => {
    if (message.type === "begin") {
      clearTimeout(timer);
      timer = setTimeout(() => inbox.push("late"), limitMs + GRACE_MS);
    } else inbox.push(message);
  };
  const onStop = () => inbox.push("stop");
  signal.addEventListener("abort", onStop, { once: true });
  const frame = openFrame({ kind: "run", ...program, earlier, args, timeoutMs: limitMs }, onMessage);
  try {
    for (;;) {
      const event = await eventOf(signal.aborted ? "stop" : await inbox.next(), code, limitMs);
      if (event === null) continue;
      yield event;
      if (event.type !== "progress") return;
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onStop);
    frame.remove();
  }
}

type Happened = FrameMessage | "stop" | "late" | "no-start";

async function eventOf(happened: Happened, code: string, limitMs: number): Promise<ToolRunEvent | null> {
  if (happened === "stop") return STOPPED;
  if (happened === "late")
    return failed(`Stopped after ${String(limitMs / 1000)} s: the code had not returned by then.`);
  if (happened === "no-start")
    return failed(
      "The sandbox did not start. Check that Vitrine's server is running, and run the tool again.",
    );
  switch (happened.type) {
    case "log":
      return { type: "progress", text: happened.text };
    case "end":
      return ended(happened.output, false);
    case "fail": {
      const message = await failureOf(happened, code);
      return happened.isThrown ? ended(message, true) : failed(message);
    }
    case "broken":
      return failed(`The sandbox did not start: ${happened.message}`);
    case "gone":
      return failed(
        "The sandbox ended in the middle of the code, most likely because the code used too much memory.",
      );
    case "begin":
    case "pong":
    case "compiled":
      return null;
  }
}

/** A browser does not tell where the syntax error of a module is: the same code is compiled as a script for that. */
async function failureOf(
  { message, isSyntax, line }: Extract<FrameMessage, { type: "fail" }>,
  code: string,
): Promise<string> {
  // What was put around the code has lines of its own after it.
  if (line !== null && line <= code.split("\n").length) return `${message} (line ${String(line)})`;
  if (!isSyntax) return message;
  const checked = await checkCode(code);
  return checked.ok || checked.line === null
    ? message
    : `SyntaxError: ${checked.message} (line ${String(checked.line)})`;
}

function ended(output: string, isError: boolean): ToolRunEvent {
  return { type: "end", result: { output, isError, origin: { by: "javascript" } } };
}

function failed(message: string): ToolRunEvent {
  return { type: "fail", message };
}
