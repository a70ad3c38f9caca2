import { formatSeconds } from "@/lib/stream/figures/format-number";

/** From here on times are written in seconds. */
const LONG_MS = 10_000;

/** A time since a request was sent: "+231 ms", "+12.40 s". null → "–". */
export function timeWords(ms: number | null): string {
  return ms === null ? "–" : `${ms < 0 ? "−" : "+"}${durationWords(Math.abs(ms))}`;
}

/** A time between two frames: "12 ms". null → "–". */
export function gapWords(ms: number | null): string {
  return ms === null ? "–" : durationWords(ms);
}

/** "0 ms", "0.4 ms", "231 ms", "12.40 s". */
export function durationWords(ms: number): string {
  if (ms >= LONG_MS) return formatSeconds(ms);
  return ms > 0 && ms < 9.95 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}
