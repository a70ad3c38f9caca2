import { memo, useMemo } from "react";

import { Button } from "@/components/ui/button";
import { findLeaks, findNameLeak, findThoughtLeaks, type Leak } from "@/lib/stream/turn/find-leaks";
import type { Part, Step } from "@/lib/stream/turn/turn";
import type { ToolDefinition } from "@/lib/tools/tool";

type LeakNotesProps = {
  step: Step;
  /** The offered tools. A name that one of them has is not markup. */
  tools: readonly ToolDefinition[];
  /** Makes a thought of the text before a lone closing tag; absent where nothing can be changed. */
  onReadThought?: ((stepId: string, partId: string) => void) | undefined;
};

/** What a settled answer still holds of the markup that a server should have read. The text itself stays as it is. */
export const LeakNotes = memo(function LeakNotes({ step, tools, onReadThought }: LeakNotesProps) {
  const notes = useMemo(() => leaksOf(step, tools), [step, tools]);
  return notes.map(({ part, leak }) => (
    <p
      key={`${part.id} ${leak.format}`}
      className="text-muted flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1 py-1 text-[13px]"
    >
      {describe(part, leak)}
      {part.type === "text" && leak.kind === "unopened-thought" && onReadThought !== undefined ? (
        <Button size="small" onClick={() => onReadThought(step.id, part.id)}>
          Read the text before it as a thought
        </Button>
      ) : null}
    </p>
  ));
});

type LeakNote = { readonly part: Part; readonly leak: Leak };

function leaksOf({ parts }: Step, tools: readonly ToolDefinition[]): readonly LeakNote[] {
  const find = (part: Part): readonly Leak[] => {
    if (part.type === "text") return findLeaks(part.text);
    if (part.type === "reasoning") return findThoughtLeaks(part.text);
    if (part.type !== "tool-call" || tools.some(({ name }) => name === part.name)) return [];
    const leak = findNameLeak(part.name);
    return leak === null ? [] : [leak];
  };
  return parts.flatMap((part) => find(part).map((leak) => ({ part, leak })));
}

function describe(part: Part, { kind, format }: Leak): string {
  const where = part.type === "reasoning" ? " in the thought" : "";
  if (part.type === "tool-call")
    return `The name “${part.name}” looks like markup that the server did not parse (${format} format).`;
  switch (kind) {
    case "call":
      return `Looks like a tool call${where} that the server did not parse (${format} format).`;
    case "channel":
      return `Looks like channel markup${where} that the server did not parse (${format} format).`;
    case "unopened-thought":
      return part.type === "reasoning"
        ? `The thought holds ${format}: the server may have cut it at the wrong place.`
        : `Looks like the end of a thought: the server sent ${format} without its opening tag.`;
  }
}
