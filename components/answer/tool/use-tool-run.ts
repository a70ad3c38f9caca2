"use client";

import { useEffect, useRef, useState } from "react";

import type { Json } from "@/lib/stream/turn/json";
import type { ToolRunner, ToolRunResult } from "@/lib/tools/tool";

type ToolRun = {
  readonly isRunning: boolean;
  /** Runs the tool once. Leaving the page aborts it, and `onDone` is then not called. */
  readonly run: (runner: ToolRunner, input: Json) => void;
};

/** Runs a tool in the page at a click, one run at a time. */
export function useToolRun(onDone: (result: ToolRunResult) => void): ToolRun {
  const [isRunning, setIsRunning] = useState(false);
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);

  const run = (runner: ToolRunner, input: Json) => {
    const controller = new AbortController();
    abort.current?.abort();
    abort.current = controller;
    setIsRunning(true);
    const settle = (result: ToolRunResult) => {
      if (controller.signal.aborted) return;
      setIsRunning(false);
      onDone(result);
    };
    runner
      .run(input, { signal: controller.signal })
      .then(settle, (error: unknown) =>
        settle({ ok: false, message: error instanceof Error ? error.message : String(error) }),
      );
  };
  return { isRunning, run };
}
