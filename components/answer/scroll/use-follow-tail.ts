"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

import { TailFollower } from "./tail-follower";

/** What `useFollowTail` gives: a ref for the scroll container, whether it follows its end, what follows it, and the way back. */
export type FollowTail = {
  readonly ref: (element: HTMLElement | null) => (() => void) | undefined;
  /** The reader has left the end, and some of it is out of view. */
  readonly isAway: boolean;
  readonly follower: RefObject<TailFollower | null>;
  readonly jumpToTail: () => void;
};

/**
 * Keeps the end of a growing scroll container in view for as long as the reader is there. Whatever moves the reader up
 * (wheel, touch, keys, scrollbar, a selection) ends it, and nothing but the reader takes it up again. A page without
 * turns is read from its beginning.
 */
export function useFollowTail({ hasTurns }: { readonly hasTurns: boolean }): FollowTail {
  const [isAway, setIsAway] = useState(false);
  const follower = useRef<TailFollower>(null);
  const holdsTurns = useRef(hasTurns);
  useEffect(() => {
    holdsTurns.current = hasTurns;
    if (!hasTurns) follower.current?.toStart();
  }, [hasTurns]);
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const made = new TailFollower(element, setIsAway, () => holdsTurns.current);
    follower.current = made;
    return () => {
      made.stop();
      follower.current = null;
    };
  }, []);
  const jumpToTail = useCallback(() => follower.current?.jump(), []);
  return { ref, isAway, follower, jumpToTail };
}
