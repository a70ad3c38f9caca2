"use client";

import { useEffect, useState } from "react";

import { openSlices } from "@/components/ui/time-slices";
import type { TurnFrames } from "@/lib/compare/timeline";
import { usePageActions } from "@/lib/session/hooks/use-page";
import type { TurnId } from "@/lib/session/store/session";

/** Frames are read for this long at once, in ms: lanes may be streaming beside it. */
const SLICE_MS = 12;

/** The frames of these turns, each as soon as it is read. Read again where `version` changes. */
export function useRowFrames(turns: readonly TurnId[], version: string): ReadonlyMap<TurnId, TurnFrames> {
  const page = usePageActions();
  const [frames, setFrames] = useState<ReadonlyMap<TurnId, TurnFrames>>(new Map());
  const key = turns.join(" ");
  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    const rest = openSlices(SLICE_MS);
    const load = async () => {
      const { traceInPieces } = await import("@/lib/inspect/trace-attempt");
      for (const turn of turns) {
        const attempts: TurnFrames[number][] = [];
        for (const record of await page.recordsOf(turn)) {
          const traced = await traceInPieces(record, rest, signal);
          if (traced === null) return;
          attempts.push(traced);
        }
        if (signal.aborted) return;
        setFrames((before) => new Map(before).set(turn, attempts));
      }
    };
    void load();
    return () => ended.abort();
    // Another list of the same turns is the same list.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [page, key, version]);
  return frames;
}
