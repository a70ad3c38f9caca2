import { Disclosure } from "@/components/ui/disclosure";
import { formatPlural } from "@/lib/stream/format-number";

type TurnNotesProps = { notes: readonly string[] };

/** What was changed or left out of the request, at a click. */
export function TurnNotes({ notes }: TurnNotesProps) {
  if (notes.length === 0) return null;
  return (
    <Disclosure summary={`${formatPlural(notes.length, "note")} on the request`} className="text-[13px]">
      <ul className="text-muted list-disc pl-6">
        {notes.map((note) => (
          <li key={note} className="[overflow-wrap:anywhere]">
            {note}
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
