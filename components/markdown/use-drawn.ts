import { useCallback, useState } from "react";

import { unwatchView, watchView } from "./near-view";

/** Whether a part of something long is drawn: from the start or since it first came near the view. Give `ref` to what stands for it. */
export function useDrawn(isDrawnAtOnce: boolean): {
  readonly isDrawn: boolean;
  readonly ref: (element: Element | null) => (() => void) | undefined;
} {
  const [isDrawn, setIsDrawn] = useState(isDrawnAtOnce);
  const ref = useCallback((element: Element | null) => {
    if (element === null) return undefined;
    watchView(element, (isNear) => {
      if (isNear) setIsDrawn(true);
    });
    return () => unwatchView(element);
  }, []);
  return { isDrawn, ref };
}
