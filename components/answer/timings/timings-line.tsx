"use client";

import { Blend, Cable, ChevronRight, Star } from "lucide-react";
import { memo, type ReactNode } from "react";

import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { Tooltip } from "@/components/ui/tooltip";
import { useBestIn, useSharedServer } from "@/lib/session/hooks/use-turn";
import type { BestIn } from "@/lib/session/store/row-marks";
import type { TurnId } from "@/lib/session/store/session";
import { formatPlural } from "@/lib/stream/figures/format-number";

import type { LineItem } from "./line-items";

type TimingsLineProps = {
  turnId: TurnId;
  items: readonly LineItem[];
  /** How many of a person's own words the request changed. */
  noteCount: number;
  /** What the line opens, and whether it is open. */
  details: { readonly id: string; readonly isOpen: boolean };
  onToggle: () => void;
  /** Shows the exact request and answer of the newest step; absent before there is one. */
  onInspect: (() => void) | undefined;
  /** What made the answer, where the lane is set otherwise now. */
  setup: ReactNode;
  /** What can be done with the answer. */
  actions: ReactNode;
};

/** The one line of a turn's numbers, which opens all of them, and beside it what can be done with the answer. */
export function TimingsLine(props: TimingsLineProps) {
  const { items, details, noteCount } = props;
  const best = useBestIn(props.turnId);
  return (
    // The icons of the last button end at the edge of the text: its padding hangs over.
    <div
      data-chrome=""
      className="@container -mr-[7px] flex h-[28px] items-center gap-1 pointer-coarse:-mr-[15px] pointer-coarse:h-[44px]"
    >
      <Tooltip content={details.isOpen || items.length === 0 ? null : tipOf(items, best)}>
        <button
          type="button"
          aria-expanded={details.isOpen}
          aria-controls={details.id}
          onClick={props.onToggle}
          // The star of the first number hangs in the margin, so that all lines begin at one edge.
          className="rounded-inner text-muted hover:text-text -ml-3.5 flex h-full min-w-0 flex-1 items-center gap-0.5 pl-3.5 text-left text-[13px] tabular-nums"
        >
          {/* What does not fit wraps, and what wraps is not seen: a number is there whole or not at all. */}
          <span className="-ml-3.5 flex h-5 min-w-0 flex-wrap overflow-hidden pl-3.5 leading-5">
            <span className={items.length === 0 ? undefined : "sr-only"}>
              Timings{items.length === 0 ? "" : ": "}
            </span>
            {items.map(({ key, value, words, short = words }, index) => (
              <Item
                key={key}
                name={key}
                value={value}
                words={words}
                short={short}
                isCompared={key === "rate" || key === "first"}
                isBest={isBestIn(key, best)}
                isFirst={index === 0}
              />
            ))}
          </span>
          {noteCount === 0 ? null : (
            <span className="text-warn ml-2 shrink-0">{formatPlural(noteCount, "note")}</span>
          )}
          <ChevronRight size={14} aria-hidden className={cn("shrink-0", details.isOpen && "rotate-90")} />
        </button>
      </Tooltip>
      {props.setup}
      <Shared turnId={props.turnId} />
      <span className="flex shrink-0 items-center">
        {props.onInspect === undefined ? null : (
          <IconButton
            label="Inspect"
            tip="The exact request, the frames of the answer, and how evenly they came"
            // On a phone the numbers need its room; the details have it too.
            className="max-[720px]:hidden"
            onClick={props.onInspect}
          >
            <Cable size={14} aria-hidden />
          </IconButton>
        )}
        {props.actions}
      </span>
    </div>
  );
}

type ItemProps = {
  name: LineItem["key"];
  value: string;
  words: string;
  /** What stands in their place in a narrow lane. */
  short: string;
  /** It is one of the numbers that lanes are compared by. */
  isCompared: boolean;
  isBest: boolean;
  isFirst: boolean;
};

/** One number. Kept by its text: the line is drawn five times a second while it counts, and few numbers change. */
const Item = memo(function Item({ name, value, words, short, isCompared, isBest, isFirst }: ItemProps) {
  return (
    <span
      data-number={name}
      className={cn(
        "relative whitespace-nowrap",
        !isFirst && "pl-5 @max-[420px]:pl-4",
        // What does not fit is dropped from the end, and lanes are compared by how long they took.
        name === "tokens" && !isFirst && "@max-[480px]:order-1",
      )}
    >
      {isFirst ? null : <span className="sr-only">, </span>}
      {isFirst || isBest ? null : (
        <span aria-hidden className="text-faint absolute left-2 @max-[420px]:left-1.5">
          ·
        </span>
      )}
      {isBest ? (
        <>
          <Star
            size={9}
            aria-hidden
            fill="currentColor"
            className={cn("text-text absolute top-[5px]", isFirst ? "-left-3" : "left-2 @max-[420px]:left-1")}
          />
          <span className="sr-only">best in this row: </span>
        </>
      ) : null}
      <span className={isCompared ? "text-text font-semibold" : undefined}>{value}</span>
      {words === "" ? null : (
        <>
          <span className={short === words ? undefined : "@max-[420px]:sr-only"}>{` ${words}`}</span>
          {short === words ? null : (
            <span aria-hidden className="hidden @max-[420px]:inline">{` ${short}`}</span>
          )}
        </>
      )}
    </span>
  );
});

function isBestIn(key: LineItem["key"], best: BestIn | null): boolean {
  if (key === "rate") return best === "rate" || best === "both";
  return key === "first" && (best === "first-token" || best === "both");
}

function tipOf(items: readonly LineItem[], best: BestIn | null): string {
  const lines = items.map(({ key, value, words, source }) => {
    const number = words === "" ? value : `${value} ${words}`;
    return `${number}: ${source}${isBestIn(key, best) ? ", best in this row" : ""}`;
  });
  return lines.join("\n");
}

/** That lanes of the row shared a server: once for all that are on screen. */
function Shared({ turnId }: { turnId: TurnId }) {
  const shared = useSharedServer(turnId);
  if (shared === null) return null;
  return (
    <Tooltip content={shared.words} describes={false}>
      <button
        type="button"
        aria-label={`Server shared. ${shared.words}`}
        className={cn(
          "text-muted rounded-inner inline-flex size-7 shrink-0 cursor-help items-center justify-center",
          // A narrow screen shows one lane at a time.
          !shared.leads && "min-[720px]:hidden",
        )}
      >
        <Blend size={14} aria-hidden />
      </button>
    </Tooltip>
  );
}
