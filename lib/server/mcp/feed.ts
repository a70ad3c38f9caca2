/** Events from callbacks, read one after another. */
export type Feed<Event> = {
  readonly push: (event: Event) => void;
  /** The last one; what is pushed later is dropped. */
  readonly end: (event: Event) => void;
  readonly events: () => AsyncGenerator<Event, void, undefined>;
};

/** A feed for one reader. */
export function createFeed<Event>(): Feed<Event> {
  const held: Event[] = [];
  let isEnded = false;
  let wake: (() => void) | null = null;
  return {
    push: (event) => {
      if (isEnded) return;
      held.push(event);
      wake?.();
    },
    end: (event) => {
      if (isEnded) return;
      held.push(event);
      isEnded = true;
      wake?.();
    },
    async *events() {
      for (;;) {
        const next = held.shift();
        if (next !== undefined) yield next;
        else if (isEnded) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
