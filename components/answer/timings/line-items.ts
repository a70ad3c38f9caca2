import { type Figure, sourceLabel } from "@/lib/stream/figures/figure";
import { formatPlural, formatRate, formatSeconds } from "@/lib/stream/figures/format-number";
import type { Numbers } from "@/lib/stream/figures/measure-turn";
import type { Step } from "@/lib/stream/turn/turn";

/** One number of the timings line. */
export type LineItem = {
  readonly key: "state" | "rate" | "first" | "tokens" | "total";
  /** The number with its unit. */
  readonly value: string;
  /** What it is, where the unit does not say so. */
  readonly words: string;
  /** Fewer words for a narrow lane; absent = the same. */
  readonly short?: string;
  /** Where it comes from. */
  readonly source: string;
};

/** What the timings line says before its numbers where a person ended the answer. */
export const STOPPED: LineItem = { key: "state", value: "stopped", words: "", source: "by you" };

/** What the timings line says before its numbers while a lane goes on by itself; null in its first step. */
export function loopItem(step: Step): LineItem | null {
  const { loop } = step.request;
  if (loop === undefined) return null;
  return {
    key: "state",
    value: `step ${loop.step} of ${loop.of}`,
    words: "",
    source: "the lane's limit of steps that it makes by itself",
  };
}

/** The numbers of the timings line that are known. A narrow lane drops the tokens first, and then from the end. */
export function lineItems(
  numbers: Numbers,
  elapsedMs: number | null,
  isRecorded: boolean,
): readonly LineItem[] {
  const total: Figure =
    elapsedMs === null ? numbers.totalTime : { value: elapsedMs, source: "measured", explain: "so far" };
  const item = (
    key: LineItem["key"],
    { value, source }: Figure,
    write: (value: number) => string,
    words = "",
    short = words,
  ): LineItem | null => {
    if (value === null) return null;
    const about = source === "estimated" ? "≈ " : "";
    const named = short === words ? { words } : { words, short };
    return { key, value: about + write(value), ...named, source: sourceLabel(source, isRecorded) };
  };
  return [
    item("rate", numbers.outputRate, (value) => `${formatRate(value)} tok/s`),
    item("first", numbers.firstToken, formatSeconds, "to first token", "first"),
    item("tokens", numbers.outputTokens, (value) => formatPlural(value, "token")),
    item("total", total, formatSeconds),
  ].filter((each) => each !== null);
}
