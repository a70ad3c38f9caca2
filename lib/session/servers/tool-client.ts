/** The page's side of tools that the server runs. */
import type * as z from "zod/mini";

import type { ServerBinding } from "@/lib/contract/tool-binding";
import { type QuestionAnswer, TOOL_CALLS, runOfQuestion } from "@/lib/contract/tool-run";
import type { BrowserPlatform } from "@/lib/session/page/browser-platform";
import { randomId } from "@/lib/session/store/ids";
import type { RunError } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { ToolRunEvent, ToolRunEvents } from "@/lib/tools/tool-run";

import { type ApiResult, callApi } from "./api-client";

/** How long a server that does not answer is asked again, and how often. */
const PATIENCE_MS = 10_000;
const AGAIN_MS = 500;

export type ToolClient = {
  /** Runs a tool on the server. Aborting `signal` stops it there and ends the events at once. */
  readonly run: (binding: ServerBinding, args: JsonObject, signal: AbortSignal) => ToolRunEvents;
  /** Answers a question of a running tool. Resolves to why the tool did not get the answer; null = it did. */
  readonly answerQuestion: (question: string, answer: QuestionAnswer) => Promise<RunError | null>;
};

type Ports = Pick<BrowserPlatform, "fetch" | "clock" | "wait">;
type Happened = z.infer<typeof TOOL_CALLS.events.reply>;

/** `keyOf`: the token that a person pasted for a tool's server. The client of one page: its runs take turns in asking, so that they use one of the browser's few connections. */
export function createToolClient(
  { fetch, clock, wait }: Ports,
  keyOf: (binding: ServerBinding) => string | null = () => null,
): ToolClient {
  let line: Promise<unknown> = Promise.resolve();
  const ask = (run: string, from: number): Promise<ApiResult<Happened>> => {
    const { reply } = TOOL_CALLS.events;
    const asked = line.then(() => callApi({ fetch, path: "/api/tools/events", body: { run, from }, reply }));
    line = asked;
    return asked;
  };
  const start = (run: string, binding: ServerBinding, args: JsonObject): Promise<ApiResult<Happened>> =>
    callApi({
      fetch,
      path: "/api/tools/start",
      body: { run, binding, args },
      key: keyOf(binding),
      reply: TOOL_CALLS.start.reply,
    });
  const stop = (run: string) =>
    callApi({ fetch, path: "/api/tools/stop", body: { run }, reply: TOOL_CALLS.stop.reply });

  return {
    run: async function* (binding, args, signal) {
      const run = randomId();
      let from = 0;
      let isKnown = false;
      let lostAt: number | null = null;
      // What was never sent need not be stopped.
      let isOver = true;
      try {
        while (!signal.aborted) {
          isOver = false;
          const asked = isKnown ? ask(run, from) : start(run, binding, args);
          const result = await unlessAborted(asked, signal);
          if (result === null) break;
          if (result.ok) {
            isKnown = true;
            lostAt = null;
            from = result.value.next;
            isOver = result.value.isDone;
            yield* result.value.events;
            if (isOver) return;
            continue;
          }
          const { error } = result;
          lostAt ??= clock.now();
          isOver = !error.retryable;
          if (isOver || clock.now() - lostAt >= PATIENCE_MS) return yield failed(error, isKnown);
          await wait(AGAIN_MS, signal);
        }
        yield { type: "fail", message: "Stopped." };
      } finally {
        if (!isOver) void stop(run);
      }
    },
    answerQuestion: async (question, answer) => {
      const result = await callApi({
        fetch,
        path: "/api/tools/answer",
        body: { run: runOfQuestion(question), question, ...answer },
        reply: TOOL_CALLS.answer.reply,
      });
      if (!result.ok) return result.error;
      return result.value.ok ? null : CLOSED;
    },
  };
}

const CLOSED: RunError = {
  source: "app",
  code: "NOT_FOUND",
  message: "The tool no longer waits for this answer.",
  retryable: false,
};

function failed({ message, retryable }: RunError, isKnown: boolean): ToolRunEvent {
  if (!retryable) return { type: "fail", message };
  const unknown = isKnown
    ? "The tool ran, perhaps to its end, and its result is lost."
    : "Whether the tool ran is unknown.";
  return { type: "fail", message: `${unknown} ${message}` };
}

/** null once the signal has aborted. */
function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value | null> {
  return new Promise((resolve) => {
    const leave = () => resolve(null);
    signal.addEventListener("abort", leave, { once: true });
    void promise.then((value) => {
      signal.removeEventListener("abort", leave);
      return resolve(value);
    });
  });
}
