export type BoundedBytes =
  | { readonly ok: true; readonly bytes: Uint8Array }
  /** More than `limit` bytes came, or time ran out; `bytes` are those that came before. */
  | { readonly ok: false; readonly bytes: Uint8Array };

export type ReadOptions = {
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
  const late = until === undefined ? never : aborted(until);
  for (;;) {
    const next = await Promise.race([reader.read(), late]);
    if (next !== null && next.done) return { ok: true, bytes: Buffer.concat(chunks) };
    if (next !== null) {
      size += next.value.byteLength;
      chunks.push(next.value);
    }
    if (next === null || size > limit) {
      void leave(reader, beyond);
      return { ok: false, bytes: Buffer.concat(chunks, Math.min(size, limit)) };
    }
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

const never = new Promise<null>(ignore);

function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener("abort", () => resolve(null), { once: true });
  });
}

function ignore(): void {}
