"use client";

import { type RefObject, useLayoutEffect } from "react";

/** Height of the lane headers, under which an answer stands, in px. */
const HEADER_PX = 44;

/**
 * Keeps an answer in view beside a longer one: under the header while it fits, with its end at the end of the
 * view once it does not. Give it `position: sticky`, inside a `TailFollower`'s element. It moves only for a
 * reader who follows the end: anybody else finds every line where it was.
 */
export function useEndInView(answer: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = answer.current;
    const view = element?.closest<HTMLElement>("[data-tail]");
    if (!element || !view) return;
    const observer = new ResizeObserver(() => {
      if (view.dataset["tail"] !== "followed" && element.style.top !== "") return;
      element.style.top = `${Math.min(HEADER_PX, view.clientHeight - element.offsetHeight)}px`;
    });
    observer.observe(element);
    observer.observe(view);
    return () => observer.disconnect();
  }, [answer]);
}
