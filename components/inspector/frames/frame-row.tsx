import { memo } from "react";

import { KIND_MARKS } from "@/components/inspector/kind-marks";
import { cn } from "@/components/ui/cn";
import type { Frame } from "@/lib/inspect/frame";
import { showMarks } from "@/lib/markdown/visible-marks";
import { formatCount } from "@/lib/stream/figures/format-number";

import { gapWords, timeWords } from "./time-words";

type FrameRowProps = {
  id: string;
  frame: Frame;
  /** The words that it made; "" = none. */
  made: string;
  /** Its place among those that are listed, from 0, and how many these are. */
  position: number;
  count: number;
  /** Its place in the answer, from 0. */
  index: number;
  /** ms since the request was sent. */
  sinceSend: number | null;
  /** ms since the frame before; null for the first. */
  gap: number | null;
  isChosen: boolean;
  /** It made words that are selected in the answer. */
  isMarked: boolean;
  isWrapped: boolean;
};

/** px of a row that does not wrap. */
export const ROW_PX = 24;
/** Characters of a frame that a row shows, in one line and wrapped. */
const IN_LINE = 300;
const WRAPPED = 4_000;

/** One frame: when it came, how long after the one before, what it brought, how large it is, and its text. */
export const FrameRow = memo(function FrameRow(props: FrameRowProps) {
  const { frame, isWrapped, gap } = props;
  const [kind = "other"] = frame.kinds;
  const { label, dot } = KIND_MARKS[kind];
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option of a select holds nothing but text
      role="option"
      id={props.id}
      data-index={props.index}
      aria-selected={props.isChosen}
      aria-posinset={props.position + 1}
      aria-setsize={props.count}
      className={cn(
        "figures flex gap-2 px-3 text-[12px] leading-[24px] @max-[30rem]:px-2",
        isWrapped ? "items-start" : "h-6 items-center overflow-hidden",
        props.isMarked && "bg-accent-soft",
        props.isChosen && "outline-accent outline-2 -outline-offset-2",
      )}
    >
      <span className="text-muted w-17 shrink-0 text-right">{timeWords(props.sinceSend)}</span>
      <span
        className={cn(
          "w-15 shrink-0 text-right @max-[26rem]:hidden",
          gap === 0 ? "text-faint" : "text-muted",
        )}
      >
        {gapWords(gap)}
      </span>
      <span className="flex w-18 shrink-0 items-center gap-1.5">
        <span aria-hidden className={cn("size-2 shrink-0 rounded-full", dot)} />
        {label}
      </span>
      <span className="text-faint w-13 shrink-0 text-right @max-[34rem]:hidden">{`${formatCount(frame.bytes)} B`}</span>
      {isWrapped ? (
        <span className="min-w-0 flex-1 py-[3px] leading-[18px] [overflow-wrap:anywhere] whitespace-pre-wrap">
          {showMarks(shortened(frame.text, WRAPPED))}
        </span>
      ) : (
        <span className="min-w-0 flex-1 truncate">
          {props.made === "" ? null : <span>{`“${showMarks(shortened(props.made, IN_LINE))}” `}</span>}
          <span className={props.made === "" ? undefined : "text-faint"}>{showMarks(lineOf(frame))}</span>
        </span>
      )}
      {frame.remarks.length === 0 ? null : <span className="text-warn shrink-0">note</span>}
    </div>
  );
});

/** The text in one line. The word that begins most frames says nothing there. */
function lineOf({ text }: Frame): string {
  return shortened(text.startsWith("data: ") ? text.slice("data: ".length) : text, IN_LINE).replaceAll(
    "\n",
    " ⏎ ",
  );
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}
