import { memo, useMemo } from "react";

import { Button } from "@/components/ui/button";
import { findLeaks, type Leak } from "@/lib/stream/find-leaks";
import type { Step } from "@/lib/stream/turn";

type LeakNotesProps = {
  step: Step;
  /** Makes a thought of the text before a lone closing tag; absent where nothing can be changed. */
  onReadThought?: ((stepId: string, partId: string) => void) | undefined;
};

/** What a settled answer still holds of the markup that a server should have read. The text itself stays as it is. */
export const LeakNotes = memo(function LeakNotes({ step, onReadThought }: LeakNotesProps) {
  const notes = useMemo(() => leaksOf(step), [step]);
  return notes.map(({ partId, leak }) => (
    <p
      key={`${partId} ${leak.format}`}
      className="text-muted flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1 py-1 text-[13px]"
    >
      {describe(leak)}
      {leak.kind === "unopened-thought" && onReadThought !== undefined ? (
        <Button size="small" onClick={() => onReadThought(step.id, partId)}>
          Read the text before it as a thought
        </Button>
      ) : null}
    </p>
  ));
});

type LeakNote = { readonly partId: string; readonly leak: Leak };

function leaksOf({ parts }: Step): readonly LeakNote[] {
  return parts.flatMap((part) =>
    part.type === "text" ? findLeaks(part.text).map((leak) => ({ partId: part.id, leak })) : [],
  );
}

function describe({ kind, format }: Leak): string {
  switch (kind) {
    case "call":
      return `Looks like a tool call that the server did not parse (${format} format).`;
    case "channel":
      return `Looks like channel markup that the server did not parse (${format} format).`;
    case "unopened-thought":
      return `Looks like the end of a thought: the server sent ${format} without its opening tag.`;
  }
}
