"use client";

import { type RefObject, useCallback, useRef, useState } from "react";

import { TailFollower } from "./tail-follower";

/** What `useFollowTail` gives: a ref for the scroll container, whether it follows its end, what follows it, and the way back. */
export type FollowTail = {
  readonly ref: (element: HTMLElement | null) => (() => void) | undefined;
  readonly atTail: boolean;
  readonly follower: RefObject<TailFollower | null>;
  readonly jumpToTail: () => void;
};

/**
 * Keeps the end of a growing scroll container in view for as long as the reader is there. Whatever moves the reader up
 * (wheel, touch, keys, scrollbar, a selection) ends it, and nothing but the reader takes it up again.
 */
export function useFollowTail(): FollowTail {
  const [atTail, setAtTail] = useState(true);
  const follower = useRef<TailFollower>(null);
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const made = new TailFollower(element, setAtTail);
    follower.current = made;
    return () => {
      made.stop();
      follower.current = null;
    };
  }, []);
  const jumpToTail = useCallback(() => follower.current?.jump(), []);
  return { ref, atTail, follower, jumpToTail };
}
