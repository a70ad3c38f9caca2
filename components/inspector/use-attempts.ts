"use client";

import { useEffect, useState } from "react";

import type { Frame } from "@/lib/inspect/frame";
import type { AttemptTrace } from "@/lib/inspect/trace-attempt";
import { type AttemptRecord, recordKey } from "@/lib/run/record";
import { usePageActions } from "@/lib/session/hooks/use-page";
import { useIsLive } from "@/lib/session/hooks/use-turn";
import type { TurnId } from "@/lib/session/store/session";

/** One attempt of a step, with its answer cut into frames. */
export type ShownAttempt = { readonly record: AttemptRecord; readonly frames: readonly Frame[] };

/** The attempts of a step, which all send the same request. */
export type Attempts =
  | { readonly state: "loading" }
  /** Its request was never sent, or its record is not in this browser. */
  | { readonly state: "none" }
  | {
      readonly state: "shown";
      readonly attempts: readonly [ShownAttempt, ...ShownAttempt[]];
      /** The request exactly as it was sent: it is what is copied. */
      readonly sent: string;
    };

/** The least time between two looks at a record that grows, in ms. Long records are looked at less often. */
const READ_AGAIN_MS = 500;
/** Frames are read for this long at once, in ms: lanes may be streaming beside it. */
const SLICE_MS = 12;

type Read = { readonly of: string; readonly attempts: Attempts };

/** Reads the attempts of a step, again and again while its turn streams. */
export function useAttempts(turn: TurnId, stepId: string): Attempts {
  const page = usePageActions();
  const isLive = useIsLive(turn);
  const of = `${turn} ${stepId}`;
  const [read, setRead] = useState<Read>({ of, attempts: { state: "loading" } });
  const [readers] = useState(() => new Map<string, AttemptReader>());
  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    // One step is shown at a time: what was read of another is let go of.
    for (const key of readers.keys()) if (!key.endsWith(` ${stepId}`)) readers.delete(key);
    const load = async () => {
      const records = (await page.recordsOf(turn)).filter((record) => record.stepId === stepId);
      const { openTrace } = await import("@/lib/inspect/trace-attempt");
      const shown: ShownAttempt[] = [];
      for (const record of records) {
        const key = recordKey(record);
        const reader = readers.get(key) ?? { trace: openTrace(record), reads: 0, isEnded: false };
        readers.set(key, reader);
        await readOn(reader, record, signal);
        // Another list each time: the reader's own only grows.
        shown.push({ record, frames: [...reader.trace.frames] });
      }
      const [first, ...rest] = shown;
      const sent = first === undefined ? "" : await page.sentRequest(first.record);
      if (signal.aborted) return;
      setRead({
        of,
        attempts:
          first === undefined ? { state: "none" } : { state: "shown", attempts: [first, ...rest], sent },
      });
    };
    const keepLoading = async () => {
      const began = performance.now();
      await load();
      // Once the turn has settled its record is complete, and is read a last time.
      if (signal.aborted || !isLive) return;
      const pause = Math.max(READ_AGAIN_MS, 4 * (performance.now() - began));
      timer = setTimeout(() => void keepLoading(), pause);
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    void keepLoading();
    return () => {
      ended.abort();
      clearTimeout(timer);
    };
  }, [page, turn, stepId, isLive, readers, of]);
  if (read.of !== of) return { state: "loading" };
  return read.attempts;
}

type AttemptReader = { readonly trace: AttemptTrace; reads: number; isEnded: boolean };

/** Reads what a record has more than at the last time. */
async function readOn(reader: AttemptReader, record: AttemptRecord, signal: AbortSignal): Promise<void> {
  let began = performance.now();
  while (reader.reads < record.chunks.length && !signal.aborted) {
    const chunk = record.chunks[reader.reads];
    if (chunk === undefined) break;
    reader.reads += 1;
    reader.trace.push(chunk.bytes, chunk.at);
    if (performance.now() - began < SLICE_MS) continue;
    await new Promise((resolve) => setTimeout(resolve));
    began = performance.now();
  }
  if (record.end === null || reader.isEnded || signal.aborted) return;
  reader.isEnded = true;
  reader.trace.end(record.end.at, record.end);
}
