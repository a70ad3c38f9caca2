"use client";

import { type RefObject, useEffect, useState } from "react";

import { useHeldHeight } from "@/components/answer/scroll/use-held-height";

type Fold = {
  readonly isOpen: boolean;
  readonly toggle: () => void;
  /** For the card: a pointer came into it. */
  readonly enter: () => void;
};

/**
 * Whether a call is a card or a line: `opensByItself` until a person opens or closes it. A card that becomes a line by
 * itself keeps its height until the pointer that was in it leaves the answer: the next call would come up under it, or
 * away from it on its way there. Where the answer goes on (`isStreaming`), nothing was drawn below, and it is a line at
 * once.
 */
export function useFold(
  card: RefObject<HTMLElement | null>,
  opensByItself: boolean,
  isStreaming: boolean,
): Fold {
  const [choice, setChoice] = useState<boolean | null>(null);
  const [isPointerNear, setIsPointerNear] = useState(false);
  const isOpen = choice ?? opensByItself;
  useEffect(() => {
    if (!isPointerNear) return undefined;
    const answer = card.current?.closest("article");
    const leave = () => setIsPointerNear(false);
    answer?.addEventListener("pointerleave", leave);
    return () => answer?.removeEventListener("pointerleave", leave);
  }, [card, isPointerNear]);
  useHeldHeight(card, isPointerNear && choice === null && !isStreaming, opensByItself ? 0 : 1);
  return { isOpen, toggle: () => setChoice(!isOpen), enter: () => setIsPointerNear(true) };
}
