import type { AttemptRecord } from "@/lib/run/record";

import type { Frame } from "./frame";
import { openTrace } from "./trace-attempt";

/** The frames of a whole record, which rests after each read for as long as `rest` says; null once `signal` aborts. */
export async function traceInPieces(
  record: AttemptRecord,
  rest: () => Promise<void> | null,
  signal: AbortSignal,
): Promise<readonly Frame[] | null> {
  const trace = openTrace(record);
  for (const { bytes, at } of record.chunks) {
    if (signal.aborted) return null;
    trace.push(bytes, at);
    const pause = rest();
    if (pause !== null) await pause;
  }
  if (record.end !== null) trace.end(record.end.at, record.end);
  return trace.frames;
}
