"use client";

import { useMemo } from "react";

import { ScrollBox } from "@/components/answer/scroll/scroll-box";
import { durationWords, timeWords } from "@/components/inspector/frames/time-words";
import type { ShownAttempt } from "@/components/inspector/use-attempts";
import { LEAST_STALL_MS, measureGaps, STALL_TIMES } from "@/lib/inspect/gaps";
import { formatCount, formatPlural } from "@/lib/stream/figures/format-number";

import { GapChart } from "./gap-chart";
import { StepStrip } from "./step-strip";

type TimingTabProps = {
  attempt: ShownAttempt;
  /** ms since the turn began; null = not known. */
  sentAt: number | null;
  /** Whose clock its times are of: a recording without times is replayed at a pace that was made up. */
  clock: "page" | "recording" | "none";
  /** Shows a frame in the list. */
  onFrame: (index: number) => void;
};

const TONES = {
  thought: "var(--phase-thinking)",
  text: "var(--phase-answer)",
  call: "var(--phase-tool)",
} as const;
/** Stalls that are listed. */
const LISTED = 20;

/** How evenly the words of an attempt arrived here. */
export function TimingTab({ attempt, sentAt, clock, onFrame }: TimingTabProps) {
  const { frames, record } = attempt;
  const gaps = useMemo(() => measureGaps(frames), [frames]);
  const times = useMemo(
    () =>
      frames.flatMap(({ at, words, kinds }) => {
        const kind = kinds.find((each) => each === "thought" || each === "text" || each === "call");
        return words.length === 0 || kind === undefined ? [] : [{ at, tone: TONES[kind] }];
      }),
    [frames],
  );
  if (clock === "none") {
    return (
      <p className="text-muted p-4">
        The recording has no times. Its answer is replayed evenly, so there are no gaps to measure.
      </p>
    );
  }
  if (gaps === null) {
    return (
      <p className="text-muted p-4">Gaps are measured between pieces of an answer: fewer than two came.</p>
    );
  }
  const first = times[0]?.at ?? 0;
  const start = sentAt ?? first;
  const endAt = Math.max(record.end?.at ?? 0, times.at(-1)?.at ?? 0);
  const { stalls } = gaps;
  const facts: readonly (readonly [string, string, string])[] = [
    ["Pieces", formatCount(gaps.count + 1), together(gaps.together)],
    ["First piece", sentAt === null ? "–" : timeWords(first - sentAt), "since the request was sent"],
    ["Gap, p50", durationWords(gaps.p50), "half of the gaps are at most this long"],
    ["Gap, p95", durationWords(gaps.p95), "95 of 100 gaps are at most this long"],
    ["Gap, longest", durationWords(gaps.max), ""],
    ["Stalls", formatCount(stalls.length), stallWords(gaps.stallFrom)],
  ];
  return (
    <ScrollBox label="Timing" className="grid min-h-0 flex-1 content-start gap-4 p-4">
      <section className="grid gap-1.5">
        <h3 className="font-medium">Gaps between pieces</h3>
        <p className="text-muted text-[13px]">
          {clock === "page" ? "Measured here, by the clock of this page" : "Measured where it was recorded"}:
          from one frame that brought words to the next.
        </p>
        <GapChart gaps={gaps} />
        <table aria-label="Gaps" className="text-muted w-full text-[13px]">
          <tbody>
            {facts.map(([name, value, about]) => (
              <tr key={name} className="align-top">
                <th scope="row" className="py-0.5 pr-3 text-left font-normal whitespace-nowrap">
                  {name}
                </th>
                <td className="text-text py-0.5 pr-3 text-right whitespace-nowrap tabular-nums">{value}</td>
                <td className="w-full py-0.5">{about}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className="grid gap-1.5">
        <h3 className="font-medium">Pieces and stalls</h3>
        <StepStrip sentAt={start} endAt={endAt} times={times} stalls={stalls} />
        {stalls.length === 0 ? null : (
          <ul aria-label="Stalls" className="text-[13px] tabular-nums">
            {stalls.slice(0, LISTED).map(({ from, to }) => (
              <li key={from}>
                <button
                  type="button"
                  className="rounded-inner text-muted hover:text-text min-h-7 text-left underline underline-offset-2"
                  onClick={() => onFrame(frames.findIndex(({ at, words }) => at === to && words.length > 0))}
                >
                  {`${timeWords(from - start)}: nothing for ${durationWords(to - from)}`}
                </button>
              </li>
            ))}
            {stalls.length > LISTED ? (
              <li className="text-muted">{formatPlural(stalls.length - LISTED, "more stall")}</li>
            ) : null}
          </ul>
        )}
      </section>
    </ScrollBox>
  );
}

function together(count: number): string {
  return count === 0 ? "" : `${formatCount(count)} came in the same read as the piece before: a gap of 0 ms`;
}

function stallWords(from: number): string {
  return `gaps of ${durationWords(from)} or more: a stall is at least ${String(LEAST_STALL_MS)} ms long, and ${String(STALL_TIMES)} times the p50`;
}
