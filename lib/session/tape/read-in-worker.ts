import type { NewIds } from "@/lib/session/store/ids";

import type { OpenRecording } from "./open-recording";
import { gatherRecording, type RecordingPiece } from "./recording-pieces";

export type ReadRequest = {
  readonly fileName: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** epoch ms */
  readonly now: number;
};
export type ReadReply = RecordingPiece | { readonly kind: "refused"; readonly reason: string };

/** Bytes up to which a file is read sooner than a worker has started. */
const SMALL_BYTES = 300_000;

/**
 * The recording in a file. A long file is read off the page's own thread and comes in pieces, so that the page can be used
 * in the meantime. null once `signal` aborts. Rejects where its code cannot be fetched.
 */
export function readRecording(
  { fileName, bytes, now }: ReadRequest,
  ids: NewIds,
  signal: AbortSignal,
): Promise<OpenRecording | null> {
  const inPage = async () => {
    const { openRecording } = await import("./open-recording");
    return signal.aborted ? null : openRecording(fileName, bytes, { ids, now });
  };
  const worker = bytes.length <= SMALL_BYTES ? null : start();
  if (worker === null) return inPage();
  return new Promise((resolve) => {
    const gathering = gatherRecording();
    const end = (opened: ReturnType<typeof inPage> | OpenRecording | null) => {
      worker.terminate();
      resolve(opened);
    };
    worker.addEventListener("message", ({ data }: MessageEvent<ReadReply>) => {
      if (data.kind === "refused") {
        end({ ok: false, reason: data.reason });
        return;
      }
      const recording = gathering.add(data);
      if (recording !== null) end({ ok: true, recording });
    });
    worker.addEventListener("error", () => end(inPage()));
    signal.addEventListener("abort", () => end(null), { once: true });
    if (signal.aborted) end(null);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    else worker.postMessage({ fileName, bytes, now } satisfies ReadRequest);
  });
}

function start(): Worker | null {
  try {
    return new Worker(new URL("./read-recording.worker.ts", import.meta.url), { type: "module" });
  } catch {
    // No workers here, or a policy forbids them: the page reads the file by itself.
    return null;
  }
}
