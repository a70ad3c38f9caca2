"use client";

import { useCallback, useLayoutEffect, useReducer, useState, useSyncExternalStore } from "react";

/** Something that changes outside of React. `read` gives the same value until it has changed; null = nothing new. */
export type Source<T> = {
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => T | null;
};

/** A source that stays as it is. */
export function stillSource<T>(value: T): Source<T> {
  return { subscribe: () => () => undefined, read: () => value };
}

/**
 * What a reader with a memory makes of a source, and how to have it read the same value once more. It is given each
 * value when it comes, never while React renders: a rendering that React throws away must not move the reader.
 */
export function useReadings<T, R>(
  source: Source<T>,
  first: T,
  openReader: () => (value: T) => R,
): readonly [R, () => void] {
  const [readings] = useState(() => openReadings(openReader(), source.read() ?? first));
  useLayoutEffect(() => {
    const take = () => readings.take(source.read());
    take();
    return source.subscribe(take);
  }, [readings, source]);
  // What is new is drawn in the frame that brings it. Reading on is work of the page's own, which others may go before.
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const readOn = useCallback(() => {
    readings.again();
    redraw();
  }, [readings]);
  return [useSyncExternalStore(readings.subscribe, readings.result, readings.result), readOn];
}

function openReadings<T, R>(reader: (value: T) => R, first: T) {
  const listeners = new Set<() => void>();
  let value = first;
  let result = reader(first);
  const again = () => {
    result = reader(value);
  };
  return {
    again,
    take: (next: T | null) => {
      if (next === null || Object.is(next, value)) return;
      value = next;
      again();
      for (const listener of listeners) listener();
    },
    result: () => result,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
