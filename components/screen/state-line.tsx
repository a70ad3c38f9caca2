"use client";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/fields/checkbox";

type StateLineProps = {
  /** Why what is on screen could not be saved; null while it could. */
  saveProblem: string | null;
  /** Why the servers could not be asked for, in whole sentences; null while they could. */
  problem: string | null;
  readOnly: boolean;
  /** The outcome of asking the other tab. */
  takeOver: "none" | "asked" | "unanswered";
  laneCount: number;
  sequential: boolean;
  onSequential: (sequential: boolean) => void;
  /** Saves the open comparison as a file. */
  onExport: () => void;
  /** Takes the comparison over from the other tab. */
  onUseHere: () => void;
  onDuplicate: () => void;
};

const ASKED = {
  none: "",
  asked: "Asking the other tab…",
  unanswered: "The other tab does not answer. Switch to it once, close it, or duplicate this comparison.",
} as const satisfies Record<StateLineProps["takeOver"], string>;

/** The line under the composer: whether the comparison is saved and can be changed, and how lanes of one server run. */
export function StateLine({
  saveProblem,
  problem,
  readOnly,
  takeOver,
  laneCount,
  sequential,
  onSequential,
  onExport,
  onUseHere,
  onDuplicate,
}: StateLineProps) {
  return (
    <div className="text-muted flex flex-wrap items-center gap-x-4 gap-y-1 px-1 pt-1.5 text-[13px] empty:hidden">
      {readOnly ? (
        <>
          <strong className="text-warn font-medium">
            In use in another tab. Here you can read, copy and export.
          </strong>
          <span className="flex gap-2">
            <Button size="small" onClick={onUseHere}>
              Use it here
            </Button>
            <Button size="small" onClick={onDuplicate}>
              Duplicate
            </Button>
          </span>
          <output>{ASKED[takeOver]}</output>
        </>
      ) : null}
      {saveProblem === null ? null : <span className="text-danger">Not saved: {saveProblem}</span>}
      {problem === null ? null : <span className="text-danger">{problem}</span>}
      {saveProblem === null && problem === null ? null : (
        <Button size="small" onClick={onExport}>
          Export this comparison
        </Button>
      )}
      {laneCount < 2 ? null : <Sequential sequential={sequential} onSequential={onSequential} />}
    </div>
  );
}

function Sequential({ sequential, onSequential }: Pick<StateLineProps, "sequential" | "onSequential">) {
  return (
    <Checkbox
      label={
        <span>
          one lane at a time <span className="max-[480px]:hidden">per server</span>
        </span>
      }
      title="Lanes on the same server run one after another, so that they don't slow each other down"
      checked={sequential}
      onChange={onSequential}
      // Alone in its line, what is pressed is higher than the line: it takes the room around it on a phone.
      className="ml-auto pointer-coarse:only:-mt-3 pointer-coarse:only:-mb-2.5"
    />
  );
}
