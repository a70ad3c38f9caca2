"use client";

import { useState } from "react";

import type { DiffPiece } from "@/lib/compare/diff-piece";
import { showMarks } from "@/lib/markdown/visible-marks";
import { formatCount } from "@/lib/stream/figures/format-number";

type TextPiecesProps = {
  pieces: readonly DiffPiece[];
  /** Both texts in one, or what one of them has. */
  shows: "both" | "first" | "second";
};

/** Equal text that is longer than this is folded … */
const FOLD_FROM = 600;
/** … but for this much beside each change. */
const KEPT = 160;

/** Two texts as one, or one of them, with what differs marked. */
export function TextPieces({ pieces, shows }: TextPiecesProps) {
  const shown = pieces.filter(
    ({ kind }) => kind === "same" || shows === "both" || (kind === "removed") === (shows === "first"),
  );
  return shown.map(({ kind, text }, index) => {
    // Pieces have no name of their own, and never move.
    const key = index;
    if (kind === "removed")
      return (
        <del key={key} className="bg-danger-soft text-danger decoration-danger/50 rounded-[3px]">
          {showMarks(text)}
        </del>
      );
    if (kind === "added")
      return (
        <ins key={key} className="bg-ok-soft text-ok rounded-[3px] no-underline">
          {showMarks(text)}
        </ins>
      );
    return <Same key={key} text={text} isFirst={index === 0} isLast={index === shown.length - 1} />;
  });
}

function Same({ text, isFirst, isLast }: { text: string; isFirst: boolean; isLast: boolean }) {
  const [isOpen, setIsOpen] = useState(false);
  const head = isFirst ? 0 : KEPT;
  const tail = isLast ? 0 : KEPT;
  if (isOpen || text.length <= FOLD_FROM) return <span>{showMarks(text)}</span>;
  return (
    <>
      <span>{showMarks(text.slice(0, head))}</span>
      <button
        type="button"
        onClick={() => setIsOpen(true)}
        className="text-muted hover:text-text rounded-inner mx-1 underline underline-offset-2"
      >
        {`… ${formatCount(text.length - head - tail)} equal characters …`}
      </button>
      <span>{showMarks(text.slice(text.length - tail))}</span>
    </>
  );
}
