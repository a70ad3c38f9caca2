import type { Json, JsonObject } from "@/lib/stream/turn/json";

import type { CheckReply } from "./check-messages";
import { CheckQueue, type LateCheck, type StartWorker } from "./check-queue";

/** How long a check may take, in ms: any honest pattern needs less than one. */
const DEADLINE_MS = 1_000;

const queue = new CheckQueue(startWorker(), DEADLINE_MS);
/** Verdicts on the same arguments of the same schema: a card may be drawn many times. */
const known = new WeakMap<JsonObject, Map<string, Promise<LateCheck>>>();

/** Checks arguments, which came as `text`, off the page's own thread. */
export function checkInWorker(parameters: JsonObject, input: Json, text: string): Promise<LateCheck> {
  const ofSchema = known.get(parameters) ?? new Map<string, Promise<LateCheck>>();
  known.set(parameters, ofSchema);
  const before = ofSchema.get(text);
  if (before !== undefined) return before;
  const check = queue.check(parameters, input);
  ofSchema.set(text, check);
  return check;
}

function startWorker(): StartWorker {
  return (onReply, onFailure) => {
    try {
      const worker = new Worker(new URL("./check.worker.ts", import.meta.url), { type: "module" });
      worker.addEventListener("message", (event: MessageEvent<CheckReply>) => onReply(event.data));
      worker.addEventListener("error", onFailure);
      return {
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
        post: (request) => worker.postMessage(request),
        terminate: () => worker.terminate(),
      };
    } catch {
      // No workers here, or a policy forbids them: the arguments stay unchecked, and the card says so.
      return null;
    }
  };
}
