import { useEffect, useReducer, useRef } from "react";

import { useToolHosts } from "@/lib/session/hooks/use-page";
import type { ToolQuestion, ToolResult } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { EarlierCall } from "@/lib/tools/earlier-calls";
import { runBinding } from "@/lib/tools/run-binding";
import type { ToolBinding } from "@/lib/tools/tool";
import type { ToolRunEvent } from "@/lib/tools/tool-run";

/** A call that a person makes. */
export type TryRun =
  | { readonly state: "none" }
  | { readonly state: "running"; readonly log: readonly string[]; readonly question: ToolQuestion | null }
  | {
      readonly state: "done";
      readonly log: readonly string[];
      readonly args: JsonObject;
      readonly result: ToolResult;
      readonly ms: number;
    }
  | { readonly state: "failed"; readonly log: readonly string[]; readonly message: string };

type Tried = { readonly run: TryRun; readonly before: readonly EarlierCall[] };

type Change =
  | { readonly type: "start" }
  | { readonly type: "reset" }
  | { readonly type: "event"; readonly event: ToolRunEvent; readonly args: JsonObject; readonly ms: number };

/** Lines of a log that are kept. */
const MOST_LINES = 200;
const NOTHING: Tried = { run: { state: "none" }, before: [] };

/** Runs a tool as a lane would. What has state keeps it from call to call until `reset`. */
export function useTryRun() {
  const hosts = useToolHosts();
  const [tried, change] = useReducer(after, NOTHING);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const run = async (binding: Exclude<ToolBinding, { readonly kind: "ask" }>, args: JsonObject) => {
    running.current?.abort();
    const stop = new AbortController();
    running.current = stop;
    change({ type: "start" });
    const begun = hosts.now();
    const events = runBinding({ binding, args, before: tried.before }, hosts, stop.signal);
    for await (const event of events) {
      if (running.current === stop) change({ type: "event", event, args, ms: hosts.now() - begun });
    }
  };
  return {
    run: tried.run,
    /** Calls that its state is built from. */
    calls: tried.before.length,
    start: (binding: Exclude<ToolBinding, { readonly kind: "ask" }>, args: JsonObject) =>
      void run(binding, args),
    stop: () => running.current?.abort(),
    reset: () => {
      running.current?.abort();
      running.current = null;
      change({ type: "reset" });
    },
  };
}

function after(tried: Tried, change: Change): Tried {
  if (change.type === "reset") return NOTHING;
  const { run, before } = tried;
  if (change.type === "start") return { before, run: { state: "running", log: [], question: null } };
  if (run.state !== "running") return tried;
  const { event, args, ms } = change;
  switch (event.type) {
    case "progress":
      return { before, run: { ...run, log: [...run.log, event.text].slice(-MOST_LINES) } };
    case "ask":
      return { before, run: { ...run, question: event.question } };
    case "end":
      return {
        before: [...before, { args, ran: true }],
        run: { state: "done", log: run.log, args, result: event.result, ms },
      };
    case "fail":
      return { before, run: { state: "failed", log: run.log, message: event.message } };
  }
}
