import { type RecordedExchange, readRecording } from "@/cli/recording";

/** The exchanges of a recording that must be readable. */
export function recordedIn(yaml: string): readonly RecordedExchange[] {
  const read = readRecording("recording.yaml", new TextEncoder().encode(yaml));
  if (!read.ok) throw new Error(read.reason);
  return read.exchanges;
}
