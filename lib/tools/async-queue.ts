/** Values from callbacks, read one after another. */
export type AsyncQueue<Value> = {
  readonly push: (value: Value) => void;
  /** The oldest value that was not read yet, once there is one. For one reader. */
  readonly next: () => Promise<Value>;
};

/** An empty queue. */
export function createAsyncQueue<Value>(): AsyncQueue<Value> {
  const values: { readonly value: Value }[] = [];
  let wake: (() => void) | null = null;
  return {
    push: (value) => {
      values.push({ value });
      wake?.();
    },
    next: async () => {
      for (;;) {
        const first = values.shift();
        if (first !== undefined) return first.value;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
