import type { TurnId, WireRecord } from "@/lib/session/store/session";

/** Bytes of one step that are kept. */
const MAX_BYTES = 2_000_000;

export type WireRecorder = {
  /** One read as it arrived; `at` in ms since the turn began. */
  readonly push: (bytes: Uint8Array, at: number) => void;
  /** The record so far. */
  readonly read: () => WireRecord;
};

/** Keeps the raw bytes of one step as text, up to 2 MB; what is over is counted, not kept. */
export function openWireRecorder(about: {
  readonly stepId: string;
  readonly turnId: TurnId;
  readonly url: string;
  /** The body as sent, its images as references. */
  readonly request: string;
}): WireRecorder {
  const decoder = new TextDecoder();
  const chunks: { at: number; text: string }[] = [];
  let kept = 0;
  let droppedBytes = 0;
  return {
    push: (bytes, at) => {
      const room = bytes.subarray(0, MAX_BYTES - kept);
      kept += room.length;
      droppedBytes += bytes.length - room.length;
      const text = decoder.decode(room, { stream: true });
      if (text !== "") chunks.push({ at, text });
    },
    read: () => ({ ...about, chunks: [...chunks], droppedBytes }),
  };
}
