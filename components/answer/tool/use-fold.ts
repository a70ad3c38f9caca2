"use client";

import { type RefObject, useState } from "react";

import { useHeldHeight } from "@/components/answer/scroll/use-held-height";

type Fold = {
  readonly isOpen: boolean;
  readonly toggle: () => void;
  /** For the card: whether a pointer is in it. */
  readonly pointer: { readonly onPointerEnter: () => void; readonly onPointerLeave: () => void };
};

/**
 * Whether a call is a card or a line: `opensByItself` until a person opens or closes it. A card that becomes a line by
 * itself keeps its height while the pointer is in it, as the next call would come up under it. Where the answer goes on
 * (`isStreaming`), nothing was drawn below, and it is a line at once.
 */
export function useFold(
  card: RefObject<HTMLElement | null>,
  opensByItself: boolean,
  isStreaming: boolean,
): Fold {
  const [choice, setChoice] = useState<boolean | null>(null);
  const [isPointerIn, setIsPointerIn] = useState(false);
  const isOpen = choice ?? opensByItself;
  useHeldHeight(card, isPointerIn && choice === null && !isStreaming, opensByItself ? 0 : 1);
  return {
    isOpen,
    toggle: () => setChoice(!isOpen),
    pointer: {
      onPointerEnter: () => setIsPointerIn(true),
      onPointerLeave: () => setIsPointerIn(false),
    },
  };
}
