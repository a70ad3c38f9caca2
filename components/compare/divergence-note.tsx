import { GitBranch } from "lucide-react";
import { useMemo } from "react";

import { Button } from "@/components/ui/button";
import { divergenceWords } from "@/lib/compare/divergence-words";
import { type Divergence, divergencesOf } from "@/lib/compare/first-divergence";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useActions, useReadOnly } from "@/lib/session/hooks/use-session";

import type { Sides } from "./compared";

/** Where two answers part first, in words, and the ways on from there. */
export function DivergenceNote({ sides }: { sides: Sides }) {
  const { turns, names } = sides;
  const { first, calls } = useMemo(() => divergencesOf(...turns), [turns]);
  const isInWords = first?.where === "words" && (first.kind === "thought" || first.kind === "text");
  return (
    <section aria-label="Where they part" className="border-line grid shrink-0 gap-1.5 border-b px-4 py-2">
      <h3 className="sr-only">Where they part</h3>
      <p className="[overflow-wrap:anywhere]">
        {first === null
          ? "Both hold the same: thoughts, texts, calls, arguments and results."
          : showMarks(divergenceWords(first, names))}
      </p>
      {isInWords && calls !== "none" ? (
        <p className="text-muted [overflow-wrap:anywhere]">
          {calls === "same"
            ? "Their calls and results are the same."
            : `Their calls: ${showMarks(divergenceWords(calls, names))}`}
        </p>
      ) : null}
      {first === null ? null : (
        <AskAgain sides={sides} from={isInWords && typeof calls !== "string" ? calls : first} />
      )}
    </section>
  );
}

/** A branch of each lane that keeps the steps before this one, and is asked again from there. */
function AskAgain({ sides: { ids, turns, names }, from }: { sides: Sides; from: Divergence }) {
  const { retryFrom } = useActions();
  const readOnly = useReadOnly();
  if (readOnly) return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5 text-[13px]">
      {([0, 1] as const).map((side) => {
        const step = turns[side].steps[from.steps[side]];
        if (step === undefined) return null;
        const place = turns[side].steps.length > 1 ? ` from step ${String(from.steps[side] + 1)}` : "";
        return (
          <Button key={side} size="small" onClick={() => retryFrom(ids[side], step.id)}>
            <GitBranch size={13} aria-hidden />
            {`Ask ${names[side]} again${place}`}
          </Button>
        );
      })}
      <span className="text-muted basis-full">
        {from.where === "words" || from.where === "argument"
          ? "In a new branch. The whole step is asked again, not only what follows this place."
          : "In a new branch, which keeps the steps before."}
      </span>
    </div>
  );
}
