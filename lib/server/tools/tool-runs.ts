/** The tools that this server runs for its pages. Bounded in number, in size, and in how long nobody asks. */
import type { ServerBinding } from "@/lib/contract/tool-binding";
import type { QuestionAnswer } from "@/lib/contract/tool-run";
import { environment } from "@/lib/server/environment";
import { shared } from "@/lib/server/shared";
import { stopping } from "@/lib/server/start/stopping";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { ToolRunEvents } from "@/lib/tools/tool-run";

import { type HeldRun, type TakenEvents, holdRun } from "./held-run";
import { runServerTool } from "./run-server-tool";
import type { HostIo, ServerToolIo } from "./tool-io";

/** A run that nobody asks for within this time is stopped; one that is done is forgotten. */
const IDLE_MS = 60_000;
/** Tools that run at once. */
const MOST_RUNNING = 64;
/** Characters that are held for all pages together. */
const MOST_HELD = 64 * 1024 * 1024;
/** How long one question for events waits; shared by all tools that run, since a browser has few connections. */
const WAIT_MS = 1000;
const LEAST_WAIT_MS = 100;

export type ToolRuns = {
  /** False where too many run already. A run of this id that is there is left as it is. `key`: see `ServerToolIo`. */
  readonly start: (id: string, binding: ServerBinding, args: JsonObject, key?: string | null) => boolean;
  /** What happened from `from` on; waits up to a second for something. null where there is no such run. */
  readonly events: (id: string, from: number, isFirst?: boolean) => Promise<TakenEvents | null>;
  /** False where no such question is open. */
  readonly answer: (id: string, question: string, answer: QuestionAnswer) => boolean;
  /** False where there is no such run. */
  readonly stop: (id: string) => boolean;
};

type Entry = { readonly run: HeldRun; readonly idle: NodeJS.Timeout };

type Run = (
  binding: ServerBinding,
  args: JsonObject,
  io: HostIo & Pick<ServerToolIo, "key">,
) => ToolRunEvents;

/** Runs tools with `run` until `ending` aborts. */
export function createToolRuns(run: Run, ending: AbortSignal): ToolRuns {
  const entries = new Map<string, Entry>();
  const forget = (id: string, message: string) => {
    const entry = entries.get(id);
    if (entry === undefined) return false;
    entries.delete(id);
    clearTimeout(entry.idle);
    entry.run.stop(message);
    return true;
  };
  const running = () => [...entries.values()].filter((entry) => !entry.run.isDone()).length;
  /** Those that are done wait only for a page that may have lost the last reply. */
  const mayHold = (more: number) => {
    let size = more + [...entries.values()].reduce((sum, entry) => sum + entry.run.size(), 0);
    for (const [id, entry] of entries) {
      if (size <= MOST_HELD) break;
      if (!entry.run.isDone()) continue;
      size -= entry.run.size();
      forget(id, "");
    }
    return size <= MOST_HELD;
  };
  ending.addEventListener("abort", () => {
    for (const { run: held } of entries.values()) held.stop("Vitrine was stopped while the tool ran.");
  });

  return {
    start: (id, binding, args, key = null) => {
      if (entries.has(id)) return true;
      if (running() >= MOST_RUNNING || ending.aborted) return false;
      const idle = setTimeout(() => {
        forget(id, "Stopped: no page asked for the result for a minute.");
      }, IDLE_MS).unref();
      entries.set(id, { run: holdRun(id, (io) => run(binding, args, { ...io, key }), mayHold), idle });
      return true;
    },
    events: async (id, from, isFirst = false) => {
      const entry = entries.get(id);
      if (entry === undefined) return null;
      entry.idle.refresh();
      const waitMs = isFirst ? LEAST_WAIT_MS : Math.max(LEAST_WAIT_MS, WAIT_MS / Math.max(1, running()));
      return entry.run.take(from, waitMs);
    },
    answer: (id, question, answer) => entries.get(id)?.run.answer(question, answer) ?? false,
    stop: (id) => forget(id, "Stopped."),
  };
}

/** The runs of this process. */
export function toolRuns(): ToolRuns {
  return shared("tool-runs", () =>
    createToolRuns(
      (binding, args, io) => runServerTool(binding, args, { ...io, variables: environment() }),
      stopping(),
    ),
  );
}
