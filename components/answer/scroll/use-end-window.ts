"use client";

import { createContext, type RefObject, useContext, useLayoutEffect } from "react";

import { followsAfterScroll, isAtTail } from "./follow-tail";
import type { TailFollower } from "./tail-follower";

/** The follower of the view that an answer is drawn in. */
export const TailContext = createContext<RefObject<TailFollower | null> | null>(null);

/**
 * While an answer streams and the reader follows the end, the stylesheet may make it a window of its own, so that what
 * one lane adds moves nothing in the others. This keeps the window's end in view. Whoever turns up in it leaves the end:
 * all windows open then, and the page scrolls as ever.
 */
export function useEndWindow(answer: RefObject<HTMLElement | null>, isLive: boolean): void {
  const tail = useContext(TailContext);
  useLayoutEffect(() => {
    const element = answer.current;
    const content = element?.firstElementChild;
    if (!isLive || !element || !content) return;
    let position = positionOf(element);
    const showEnd = () => {
      element.scrollTop = element.scrollHeight;
      position = positionOf(element);
    };
    // The element's own size too: it becomes a window again when the reader comes back to the end.
    const sizes = new ResizeObserver(showEnd);
    for (const watched of [element, content]) sizes.observe(watched);
    const turned = (event: WheelEvent) => {
      if (event.deltaY >= 0 || event.ctrlKey || element.scrollHeight <= element.clientHeight) return;
      // A box in it that scrolls by itself takes the wheel. Otherwise the browser would scroll the window, which is
      // about to open.
      const isTaken = event.target instanceof Element && scrollsInside(event.target, element);
      if (!isTaken) event.preventDefault();
      tail?.current?.leave(isTaken ? 0 : event.deltaY * (WHEEL_PX[event.deltaMode] ?? 1));
    };
    // By the browser's search, or with the focus.
    const scrolled = () => {
      const now = positionOf(element);
      if (now.top >= position.top - 1 || isAtTail(now)) return;
      // Or because what is drawn has changed: the window stays at its end then.
      if (followsAfterScroll(true, position, now)) showEnd();
      else tail?.current?.leave(0);
    };
    element.addEventListener("wheel", turned, { passive: false });
    element.addEventListener("scroll", scrolled, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener("wheel", turned);
      element.removeEventListener("scroll", scrolled);
    };
  }, [answer, isLive, tail]);
}

/** What one step of a wheel is in px, by its mode: px, lines, pages. */
const WHEEL_PX = [1, 40, 800];

/** Whether a box between `inner` and `outer` has something above its view. */
function scrollsInside(inner: Element, outer: Element): boolean {
  for (let box: Element | null = inner; box !== null && box !== outer; box = box.parentElement) {
    const { overflowY, flexDirection } = getComputedStyle(box);
    if (overflowY !== "auto" && overflowY !== "scroll") continue;
    // A reversed box counts from its end.
    const above =
      flexDirection === "column-reverse"
        ? box.scrollHeight - box.clientHeight + box.scrollTop
        : box.scrollTop;
    if (above > 1) return true;
  }
  return false;
}

function positionOf({ scrollTop, scrollHeight, clientHeight }: HTMLElement) {
  return { top: scrollTop, height: scrollHeight, view: clientHeight };
}
