"use client";

import { type RefObject, useLayoutEffect } from "react";

/**
 * Marks an answer that is shorter than its row, for the stylesheet: it keeps such an answer in view while the row
 * lasts, and only such a one, for a sticky box is a layer of its own to the browser. `--own` is its height, without
 * which the end of one that is higher than the view could not be seen beside a longer one. An answer that streams is
 * at most as high as the view (see `useEndWindow`): it is marked only in a row that is higher.
 */
export function useBesideLonger(answer: RefObject<HTMLElement | null>, isLive: boolean): void {
  useLayoutEffect(() => {
    const element = answer.current;
    const cell = element?.parentElement;
    if (!element || !cell) return;
    let own = 0;
    let row = 0;
    const observer = new ResizeObserver((entries) => {
      for (const { target, borderBoxSize } of entries) {
        const height = borderBoxSize[0]?.blockSize ?? 0;
        if (target === element) own = height;
        else row = height;
      }
      const isShorter = row > own + 1 && (!isLive || row > viewOf(element) - HEADER_PX + 1);
      element.toggleAttribute("data-beside-longer", isShorter);
      if (isLive) element.style.removeProperty("--own");
      else if (isShorter) element.style.setProperty("--own", `${Math.ceil(own)}px`);
      const opened = element.dataset["openedAt"];
      if (opened !== undefined) cell.style.minHeight = `${Number(opened) + Math.ceil(own)}px`;
    });
    observer.observe(cell);
    observer.observe(element);
    return () => observer.disconnect();
  }, [answer, isLive]);
}

/**
 * The reader opens or closes something in an answer that is kept in view: its first line stays where it stands, and its
 * row gets as high as that takes. Otherwise its end would stay where it was, and push up what was pressed.
 */
export function holdOpened(pressed: Element, view: HTMLElement): void {
  const answer = pressed.closest<HTMLElement>("[data-beside-longer]");
  const cell = answer?.parentElement;
  if (!answer || !cell) return;
  const { top } = answer.getBoundingClientRect();
  const below = Math.min(HEADER_PX, top - view.getBoundingClientRect().top);
  answer.style.setProperty("--opened", `${Math.round(below)}px`);
  answer.dataset["openedAt"] = String(Math.round(top - cell.getBoundingClientRect().top));
}

/** The reader goes back to the end: nothing is held for what was opened. */
export function releaseOpened(view: HTMLElement): void {
  for (const answer of view.querySelectorAll<HTMLElement>("[data-opened-at]")) {
    answer.style.removeProperty("--opened");
    delete answer.dataset["openedAt"];
    answer.parentElement?.style.removeProperty("min-height");
  }
}

/** Height of the lane headers, under which an answer stands, in px. */
const HEADER_PX = 44;

function viewOf(element: HTMLElement): number {
  return element.closest("[data-tail]")?.clientHeight ?? 0;
}
