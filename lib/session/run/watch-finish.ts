import type { Surroundings } from "@/lib/session/page/surroundings";
import type { StreamEvent, TimedEvent } from "@/lib/stream/turn/event";

/** Token counts and timings may follow a finish reason; a server that adds nothing for so long has ended. */
const AFTER_FINISH_MS = 5_000;

/** Ends the wait for a stream that is finished but whose socket stays open. */
export type FinishWatch = {
  /** Events that were read. From a finish reason on, time runs; whatever more of the answer comes starts it anew. */
  readonly note: (events: readonly TimedEvent[]) => void;
  /** The read, or "late" once the time after the finish is up. */
  readonly orLate: <Read>(read: Promise<Read>) => Promise<Read | "late">;
  readonly end: () => void;
};

/** A watch for one answer. */
export function watchFinish(world: Pick<Surroundings, "wait">): FinishWatch {
  let isFinished = false;
  let timer: AbortController | null = null;
  let late: Promise<"late"> | null = null;
  const restart = () => {
    timer?.abort();
    const next = new AbortController();
    timer = next;
    late = world
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

/** Whether an event moves the answer on. Counts and notes do not, so that a server cannot keep itself alive with them. */
export function isProgress({ type }: StreamEvent): boolean {
  return type !== "warning" && type !== "usage" && type !== "timings" && type !== "response-start";
}
