import { setMaxListeners } from "node:events";

import { appError } from "@/lib/server/guard/reply";
import { shared } from "@/lib/server/shared";
import type { RunError } from "@/lib/stream/turn/event";

/** Aborts once, when this process has been asked to end. */
export function stopping(): AbortSignal {
  return ending().signal;
}

/** Aborts answers in flight with an explanatory error, so that no client waits for them. The process keeps running. */
export function stopAll(): void {
  ending().abort();
}

/** What a page hears whose answer was under way. */
export function stoppedError(requestId: string): RunError {
  return appError(503, "APP_STOPPED", "Vitrine was stopped. Start it again, then retry.", requestId);
}

function ending(): AbortController {
  return shared("stopping", () => {
    const controller = new AbortController();
    // Every open answer listens, and how many may be open is a setting.
    setMaxListeners(0, controller.signal);
    return controller;
  });
}
