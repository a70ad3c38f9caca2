"use client";

import { useCallback, useMemo, useState } from "react";

import { focusLane } from "@/components/lane/focus-lane";

import { useKeptThoughts } from "./kept-thoughts";

/** How this page shows a comparison. */
export type View = {
  /** Thoughts stay open once the answer begins. */
  readonly keepsThoughts: boolean;
  /** Presentation mode: nothing but what was asked, thought, called and answered. */
  readonly isStage: boolean;
  readonly onStage: (isStage: boolean) => void;
};

/** `kept` is what was chosen about thoughts before; `onEnter` clears the page for presentation mode. */
export function useView(kept: boolean, onEnter: () => void): View {
  const keepsThoughts = useKeptThoughts(kept);
  const [isStage, setIsStage] = useState(false);
  const onStage = useCallback(
    (on: boolean) => {
      setIsStage(on);
      if (!on) return;
      onEnter();
      // What has the focus is perhaps gone in a moment.
      focusLane(1);
    },
    [onEnter],
  );
  return useMemo(() => ({ keepsThoughts, isStage, onStage }), [keepsThoughts, isStage, onStage]);
}
