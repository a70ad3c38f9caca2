"use client";

import { type RefObject, useLayoutEffect, useState } from "react";

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
    const size = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setRest(Math.ceil(entry.contentRect.height));
    });
    size.observe(content);
    return () => size.disconnect();
  }, [answer, isSettling]);
  if (isLive || rest === "unknown") return null;
  return rest === "estimated" ? estimate : rest;
}
