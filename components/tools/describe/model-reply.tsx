import { CodeText } from "@/components/ui/code/code-text";
import type { Turn } from "@/lib/stream/turn/turn";

type Written = { readonly id: string; readonly label: string; readonly text: string };

/** What a model wrote, as received: its thoughts, its calls and its text. */
export function ModelReply({ turn }: { turn: Turn }) {
  const written = writtenIn(turn);
  if (written.length === 0) return <p className="text-muted text-[13px]">Nothing was received.</p>;
  return (
    <div className="grid gap-2">
      {written.map(({ id, label, text }) => (
        <div key={id} className="grid min-w-0 gap-1">
          <span className="text-muted text-[13px]">{label}</span>
          <CodeText label={label} text={text} maxRows={8} />
        </div>
      ))}
    </div>
  );
}

function writtenIn(turn: Turn): readonly Written[] {
  const parts = turn.steps.flatMap((step) => step.parts);
  return parts.flatMap((part): Written[] => {
    switch (part.type) {
      case "reasoning":
        return part.text === "" ? [] : [{ id: part.id, label: "Thought", text: part.text }];
      case "text":
        return part.text === "" ? [] : [{ id: part.id, label: "Text", text: part.text }];
      case "tool-call":
        return [{ id: part.id, label: `Call of ${part.name}`, text: part.input }];
      case "provider-call":
        return [{ id: part.id, label: `Call of ${part.name}, run by the provider`, text: part.input }];
      case "unknown":
        return [{ id: part.id, label: `Unknown: ${part.name}`, text: JSON.stringify(part.json, null, 2) }];
      case "image":
        return [{ id: part.id, label: "Image", text: "An image, which is not shown here." }];
    }
  });
}
