import * as z from "zod/mini";

import { createIds, randomId } from "@/lib/session/store/ids";

import type { ReadReply, ReadRequest } from "./read-in-worker";
import { buffersOf, piecesOf } from "./recording-pieces";

// As in the page: its policy forbids the compiled checks, and what would try them comes after this.
z.config({ jitless: true });

addEventListener("message", (event: MessageEvent<ReadRequest>) => {
  void read(event.data);
});

async function read({ fileName, bytes, now }: ReadRequest): Promise<void> {
  const { openRecording } = await import("./open-recording");
  const opened = openRecording(fileName, bytes, { ids: createIds(randomId), now });
  if (!opened.ok) {
    reply({ kind: "refused", reason: opened.reason }, []);
    return;
  }
  for (const piece of piecesOf(opened.recording)) reply(piece, buffersOf(piece));
}

function reply(message: ReadReply, transfer: ArrayBuffer[]): void {
  postMessage(message, { transfer });
}
