"use client";

import { createContext, useContext, useMemo } from "react";

import type { Source } from "@/components/ui/use-readings";
import type { GrowingText } from "@/lib/markdown/growing-text";
import type { GrowingParts } from "@/lib/session/hooks/use-turn";

/** The growing words of the turn that is drawn below; null where it does not stream. */
export const GrowingPartsContext = createContext<GrowingParts | null>(null);

/**
 * The newest words of a part while it `grows`; null where it does not. Who reads them is drawn again twenty times a
 * second at most. All around waits for news of another kind. Always the same object for a part.
 */
export function useGrowing(part: string, grows: boolean): Source<GrowingText> | null {
  const parts = useContext(GrowingPartsContext);
  return useMemo(
    () => (grows && parts !== null ? { subscribe: parts.subscribe, read: () => parts.read(part) } : null),
    [parts, part, grows],
  );
}
