import { useCallback, useState } from "react";

import { unwatchView, watchView } from "./near-view";

/** Whether a part is drawn, and how high it was when it last was, in px; null if it was never drawn. */
type Drawn = { readonly isDrawn: boolean; readonly heightPx: number | null };

/**
 * Whether a part of something long is drawn: while it is near the view, or `forGood` since it first was. Until the view
 * is known it is as `isDrawnAtOnce` says. Give `ref` to the element that stands for it.
 */
export function useDrawn(
  isDrawnAtOnce: boolean,
  forGood: boolean,
): Drawn & { readonly ref: (element: Element | null) => (() => void) | undefined } {
  const [drawn, setDrawn] = useState<Drawn>({ isDrawn: isDrawnAtOnce, heightPx: null });
  const ref = useCallback(
    (element: Element | null) => {
      if (element === null) return undefined;
      watchView(element, (isNear, heightPx) => {
        setDrawn((before) => {
          if (before.isDrawn === isNear || (before.isDrawn && forGood)) return before;
          return isNear ? { ...before, isDrawn: true } : { isDrawn: false, heightPx };
        });
      });
      return () => unwatchView(element);
    },
    [forGood],
  );
  return { ...drawn, ref };
}
