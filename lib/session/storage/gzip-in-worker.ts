import { gzip } from "./gzip";

export type GzipRequest = { readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> };
export type GzipReply = { readonly id: number; readonly packed: Uint8Array<ArrayBuffer> };

/** Bytes up to which starting a message to the worker costs more than compressing them here. */
const SMALL_BYTES = 16_000;

type Waiting = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly resolve: (packed: Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>) => void;
};

const waiting = new Map<number, Waiting>();
let worker: Worker | null | "not started" = "not started";
let lastId = 0;

/**
 * Bytes compressed with gzip, off the page's own thread where there is much to do: answers stream in the meantime.
 * `smallBytes`: up to this many are compressed here; none where many small ones follow each other.
 */
export function gzipInWorker(
  bytes: Uint8Array<ArrayBuffer>,
  smallBytes = SMALL_BYTES,
): Promise<Uint8Array<ArrayBuffer>> {
  if (worker === "not started" && bytes.length > smallBytes) worker = start();
  if (worker === null || worker === "not started" || bytes.length <= smallBytes) return gzip(bytes);
  lastId += 1;
  const request: GzipRequest = { id: lastId, bytes };
  const packed = new Promise<Uint8Array<ArrayBuffer>>((resolve) =>
    waiting.set(request.id, { bytes, resolve }),
  );
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
  worker.postMessage(request);
  return packed;
}

function start(): Worker | null {
  try {
    const started = new Worker(new URL("./gzip.worker.ts", import.meta.url), { type: "module" });
    started.addEventListener("message", ({ data: { id, packed } }: MessageEvent<GzipReply>) => {
      waiting.get(id)?.resolve(packed);
      waiting.delete(id);
    });
    started.addEventListener("error", () => {
      worker = null;
      // What it was asked for is done here.
      for (const { bytes, resolve } of waiting.values()) resolve(gzip(bytes));
      waiting.clear();
    });
    return started;
  } catch {
    // No workers here, or a policy forbids them: the page compresses by itself.
    return null;
  }
}
