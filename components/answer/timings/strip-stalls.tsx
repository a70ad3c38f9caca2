"use client";

import { useContext, useEffect, useRef, useState } from "react";

import { ScaleContext } from "@/components/answer/answer-scope";
import { openSlices } from "@/components/ui/time-slices";
import { Tooltip } from "@/components/ui/tooltip";
import { whenIdle } from "@/components/ui/when-idle";
import { measureGaps, type Stall } from "@/lib/inspect/gaps";
import { isLongEnough, mayStall } from "@/lib/inspect/may-stall";
import type { AttemptRecord } from "@/lib/run/record";
import { usePageActions } from "@/lib/session/hooks/use-page";
import type { TurnId } from "@/lib/session/store/session";
import { formatPlural, formatSeconds } from "@/lib/stream/figures/format-number";
import type { Phase } from "@/lib/stream/figures/phases";
import type { Turn } from "@/lib/stream/turn/turn";

import { placeOnStrip } from "./strip-scale";

type StripStallsProps = {
  turnId: TurnId;
  /** Nothing of it streams. */
  turn: Turn;
  phases: readonly Phase[];
  onToggle: () => void;
};

/** Records are read for this long at once, in ms. */
const SLICE_MS = 8;

/** A settled turn never changes. */
const known = new WeakMap<Turn, readonly Stall[]>();

let last = Promise.resolve();

/** Looks at one record after the other: who scrolls through many answers waits for none of them. */
function oneByOne(look: () => Promise<void>): Promise<void> {
  last = last.then(look);
  return last;
}

/** Marks on a strip where an answer stood still, once it is in view and the page is idle. */
export function StripStalls({ turnId, turn, phases, onToggle }: StripStallsProps) {
  const place = useRef<HTMLSpanElement>(null);
  const page = usePageActions();
  const scaleMs = useContext(ScaleContext);
  const [found, setFound] = useState<{ readonly turn: Turn; readonly stalls: readonly Stall[] } | null>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null || known.has(turn)) return undefined;
    const ended = new AbortController();
    let isSeen = false;
    let cancel: (() => void) | null = null;
    const look = async () => {
      cancel = null;
      if (!isSeen || ended.signal.aborted) return;
      const stalls = await stallsOf(turn, await page.recordsOf(turnId, "quietly"), ended.signal);
      if (stalls === null) return;
      observer.disconnect();
      known.set(turn, stalls);
      setFound({ turn, stalls });
    };
    const observer = new IntersectionObserver((entries) => {
      isSeen = entries.at(-1)?.isIntersecting === true;
      if (isSeen) cancel ??= whenIdle(() => void oneByOne(look));
    });
    observer.observe(element);
    return () => {
      ended.abort();
      observer.disconnect();
      cancel?.();
    };
  }, [page, turn, turnId]);
  const stalls = known.get(turn) ?? (found?.turn === turn ? found.stalls : []);
  return (
    <span ref={place} className="pointer-events-none absolute inset-0">
      {stalls.map(({ from, to }) => {
        const start = placeOnStrip(phases, from, scaleMs);
        return (
          <Tooltip key={from} content={`Stall: nothing for ${formatSeconds(to - from)}`} describes={false}>
            {/* The line below the strip does the same for the keyboard. */}
            {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- see above */}
            <span
              data-stall=""
              onClick={onToggle}
              className="border-warn bg-bg pointer-events-auto absolute -inset-y-px min-w-[3px] rounded-[2px] border"
              style={{
                left: `${start * 100}%`,
                width: `${(placeOnStrip(phases, to, scaleMs) - start) * 100}%`,
              }}
            />
          </Tooltip>
        );
      })}
      {stalls.length === 0 ? null : (
        <span className="sr-only">
          {`${formatPlural(stalls.length, "stall")}: ${stalls.map(({ from, to }) => `nothing for ${formatSeconds(to - from)}`).join(", ")}`}
        </span>
      )}
    </span>
  );
}

/** Where the steps of a turn stood still, each in its last attempt; null once `signal` aborts. */
async function stallsOf(
  { steps }: Turn,
  records: readonly AttemptRecord[],
  signal: AbortSignal,
): Promise<readonly Stall[] | null> {
  const rest = openSlices(SLICE_MS);
  const stalls: Stall[] = [];
  for (const step of steps) {
    const record = records.findLast(({ stepId }) => stepId === step.id);
    if (record === undefined || !isLongEnough(step) || !mayStall(step, record)) continue;
    // Where the code does not come there are no marks, and nothing is missing from the answer.
    const code = await import("@/lib/inspect/trace-attempt").catch(() => null);
    if (code === null) return null;
    const frames = await code.traceInPieces(record, rest, signal);
    if (frames === null) return null;
    stalls.push(...(measureGaps(frames)?.stalls ?? []));
  }
  return signal.aborted ? null : stalls;
}
