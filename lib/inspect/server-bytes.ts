import type { AttemptRecord } from "@/lib/run/record";

import { ownEdges } from "./find-frames";
import type { Frame } from "./frame";
import { joinBytes } from "./split-lines";

/** What the server itself sent of an attempt: its bytes without what Vitrine's relay wrote around them. */
export function serverBytes(
  { chunks }: Pick<AttemptRecord, "chunks">,
  frames: readonly Frame[],
): Uint8Array<ArrayBuffer> {
  const all = joinBytes(chunks.map(({ bytes }) => bytes));
  const { before, after } = ownEdges(frames);
  return all.slice(before, Math.max(before, all.length - after));
}
