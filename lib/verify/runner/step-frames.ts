import type { Frame } from "@/lib/inspect/frame";
import { traceAttempt } from "@/lib/inspect/trace-attempt";
import type { AttemptRecord } from "@/lib/run/record";
import type { FramesOf } from "@/lib/verify/graders/graded-trial";

/** The frames of the steps of these records, each read at its first use; of several attempts the last one counts. */
export function framesOf(records: readonly AttemptRecord[]): FramesOf {
  const last = new Map(records.map((record) => [record.stepId, record]));
  const read = new Map<string, readonly Frame[]>();
  return (stepId) => {
    const known = read.get(stepId);
    if (known !== undefined) return known;
    const record = last.get(stepId);
    const frames = record === undefined ? [] : traceAttempt(record);
    read.set(stepId, frames);
    return frames;
  };
}
