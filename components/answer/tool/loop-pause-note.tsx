"use client";

import { useAnswerScope } from "@/components/answer/answer-scope";
import { Button } from "@/components/ui/button";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useActions } from "@/lib/session/hooks/use-session";
import { formatPlural } from "@/lib/stream/figures/format-number";
import { MOST_STEPS } from "@/lib/stream/turn/bounds";
import type { LoopPause } from "@/lib/stream/turn/event";
import type { Step } from "@/lib/stream/turn/turn";

import { useGoOn } from "./use-go-on";

/** Why the lane waits although its tools answer by themselves, and the way on. */
export function LoopPauseNote({ step }: { step: Step }) {
  const { turnId } = useAnswerScope();
  const { goOn } = useActions();
  const { waiting, runs } = useGoOn(step);
  if (step.pause === undefined || (waiting === 0 && !isFull(step.pause))) return null;
  return (
    <div className="answer-part border-warn flex flex-wrap items-center gap-x-3 gap-y-1.5 border-l-2 py-0.5 pl-2.5 text-[13px]">
      <output className="text-text">
        {pauseWords(step.pause, waiting)}
        {runs === 0 || isFull(step.pause) ? null : (
          <span className="text-muted">{` ${goOnWords(waiting, runs)}`}</span>
        )}
      </output>
      {runs === 0 || isFull(step.pause) ? null : (
        <Button size="small" kind="primary" onClick={() => goOn(turnId)}>
          Go on
        </Button>
      )}
    </div>
  );
}

/** The turn has as many steps as one can have. */
function isFull(pause: LoopPause): boolean {
  return pause.why === "steps" && pause.limit >= MOST_STEPS;
}

function goOnWords(waiting: number, runs: number): string {
  if (runs < waiting) return `Go on runs the next ${runs} of ${formatPlural(waiting, "call")}.`;
  return `Go on runs ${formatPlural(runs, "call")}.`;
}

/** Why a lane waits, in a person's words. `waiting`: calls of its last step that have no result. */
export function pauseWords(pause: LoopPause, waiting: number): string {
  switch (pause.why) {
    case "steps":
      if (isFull(pause))
        return `Stopped: one answer has at most ${formatPlural(MOST_STEPS, "step")}. Send a prompt to go on.`;
      return `Stopped at the limit of ${formatPlural(pause.limit, "step")}.`;
    case "calls":
      return waiting > pause.limit
        ? `${formatPlural(waiting, "call")} in one step, and the limit is ${pause.limit}. They wait.`
        : `Stopped before the limit of ${formatPlural(pause.limit, "call")}.`;
    case "repeat":
      return `Stopped: the model made the same call of ${showMarks(pause.tool)} ${pause.times} times.`;
    case "flood":
      return `Stopped: ${formatPlural(pause.calls, "call")}, and only ${pause.different} of them differ.`;
    case "interrupted":
      return "Interrupted: the page was closed while tools ran.";
  }
}
