"use client";

import { type RefObject, useLayoutEffect, useState } from "react";

import { whenIdle } from "@/components/ui/when-idle";
import type { Part, ToolCallPart, Turn } from "@/lib/stream/turn/turn";

/**
 * The height that may stand for a settled answer while it is out of view, in px; null while it must be laid out whole.
 * The browser lays an answer that begins to rest out at that height once, before it sees that it is in view: a guess
 * below its own would pull the view up, as a reader does who leaves the end. So one that streamed here is measured first.
 */
export function useRestHeight(
  answer: RefObject<HTMLElement | null>,
  isLive: boolean,
  /** What stands for an answer that came from storage. */
  estimate: number,
): number | null {
  const [rest, setRest] = useState<"estimated" | "unknown" | number>(isLive ? "unknown" : "estimated");
  if (isLive && rest !== "unknown") setRest("unknown");
  const isSettling = !isLive && rest === "unknown";
  useLayoutEffect(() => {
    const content = answer.current?.firstElementChild;
    if (!isSettling || !content) return undefined;
    let height = 0;
    let stopWaiting: (() => void) | null = null;
    // A page that is hidden is not measured until it is seen.
    const size = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      height = Math.ceil(entry.contentRect.height);
      // All that is in it is styled anew when it begins to rest, and other lanes may be about to end too.
      stopWaiting ??= whenIdle(() => setRest(height));
    });
    size.observe(content);
    return () => {
      stopWaiting?.();
      size.disconnect();
    };
  }, [answer, isSettling]);
  if (isLive || rest === "unknown") return null;
  return rest === "estimated" ? estimate : rest;
}

const LINE_PX = 23;
const LINE_CHARS = 72;
/** Between the paragraphs of a text, and between parts, in px. */
const BLANK_PX = 10;
const GAP_PX = 12;
/** A closed thought or an answered call, an open card, and a picture, in px. */
const ROW_PX = 28;
const CARD_PX = 160;
const PICTURE_PX = 320;
/** Above each step, and the strip with the line under a turn, in px. */
const STEP_PX = 8;
const FOOT_PX = 52;

/** About how high an answer is, in px, before it has ever been laid out: what a scroll bar needs to know of it. */
export function estimateHeight(turn: Turn): number {
  return turn.steps.reduce(
    (sum, step) => sum + STEP_PX + step.parts.reduce((inner, part) => inner + partHeight(part), 0),
    FOOT_PX,
  );
}

function partHeight(part: Part): number {
  if (part.type === "reasoning") return ROW_PX;
  if (part.type === "tool-call") return isLine(part) ? ROW_PX : CARD_PX + GAP_PX;
  if (part.type === "provider-call" || part.type === "unknown") return CARD_PX + GAP_PX;
  if (part.type === "image") return PICTURE_PX + GAP_PX;
  return part.text.split("\n").reduce((sum, line) => sum + lineHeight(line), GAP_PX);
}

function isLine({ status }: ToolCallPart): boolean {
  return status.state === "answered" && !status.result.isError && status.args.valid;
}

function lineHeight(line: string): number {
  return line.trim() === "" ? BLANK_PX : Math.ceil(line.length / LINE_CHARS) * LINE_PX;
}
