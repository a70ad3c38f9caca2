"use client";

import { useDeferredValue, useEffect, useMemo, useState } from "react";

import { clearMarks, markWords, selectedWords } from "@/components/inspector/answer-marks";
import { countKinds, findFrames, framesOfWords } from "@/lib/inspect/find-frames";
import type { Frame, FrameKind, WordRange } from "@/lib/inspect/frame";
import { placeWords, unplaceWords } from "@/lib/inspect/part-places";
import type { TurnId } from "@/lib/session/store/session";
import { formatCount, formatPlural } from "@/lib/stream/figures/format-number";
import type { Step } from "@/lib/stream/turn/turn";

import { FrameDetail } from "./frame-detail";
import { FrameFilters } from "./frame-filters";
import { FrameList } from "./frame-list";

type FramesTabProps = {
  turn: TurnId;
  step: Step;
  frames: readonly Frame[];
  /** When the request was sent, in ms since the turn began; null = not known. */
  sentAt: number | null;
  /** The place of the chosen frame; null = none. */
  chosen: number | null;
  onChoose: (index: number | null) => void;
};

/** The answer of an attempt, frame by frame, and what each frame made of it. */
export function FramesTab({ turn, step, frames, sentAt, chosen, onChoose }: FramesTabProps) {
  const [kinds, setKinds] = useState<ReadonlySet<FrameKind>>(new Set());
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search);
  const [isWrapped, setIsWrapped] = useState(false);
  const [onlySelected, setOnlySelected] = useState(false);
  const words = useSelectedWords(turn, step);
  const marked = useMemo(
    () =>
      new Set(
        framesOfWords(
          frames,
          words.map((each) => unplaceWords(step, each)),
        ),
      ),
    [frames, words, step],
  );
  const counts = useMemo(() => countKinds(frames), [frames]);
  const isNarrowed = onlySelected && marked.size > 0;
  const listed = useMemo(() => {
    const found = findFrames(frames, { kinds, search: wanted });
    return isNarrowed ? found.filter((index) => marked.has(index)) : found;
  }, [frames, kinds, wanted, isNarrowed, marked]);

  // Newly selected words lead to the first frame that made them.
  const [firstMarked = null] = marked;
  const [seen, setSeen] = useState<number | null>(null);
  if (firstMarked !== seen) {
    setSeen(firstMarked);
    if (firstMarked !== null) onChoose(firstMarked);
  }

  const frame = chosen === null ? undefined : frames[chosen];
  useEffect(() => {
    // The person's own selection shows where the words are.
    if (frame === undefined || marked.size > 0) clearMarks();
    else markWords({ turn, step }, placeWords(step, frame.words));
    return clearMarks;
  }, [turn, step, frame, marked]);
  const before = chosen === null ? undefined : frames[chosen - 1];
  return (
    <>
      <FrameFilters
        counts={counts}
        kinds={kinds}
        onKinds={setKinds}
        search={search}
        onSearch={setSearch}
        isWrapped={isWrapped}
        onWrap={setIsWrapped}
        selected={marked.size}
        onlySelected={onlySelected}
        onOnlySelected={setOnlySelected}
      />
      <output className="text-muted px-3 pb-1 text-[13px]">
        {listed.length === frames.length
          ? formatPlural(frames.length, "frame")
          : `${formatCount(listed.length)} of ${formatPlural(frames.length, "frame")}`}
      </output>
      <FrameList
        key={`${wanted} ${[...kinds].join(" ")} ${String(isNarrowed)} ${String(isWrapped)}`}
        frames={frames}
        step={step}
        listed={listed}
        sentAt={sentAt}
        chosen={chosen}
        onChoose={onChoose}
        marked={marked}
        isWrapped={isWrapped}
      />
      {frame === undefined || chosen === null ? null : (
        <FrameDetail
          frame={frame}
          index={chosen}
          count={frames.length}
          sinceSend={sentAt === null ? null : frame.at - sentAt}
          gap={before === undefined ? null : frame.at - before.at}
          step={step}
        />
      )}
    </>
  );
}

/** What is selected must stand still for this long, in ms. */
const SETTLED_MS = 150;
const NOTHING: readonly WordRange[] = [];

/** The words of the step that a person has selected in the answer. */
function useSelectedWords(turn: TurnId, step: Step): readonly WordRange[] {
  const [words, setWords] = useState(NOTHING);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      const found = selectedWords({ turn, step });
      setWords((before) => (JSON.stringify(before) === JSON.stringify(found) ? before : found));
    };
    const changed = () => {
      clearTimeout(timer);
      timer = setTimeout(look, SETTLED_MS);
    };
    look();
    document.addEventListener("selectionchange", changed);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("selectionchange", changed);
    };
  }, [turn, step]);
  return words;
}
