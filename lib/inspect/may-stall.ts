import type { AttemptRecord } from "@/lib/run/record";
import type { Step } from "@/lib/stream/turn/turn";

import { LEAST_STALL_MS } from "./gaps";

/** Whether an answer was long enough to stall: where it was not, its record need not be read. Times that were made up have none. */
export function isLongEnough({
  firstTokenAt,
  lastTokenAt,
  request,
}: Pick<Step, "firstTokenAt" | "lastTokenAt" | "request">): boolean {
  if (firstTokenAt === null || lastTokenAt === null || request.hasMadeTimes === true) return false;
  return lastTokenAt - firstTokenAt >= LEAST_STALL_MS;
}

/** Whether nothing was read for long enough between the first and the last word of a step. Frames are not looked at. */
export function mayStall(
  { firstTokenAt, lastTokenAt }: Pick<Step, "firstTokenAt" | "lastTokenAt">,
  { chunks }: Pick<AttemptRecord, "chunks">,
): boolean {
  if (firstTokenAt === null || lastTokenAt === null) return false;
  let before = firstTokenAt;
  for (const { at } of chunks) {
    if (at <= before) continue;
    if (Math.min(at, lastTokenAt) - before >= LEAST_STALL_MS) return true;
    before = at;
  }
  return false;
}
