import type { StreamEvent } from "@/lib/stream/turn/event";

/** The events a reader has made and not yet handed on. */
export type EventQueue = {
  readonly emit: (event: StreamEvent) => void;
  readonly warn: (code: string, message: string) => void;
  /** The first warning of a code counts; later ones are left out. */
  readonly warnOnce: (code: string, message: string) => void;
  /** Returns the events since the last call. */
  readonly take: () => readonly StreamEvent[];
};

export function openEventQueue(): EventQueue {
  let events: StreamEvent[] = [];
  const warned = new Set<string>();

  const emit = (event: StreamEvent): void => {
    events.push(event);
  };
  const warn = (code: string, message: string): void => emit({ type: "warning", warning: { code, message } });
  return {
    emit,
    warn,
    warnOnce: (code, message) => {
      if (warned.has(code)) return;
      warned.add(code);
      warn(code, message);
    },
    take: () => {
      const taken = events;
      events = [];
      return taken;
    },
  };
}
