/** The last moments of an answer: how long to wait behind a finish reason, and how to leave its connection. */
import type { StreamEvent, TimedEvent } from "@/lib/stream/turn/event";

import type { Platform } from "./ports";

/** Token counts and timings may follow a finish reason; a server that adds nothing for this long has ended. */
const AFTER_FINISH_MS = 5_000;
/** The end of a body comes right behind the last event, if it comes at all. */
const END_WITHIN_MS = 50;

/** Ends the wait for a stream that is finished but whose socket stays open. */
export type FinishWatch = {
  /** Events that were read. From a finish reason on, time runs; whatever more of the answer comes starts it anew. */
  readonly note: (events: readonly TimedEvent[]) => void;
  /** The read, or "late" once the time after the finish is up. */
  readonly orLate: <Read>(read: Promise<Read>) => Promise<Read | "late">;
  readonly end: () => void;
};

/** A watch for one answer. */
export function watchFinish(platform: Pick<Platform, "wait">): FinishWatch {
  let isFinished = false;
  let timer: AbortController | null = null;
  let late: Promise<"late"> | null = null;
  const restart = () => {
    timer?.abort();
    const next = new AbortController();
    timer = next;
    late = platform
      .wait(AFTER_FINISH_MS, next.signal)
      .then((isOver) => (isOver ? "late" : new Promise<"late">(() => undefined)));
  };
  return {
    note: (events) => {
      isFinished ||= events.some(({ event }) => event.type === "finish");
      if (isFinished && events.some(({ event }) => event.type !== "warning")) restart();
    },
    orLate: (read) => (late === null ? read : Promise.race([read, late])),
    end: () => timer?.abort(),
  };
}

const ASIDE: ReadonlySet<StreamEvent["type"]> = new Set([
  "warning",
  "usage",
  "cost",
  "timings",
  "response-start",
]);

/** Whether an event moves the answer on. Counts and notes do not, so that a server cannot keep itself alive with them. */
export function isProgress({ type }: StreamEvent): boolean {
  return !ASIDE.has(type);
}

/**
 * Reads a finished answer's body to its end, which is near, so that no connection breaks: Vitrine's server would take
 * a canceled read for a page that left, and hang up on the upstream. A body that stays open is canceled.
 */
export async function letEnd(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  platform: Pick<Platform, "wait">,
): Promise<void> {
  const ended = new AbortController();
  void platform.wait(END_WITHIN_MS, ended.signal).then((isOver) => (isOver ? cancel(reader) : undefined));
  try {
    while (!(await reader.read()).done);
  } catch {
    // It broke, and the answer was whole before.
  }
  ended.abort();
}

/** Closes the connection of a body whose rest nobody needs. */
export async function cancel(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  await reader.cancel().catch(() => undefined);
}
