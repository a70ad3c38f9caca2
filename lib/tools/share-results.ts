/** One run for equal calls: the lanes that make the same call follow one execution. */
import { isFromTool } from "@/lib/stream/turn/result-origin";

import type { ToolRunEvent, ToolRunEvents } from "./tool-run";

export type ResultShare = {
  /**
   * The events of the run for `key`. The first to ask starts it; whoever asks later gets the same events from its
   * beginning, with a result marked as reused. A run that failed, or that everybody left, is forgotten.
   */
  readonly follow: (
    key: string,
    start: (signal: AbortSignal) => ToolRunEvents,
    signal: AbortSignal,
  ) => ToolRunEvents;
};

type SharedRun = {
  readonly events: ToolRunEvent[];
  readonly stop: AbortController;
  isDone: boolean;
  followers: number;
  /** Wakes whoever waits for the next event. */
  wake: () => void;
  next: Promise<void>;
};

/** Equal calls of one session. Keeps the newest `most` results. */
export function createResultShare(most = 200): ResultShare {
  const runs = new Map<string, SharedRun>();

  const begin = (key: string, start: (signal: AbortSignal) => ToolRunEvents): SharedRun => {
    const stop = new AbortController();
    const run: SharedRun = { events: [], stop, isDone: false, followers: 0, ...waiter() };
    runs.set(key, run);
    const oldest = runs.keys().next();
    if (runs.size > most && oldest.done !== true) runs.delete(oldest.value);
    const forgetFailed = async () => {
      await pump(run, start(stop.signal));
      if (run.events.at(-1)?.type !== "end" && runs.get(key) === run) runs.delete(key);
    };
    void forgetFailed();
    return run;
  };

  const leave = (key: string, run: SharedRun) => {
    run.followers -= 1;
    if (run.followers > 0 || run.isDone) return;
    run.stop.abort();
    if (runs.get(key) === run) runs.delete(key);
  };

  return {
    follow: async function* (key, start, signal) {
      const known = runs.get(key);
      const run = known ?? begin(key, start);
      run.followers += 1;
      try {
        for (let index = 0; ;) {
          const event = run.events[index];
          if (event !== undefined) {
            index += 1;
            yield known === undefined ? event : asReused(event);
          } else if (run.isDone) return;
          else if (signal.aborted) {
            yield { type: "fail", message: "Stopped." };
            return;
          } else await Promise.race([run.next, aborted(signal)]);
        }
      } finally {
        leave(key, run);
      }
    },
  };
}

async function pump(run: SharedRun, events: ToolRunEvents): Promise<void> {
  for await (const event of events) {
    run.events.push(event);
    run.isDone = event.type === "end" || event.type === "fail";
    const { wake } = run;
    Object.assign(run, waiter());
    wake();
    if (run.isDone) return;
  }
  run.events.push({ type: "fail", message: "The tool ended without a result." });
  run.isDone = true;
  run.wake();
}

function waiter(): Pick<SharedRun, "wake" | "next"> {
  let wake = noop;
  const next = new Promise<void>((resolve) => {
    wake = resolve;
  });
  return { wake, next };
}

function noop(): void {
  // Nothing waits yet.
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

function asReused(event: ToolRunEvent): ToolRunEvent {
  if (event.type !== "end") return event;
  const { origin } = event.result;
  if (!isFromTool(origin)) return event;
  return { type: "end", result: { ...event.result, origin: { ...origin, isReused: true } } };
}
