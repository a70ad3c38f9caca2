import { type RefObject, useEffect, useRef, useState } from "react";

import type { Described } from "@/lib/run/describe/describe-tool";
import { usePageActions } from "@/lib/session/hooks/use-page";
import type { DescribeRequest } from "@/lib/session/run/describe-in-lane";
import { emptyTurn } from "@/lib/stream/turn/fold";
import type { Turn } from "@/lib/stream/turn/turn";

export type Describing =
  | { readonly state: "none" }
  | { readonly state: "asking"; readonly turn: Turn }
  | (Described & { readonly turn: Turn });

type Run = { readonly stop: AbortController; turn: Turn; frame: number };

function end(current: RefObject<Run | null>): void {
  const run = current.current;
  current.current = null;
  if (run === null) return;
  cancelAnimationFrame(run.frame);
  run.stop.abort();
}

/** Asks a lane's model for a tool; what is received is shown at most once a frame. Leaving stops it. */
export function useDescribe() {
  const { describeTool } = usePageActions();
  const [shown, setShown] = useState<Describing>({ state: "none" });
  const current = useRef<Run>(null);
  useEffect(() => () => end(current), []);

  const ask = async (request: Omit<DescribeRequest, "signal" | "onTurn">) => {
    end(current);
    const run: Run = { stop: new AbortController(), turn: emptyTurn(), frame: 0 };
    current.current = run;
    setShown({ state: "asking", turn: run.turn });
    const onTurn = (turn: Turn) => {
      run.turn = turn;
      if (run.frame !== 0 || current.current !== run) return;
      run.frame = requestAnimationFrame(() => {
        run.frame = 0;
        setShown({ state: "asking", turn: run.turn });
      });
    };
    const described = await describeTool({ ...request, signal: run.stop.signal, onTurn });
    if (current.current !== run) return;
    cancelAnimationFrame(run.frame);
    current.current = null;
    setShown({ ...described, turn: run.turn });
  };
  return {
    shown,
    ask: (request: Omit<DescribeRequest, "signal" | "onTurn">) => void ask(request),
    stop: () => current.current?.stop.abort(),
    discard: () => {
      end(current);
      setShown({ state: "none" });
    },
  };
}
