import "server-only";

/** Bytes that come within this time, in ms, of those sent before are sent together: a third of a frame. */
const TOGETHER_MS = 6;
/** Enough for one write. Reads that are larger by themselves are never held. */
const ENOUGH_BYTES = 8 * 1024;

type Read =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "end" }
  | { readonly kind: "broken"; readonly error: unknown };

/**
 * A body's bytes, unchanged, in fewer and larger pieces. What comes after a silence is passed on at once, so that no
 * first token waits; a fast stream is gathered, for each write costs the relay and the page more than the bytes in it.
 * Rejects as the body does, after all that came before.
 */
export async function* gatherReads(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let next = readOne(reader);
  let freeAt = 0;
  for (;;) {
    const first = await next;
    if (first.kind === "broken") throw first.error;
    if (first.kind === "end") return;
    next = readOne(reader);
    if (first.bytes.length >= ENOUGH_BYTES) {
      yield first.bytes;
      continue;
    }
    const pieces = [first.bytes];
    const timeIsUp = alarm(freeAt - performance.now());
    for (let size = first.bytes.length; size < ENOUGH_BYTES; size += pieces.at(-1)?.length ?? 0) {
      const more = await Promise.race([timeIsUp.rang, next]);
      if (more === null || more.kind !== "bytes") break;
      pieces.push(more.bytes);
      next = readOne(reader);
    }
    timeIsUp.off();
    yield pieces.length === 1 ? first.bytes : Buffer.concat(pieces);
    freeAt = performance.now() + TOGETHER_MS;
  }
}

/** Never rejects: a read may break while nobody waits for it. */
function readOne(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Read> {
  return reader.read().then(
    ({ done, value }): Read => (done ? { kind: "end" } : { kind: "bytes", bytes: value }),
    (error: unknown): Read => ({ kind: "broken", error }),
  );
}

function alarm(ms: number): { readonly rang: Promise<null>; readonly off: () => void } {
  if (ms <= 0) return { rang: Promise.resolve(null), off: () => undefined };
  let timer: NodeJS.Timeout | undefined;
  const rang = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  return { rang, off: () => clearTimeout(timer) };
}
