"use client";

import { createContext, useContext, useSyncExternalStore } from "react";

import type { GrowingParts } from "@/lib/stream/turn/growing-parts";
import type { Part } from "@/lib/stream/turn/turn";

/** The parts of the turn that is drawn below; null where it does not stream. */
export const GrowingPartsContext = createContext<GrowingParts | null>(null);

/**
 * A part with its newest words while it `grows`, which draws its caller again twenty times a second at most. All around
 * it waits for news of another kind.
 */
export function useGrowing<P extends Part>(part: P, grows: boolean): P {
  const parts = useContext(GrowingPartsContext);
  const read = () => (grows && parts !== null ? parts.read(part) : part);
  return useSyncExternalStore(grows && parts !== null ? parts.subscribe : never, read, read);
}

function never(): () => void {
  return () => undefined;
}
