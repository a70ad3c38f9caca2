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
  /** What its height depends on: once it is another, the height is unknown again. */
  version = 0,
  /** How long it must have been near the view, in ms: what only passes by is not worth drawing. */
  restMs = 0,
): Drawn & { readonly ref: (element: Element | null) => (() => void) | undefined } {
  const [drawn, setDrawn] = useState<Drawn & { readonly version: number }>({
    isDrawn: isDrawnAtOnce,
    heightPx: null,
    version,
  });
  const ref = useCallback(
    (element: Element | null) => {
      if (element === null) return undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const show = (isNear: boolean, heightPx: number) =>
        setDrawn((before) => {
          if (before.isDrawn === isNear || (before.isDrawn && forGood)) return before;
          return isNear ? { ...before, isDrawn: true } : { isDrawn: false, heightPx, version };
        });
      watchView(element, (isNear, heightPx) => {
        clearTimeout(timer);
        if (isNear && restMs > 0) timer = setTimeout(() => show(true, heightPx), restMs);
        else show(isNear, heightPx);
      });
      return () => {
        clearTimeout(timer);
        unwatchView(element);
      };
    },
    [forGood, version, restMs],
  );
  const { isDrawn, heightPx } = drawn;
  return { isDrawn, heightPx: drawn.version === version ? heightPx : null, ref };
}
