"use client";

import { useCallback, useLayoutEffect, useRef } from "react";

/** One function for the life of a component that always calls the latest `callback`. For events, not for rendering. */
export function useSteady<Args extends readonly unknown[]>(
  callback: (...args: Args) => void,
): (...args: Args) => void {
  const latest = useRef(callback);
  useLayoutEffect(() => {
    latest.current = callback;
  });
  return useCallback((...args: Args) => latest.current(...args), []);
}
