"use client";

import { Check, Copy, ZoomIn, ZoomOut } from "lucide-react";
import { type RefObject, useEffect, useMemo, useRef, useState } from "react";

import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Disclosure } from "@/components/ui/disclosure";
import { downloadBytes } from "@/components/ui/files";
import { IconButton } from "@/components/ui/icon-button";
import { Panel } from "@/components/ui/panel/panel";
import { clockOf, timelineLane } from "@/lib/compare/timeline";
import { useLanes, useRows } from "@/lib/session/hooks/use-session";
import { useTurns } from "@/lib/session/hooks/use-turn";
import type { PromptId, TurnRecord } from "@/lib/session/store/session";

import { asPng, asSvgText, copyPicture } from "./copy-picture";
import { EDGE, type NamedLane, TimelineDrawing } from "./timeline-drawing";
import { TimelineTable } from "./timeline-table";
import { useRowFrames } from "./use-row-frames";
import { useWindow } from "./use-window";

/** All lanes that answered one prompt on one clock: phases, frames, tools, retries and stalls. */
export function TimelinePanel({ prompt, onClose }: { prompt: PromptId; onClose: () => void }) {
  const { lanes, hasFar, hasMadeTimes, isRunning } = useNamedLanes(prompt);
  return (
    <Panel
      title="Timeline"
      kind="dialog"
      onClose={onClose}
      className="min-[720px]:w-[min(120rem,calc(100vw-3rem))]"
    >
      <div className="relative grid min-h-0 content-start gap-3 overflow-auto px-4 pt-3 pb-4">
        {lanes.length === 0 ? (
          <p className="text-muted">These answers are on another branch now.</p>
        ) : (
          <>
            {isRunning ? (
              <p className="text-muted text-[13px]">
                An answer is still running: its step is drawn once it has ended.
              </p>
            ) : null}
            {hasMadeTimes ? (
              <p className="text-warn text-[13px]">
                The recording has no times: this is the even pace at which it is replayed, and nothing that
                was measured.
              </p>
            ) : null}
            {hasFar ? (
              <p className="text-muted text-[13px]">
                A lane was asked more than a minute after the others: it is drawn from its own beginning.
              </p>
            ) : null}
            <Clock lanes={lanes} />
            <Disclosure summary="As a table">
              <TimelineTable lanes={lanes} />
            </Disclosure>
          </>
        )}
      </div>
    </Panel>
  );
}

function Clock({ lanes }: { lanes: readonly NamedLane[] }) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const whole = Math.max(1, ...lanes.map(({ end }) => end));
  const view = useWindow(box, whole, { left: EDGE, width: Math.max(1, width - 2 * EDGE) });
  const [note, setNote] = useState("");
  const drawing = () => box.current?.querySelector("svg") ?? null;
  const copyPng = async () => {
    const svg = drawing();
    if (svg === null) return;
    const picture = asPng(svg);
    try {
      const isCopied = await copyPicture(picture);
      if (!isCopied) downloadBytes("vitrine-timeline.png", await picture, "image/png");
      setNote(isCopied ? "Copied" : "Saved as a file: this browser does not let pages copy pictures.");
    } catch (error) {
      setNote(error instanceof Error ? error.message : "The picture could not be made.");
    }
  };
  return (
    <>
      <div className="flex flex-wrap items-center gap-1.5">
        <IconButton label="Zoom in" onClick={view.zoomIn}>
          <ZoomIn size={15} aria-hidden />
        </IconButton>
        <IconButton label="Zoom out" aria-disabled={view.isWhole} onClick={view.zoomOut}>
          <ZoomOut size={15} aria-hidden />
        </IconButton>
        <Button size="small" kind="quiet" aria-disabled={view.isWhole} onClick={view.showAll}>
          Show all
        </Button>
        <span className="text-muted hidden flex-1 text-[13px] min-[720px]:inline">
          Drag to move, Ctrl and the wheel to zoom; arrows, + and − by keyboard.
        </span>
        <span className="ml-auto flex flex-wrap items-center gap-1.5">
          <CopyButton
            label="Copy SVG"
            showsLabel
            text={() => {
              const svg = drawing();
              return svg === null ? "" : asSvgText(svg);
            }}
          />
          <Button size="small" onClick={() => void copyPng()}>
            {note === "Copied" ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
            Copy PNG
          </Button>
        </span>
      </div>
      <output className={note === "Copied" || note === "" ? "sr-only" : "text-muted text-[13px]"}>
        {note}
      </output>
      <div
        ref={box}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- it groups nothing of a form
        role="group"
        aria-label="Clock"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keyboard moves and zooms it
        tabIndex={0}
        data-initial-focus=""
        {...view.listeners}
        className="rounded-inner border-line cursor-grab touch-pan-y overflow-hidden border select-none active:cursor-grabbing"
      >
        {width === 0 ? null : <TimelineDrawing lanes={lanes} seen={view.seen} width={width} />}
      </div>
    </>
  );
}

function useNamedLanes(prompt: PromptId) {
  const rows = useRows();
  const lanes = useLanes();
  const row = rows.find(({ asked }) => asked?.promptId === prompt);
  const records = useMemo(
    () =>
      lanes.flatMap(
        ({ id }, index): readonly { readonly laneNumber: number; readonly record: TurnRecord }[] => {
          const record = row?.turns.get(id);
          return record === undefined ? [] : [{ laneNumber: index + 1, record }];
        },
      ),
    [lanes, row],
  );
  const ids = useMemo(() => records.map(({ record }) => record.id), [records]);
  const isRunning = useTurns(ids, (read) =>
    ids.some((id) => read(id).steps.some((step) => step.endedAt === null)),
  );
  const frames = useRowFrames(ids, String(isRunning));
  return useMemo(() => {
    const clock = clockOf(records.map(({ record }) => record.createdAt));
    return {
      lanes: records.map(({ laneNumber, record }, index): NamedLane => {
        const model = record.turn.steps.at(-1)?.request.model ?? record.setup.model;
        return {
          ...timelineLane(record.turn, frames.get(record.id) ?? [], clock[index] ?? 0),
          name: `${String(laneNumber)} ${model}`,
        };
      }),
      hasFar: clock.includes(null),
      hasMadeTimes: records.some(({ record }) =>
        record.turn.steps.some(({ request }) => request.hasMadeTimes === true),
      ),
      isRunning,
    };
  }, [records, frames, isRunning]);
}

/** px; 0 before it is known. */
function useWidth(box: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}
