import { type Figure, SOURCE_LABELS } from "@/lib/stream/figures/figure";
import { formatCount, formatRate, formatSeconds } from "@/lib/stream/figures/format-number";
import type { StepNumbers } from "@/lib/stream/figures/measure";

/** One number of the timings line. */
export type TimingField = {
  readonly key: string;
  /** What stands on the line, such as "92 tok/s". */
  readonly text: string;
  /** The number's name in full, and where it comes from. */
  readonly tip: string;
  /** Characters the field always takes, so that numbers never push each other. */
  readonly width: number;
};

/** The fields of the timings line: always all of them, always in this order. */
export function timingFields(numbers: StepNumbers): readonly TimingField[] {
  return [
    field("rate", "Output speed", numbers.outputRate, (value) => `${formatRate(value)} tok/s`, 9),
    field("first", "First token", numbers.firstToken, (value) => `first ${formatSeconds(value)}`, 12),
    field(
      "thought",
      "Reasoning time",
      numbers.reasoningTime,
      (value) => `thought ${formatSeconds(value)}`,
      14,
    ),
    field("out", "Tokens out", numbers.outputTokens, (value) => `${formatCount(value)} out`, 9),
    field("in", "Tokens in", numbers.inputTokens, (value) => `${formatCount(value)} in`, 9),
    field(
      "reasoning",
      "Reasoning tokens",
      numbers.reasoningTokens,
      (value) => `${formatCount(value)} reasoning`,
      15,
    ),
    field(
      "cached",
      "Cached prompt tokens",
      numbers.cachedTokens,
      (value) => `${formatCount(value)} cached`,
      12,
    ),
    field("prompt", "Prompt speed", numbers.promptRate, (value) => `prompt ${formatRate(value)} tok/s`, 17),
    field("total", "Total time", numbers.totalTime, (value) => `total ${formatSeconds(value)}`, 13),
  ];
}

function field(
  key: string,
  name: string,
  figure: Figure,
  write: (value: number | null) => string,
  width: number,
): TimingField {
  const text = figure.source === "estimated" ? `≈ ${write(figure.value)}` : write(figure.value);
  return { key, text, tip: `${name}: ${SOURCE_LABELS[figure.source]}\n${figure.explain}`, width };
}
