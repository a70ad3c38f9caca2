export type BoundedBytes =
  | { readonly ok: true; readonly bytes: Uint8Array }
  /** More than `limit` bytes came, or time ran out; `bytes` are those that came before. */
  | { readonly ok: false; readonly bytes: Uint8Array };

export type ReadOptions = {
  /** Cancels the body when it aborts. */
  readonly until?: AbortSignal;
  /** What becomes of the bytes beyond the limit. Cancelling a request's body resets its connection, reply and all. */
  readonly beyond?: "cancel" | "drain";
};

/** Reads a body by counting the bytes that really come. Rejects as the stream does. */
export async function readBytes(
  body: ReadableStream<Uint8Array> | null,
  limit: number,
  { until, beyond = "cancel" }: ReadOptions = {},
): Promise<BoundedBytes> {
  if (body === null) return { ok: true, bytes: new Uint8Array() };
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  // Not a race of promises: what a race is given holds on to all that was ever read against it.
  const giveUp = () => void leave(reader, "cancel");
  if (until?.aborted === true) giveUp();
  until?.addEventListener("abort", giveUp, { once: true });
  try {
    for (;;) {
      const next = await reader.read();
      if (next.done) return { ok: until?.aborted !== true, bytes: Buffer.concat(chunks) };
      size += next.value.byteLength;
      chunks.push(next.value);
      if (size > limit) {
        void leave(reader, beyond);
        return { ok: false, bytes: Buffer.concat(chunks, limit) };
      }
    }
  } finally {
    until?.removeEventListener("abort", giveUp);
  }
}

/** The sender may still be sending: nobody waits for it, and nobody hears when it fails. */
async function leave(reader: ReadableStreamDefaultReader, how: "cancel" | "drain"): Promise<void> {
  try {
    if (how === "cancel") return await reader.cancel();
    while (!(await reader.read()).done);
  } catch {
    // A sender that goes away has nothing more to say.
  }
}
